"""What a progress line says at every station of a film."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from footage import pipeline, queries, services
from footage.models import Film, Upload, Work
from footage.states import State
from tests.footage import films
from tests.footage.conftest import RING

pytestmark = pytest.mark.django_db


def shown(film: Film) -> queries.Progress:
    """The progress of the film as a page would read it."""
    return queries.progress(Film.objects.with_progress().get(pk=film.pk))


def test_an_arriving_film_tells_percent_and_time_left(sender):
    upload = services.begin_upload(actor=sender, ring=RING, file_name="x", size=1000, page="/")
    begun = timezone.now() - timedelta(seconds=60)
    Upload.objects.update(offset=250, begun_at=begun, touched_at=begun + timedelta(seconds=40))

    found = shown(upload.film)

    assert (found.state, found.percent, found.left) == ("receiving", 25, "about 2 minutes left")
    assert found.moving


def test_nothing_is_guessed_without_ground(sender):
    upload = services.begin_upload(actor=sender, ring=RING, file_name="x", size=1000, page="/")

    assert (shown(upload.film).percent, shown(upload.film).left) == (0, "")


def test_a_queued_film_tells_how_many_are_before_it(sent):
    first, second = (sent(films.silent().read_bytes()) for _ in range(2))
    for film in (first, second):
        pipeline.work_on(film.pk)

    assert shown(first).left == "it is next"
    assert shown(second).left == "1 film is before yours"
    assert shown(second).percent == 5


def test_an_encoding_film_counts_frames(sent):
    film = sent(films.silent().read_bytes())
    pipeline.work_on(film.pk)
    begun = timezone.now() - timedelta(seconds=30)
    Film.objects.update(state=State.ENCODING)
    Work.objects.filter(recipe="prepare/1").update(state="running", permille=500, started_at=begun)

    found = shown(film)

    assert (found.percent, found.left) == (52, "about 30 seconds left")


def test_a_ready_film_and_a_refused_one_rest(prepared):
    ready, refused = shown(prepared(films.silent().read_bytes())), shown(prepared(b"a letter"))

    assert (ready.percent, ready.moving, ready.ready) == (100, False, True)
    assert (refused.moving, refused.ready) == (False, False)
    assert "is not a film" in refused.sentence


@pytest.mark.parametrize("state", [state for state in State if state not in ("rejected", "failed")])
def test_every_state_has_its_sentence(state):
    assert queries.WORDS[state].endswith(".")


def test_the_fragment_asks_again_only_while_the_film_moves(sent, prepared):
    context = {"film": shown(sent(films.silent().read_bytes())), "poll_url": "/films/1/progress/"}
    moving = render_to_string("footage/_progress.html", context)
    context["film"] = shown(prepared(films.silent().read_bytes()))
    resting = render_to_string("footage/_progress.html", context)

    assert 'hx-get="/films/1/progress/"' in moving
    assert "<progress" in moving
    assert "hx-get" not in resting
    assert "<progress" not in resting


def test_progress_of_many_films_costs_the_same(sent, django_assert_num_queries):
    for _ in range(3):
        sent(films.silent().read_bytes())

    with django_assert_num_queries(2):
        found = [queries.progress(film) for film in Film.objects.with_progress()]

    assert len(found) == 3
