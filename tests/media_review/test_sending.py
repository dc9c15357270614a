"""Getting a film across: what the house promises while a film is on its way."""

import io
from uuid import uuid4

import pytest
from django.urls import reverse

from footage import services as footage
from footage import tasks as footage_tasks
from footage import works
from footage.models import Film
from footage.receiving import Incoming
from footage.states import KEYLESS
from footage.states import State as FilmState
from media_review import services
from media_review.models import Recording
from media_review.queries.sending import half_here
from people.errors import RuleBroken
from tests.caselogs.factories import case, consented_case, days_ago
from tests.media_review import factories as make
from tests.people.factories import actor_of, person, signed_in

pytestmark = pytest.mark.django_db
QUERIES = 9


def failed():
    """A recording whose film we could not prepare, three times over."""
    recording = make.recording()
    actor = actor_of(recording.owner)
    upload = make.send_bytes(recording)
    for _ in range(works.ATTEMPTS):
        works.give_back(works.claim(upload.film_id), "the machine was tired")
    recording.refresh_from_db()
    assert recording.film.state == FilmState.FAILED
    return recording, actor


def test_a_film_that_failed_through_our_fault_is_tried_again():
    recording, _ = failed()
    browser = signed_in(recording.owner)
    page = browser.get(recording.get_absolute_url()).content.decode()
    assert "it is our fault, not yours" in page
    address = reverse("media_review:recording-retry", args=[recording.pk])
    assert f'action="{address}"' in page

    answer = browser.post(address, follow=True)

    assert "You need not send the film a second time" in answer.content.decode()
    recording.film.refresh_from_db()
    assert recording.film.state == FilmState.RECEIVED
    make.prepare(recording.film_id)
    recording.film.refresh_from_db()
    assert recording.film.is_ready


def test_a_film_that_failed_leaves_no_orphan_when_it_is_sent_anew():
    recording, _ = failed()
    old = recording.film

    upload = make.send_bytes(recording)

    recording.refresh_from_db()
    old.refresh_from_db()
    assert recording.film_id == upload.film_id != old.pk
    assert (old.state, bytes(old.wrapped_key)) == (FilmState.PURGING, b"")
    footage_tasks.sweep()
    assert Film.objects.exclude(state__in=KEYLESS).get() == upload.film


def test_nothing_is_tried_again_after_a_withdrawal():
    recording, actor = failed()
    make.take_back(recording.case)

    with pytest.raises(RuleBroken, match="has withdrawn their consent"):
        services.retry_film(actor=actor, recording_id=recording.pk)


def test_only_what_failed_is_tried_again():
    recording, empty = make.filmed(), make.recording()

    with pytest.raises(RuleBroken, match="ready to watch"):
        services.retry_film(actor=actor_of(recording.owner), recording_id=recording.pk)
    with pytest.raises(RuleBroken, match="no film here yet"):
        services.retry_film(actor=actor_of(empty.owner), recording_id=empty.pk)


def test_a_stranger_cannot_try_it_again():
    recording, _ = failed()
    address = reverse("media_review:recording-retry", args=[recording.pk])

    assert signed_in(person()).post(address).status_code == 404


def add(browser, row, **facts):
    """One film of the queue is told to the house; its answer."""
    form = {
        "recording_id": uuid4(),
        "case": row.pk,
        "kind": "interaction",
        "filmed_on": days_ago(2),
        "custody": "platform",
    } | facts
    return browser.post(reverse("media_review:recording-add"), form)


def test_a_film_of_the_queue_is_expected_once():
    row, key = consented_case(), uuid4()
    browser = signed_in(row.guider)
    film = {"recording_id": key, "name": "IMG_0001.MOV", "size": 1000}

    first, again = add(browser, row, **film).json(), add(browser, row, **film).json()

    assert first == again
    recording = Recording.objects.get(pk=key)
    assert first == {
        "recording_id": str(key),
        "film_url": recording.get_absolute_url(),
        "upload_url": f"/footage/uploads/{recording.film.upload.pk}/",
        "digest_url": f"/footage/uploads/{recording.film.upload.pk}/digest/",
    }


def test_who_lost_the_last_answer_is_told_that_all_of_it_is_here():
    recording = make.recording()
    upload = make.send_bytes(recording)
    file = {"name": "play.mp4", "size": upload.size}
    browser = signed_in(recording.owner)

    told = browser.post(reverse("media_review:recording-upload", args=[recording.pk]), file)
    safe = browser.head(told.json()["upload_url"], headers={"tus-resumable": "1.0.0"})

    assert safe.headers["Upload-Offset"] == str(upload.size)
    assert Film.objects.count() == 1


def test_a_film_that_is_refused_leaves_no_recording_behind(settings):
    settings.FILM_LARGEST_BYTES = 999
    row = consented_case()

    answer = add(signed_in(row.guider), row, name="long.mov", size=1000)

    assert (answer.status_code, "too large" in answer.json()["reason"]) == (422, True)
    assert not Recording.objects.exists()
    assert not Film.objects.exists()


def test_without_consent_no_film_of_the_queue_is_expected():
    row = case()

    answer = add(signed_in(row.guider), row, name="a.mov", size=1000)

    assert "has not agreed to be filmed" in answer.json()["reason"]
    assert not Recording.objects.exists()


def test_a_film_shown_live_is_noted_by_its_measure():
    row = consented_case()
    measure = {"custody": "shown_live", "sha256": "a" * 64, "length_ms": 372_000}

    answer = add(signed_in(row.guider), row, **measure)

    recording = Recording.objects.get()
    assert answer.json() == {
        "recording_id": str(recording.pk),
        "film_url": recording.get_absolute_url(),
    }
    assert (recording.sha256, recording.length_ms, recording.film) == ("a" * 64, 372_000, None)


@pytest.mark.parametrize("sha256", ["", "a" * 63, "A" * 64, "g" * 64])
def test_what_is_no_measure_is_refused(sha256):
    row = consented_case()

    answer = add(signed_in(row.guider), row, custody="shown_live", sha256=sha256)

    assert answer.status_code == 422
    assert not Recording.objects.exists()


def test_a_film_that_stays_is_measured_once_and_for_good():
    recording = make.recording(custody="elsewhere", place="The team’s drive")
    browser = signed_in(recording.owner)
    address = reverse("media_review:recording-measure", args=[recording.pk])

    first = browser.post(address, {"sha256": "a" * 64, "length_ms": 1000})
    second = browser.post(address, {"sha256": "b" * 64})

    recording.refresh_from_db()
    assert (first.status_code, recording.sha256, recording.length_ms) == (200, "a" * 64, 1000)
    assert (second.status_code, "stays as it is" in second.json()["reason"]) == (422, True)


def test_a_film_kept_here_is_measured_by_the_house():
    recording = make.recording()

    with pytest.raises(RuleBroken, match="measures it by itself"):
        services.measure_film(
            actor=actor_of(recording.owner), recording_id=recording.pk, sha256="a" * 64
        )


def test_a_film_taken_out_of_the_queue_is_no_longer_expected():
    row = consented_case()
    browser = signed_in(row.guider)
    told = add(browser, row, name="a.mov", size=1000).json()

    answer = browser.post(f"{told['film_url']}discard/", headers={"accept": "application/json"})

    assert (answer.status_code, list(answer.wsgi_request._messages)) == (204, [])
    assert not Recording.objects.exists()


def test_the_only_family_that_agrees_is_chosen_already():
    row = consented_case()
    case(guider=row.guider)
    browser, page = signed_in(row.guider), reverse("media_review:recording-begin")

    assert browser.get(page).context["form"]["case"].value() == row.pk
    consented_case(guider=row.guider)
    assert browser.get(page).context["form"]["case"].value() is None


def test_what_is_half_here_is_listed_by_name():
    recording = make.recording()
    actor = actor_of(recording.owner)
    begin = {"actor": actor, "recording_id": recording.pk, "file_name": "IMG_0001.MOV"}
    upload = services.begin_upload(**begin, size=1000)
    piece = Incoming(io.BytesIO(b"a" * 380), 380)
    footage.receive(actor=actor, upload_id=upload.pk, offset=0, incoming=piece)

    page = signed_in(recording.owner).get(reverse("media_review:recording-begin"))

    [half] = page.context["halves"]
    assert (half.id, half.name, half.safe, half.percent) == (
        recording.pk,
        "IMG_0001.MOV",
        380,
        38,
    )
    assert "38 % safe" in page.content.decode()
    services.discard_recording(actor=actor, recording_id=recording.pk)
    assert half_here(actor) == ()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_much_for_one_half_film_as_for_many(rows, django_assert_num_queries):
    row = consented_case()
    browser = signed_in(row.guider)
    for number in range(rows):
        add(browser, row, name=f"{number}.mov", size=1000)
    browser.get(reverse("media_review:recording-begin"))

    with django_assert_num_queries(QUERIES):
        page = browser.get(reverse("media_review:recording-begin"))

    assert page.content.decode().count("data-half ") == rows
