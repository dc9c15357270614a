"""The page that says how the house is: who sees it, what it costs, what it sets right."""

import io

import pytest

from footage import health, pipeline, services
from footage.models import Film
from footage.receiving import Incoming
from people.kinds import Role
from tests.people.factories import actor_of, person, signed_in

pytestmark = pytest.mark.django_db
QUERIES = 10
PAGE = "/house/health/"
RING = "00000000-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.FILM_FOLDER = tmp_path / "films"
    settings.FILM_PAUSE_SECONDS = 0
    health.note_sweep()


@pytest.fixture
def failed(settings):
    """Films that failed through our fault: there was no ffprobe where we said it is."""
    sender = actor_of(person(Role.TRAINEE))

    def fail(count: int) -> None:
        settings.FFPROBE = "/nowhere/ffprobe"
        for _ in range(count):
            upload = services.begin_upload(
                actor=sender, ring=RING, file_name="x.mp4", size=9, page="/films/1/"
            )
            incoming = Incoming(io.BytesIO(b"no film!!"), 9)
            services.receive(actor=sender, upload_id=upload.pk, offset=0, incoming=incoming)
            for _ in range(3):
                pipeline.work_on(upload.film_id)
        settings.FFPROBE = ""

    return fail


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_much_there_is(failed, rows, django_assert_num_queries):
    failed(rows)
    keeper = signed_in(person(Role.REGISTRAR))
    keeper.get(PAGE)

    with django_assert_num_queries(QUERIES):
        page = keeper.get(PAGE).content.decode()

    assert f"{rows} film{'s' if rows > 1 else ''} could not be prepared" in page
    assert page.index("needs a person") < page.index("well")


def test_it_is_for_those_who_keep_the_house():
    for role in (Role.TRAINEE, Role.SUPERVISOR, Role.EDITOR, Role.SERVICE_MANAGER):
        assert signed_in(person(role)).get(PAGE).status_code == 403
    assert signed_in(person(Role.OFFICER)).get(PAGE).status_code == 200


def test_the_button_sends_failed_films_on_their_way_again(failed):
    keeper = signed_in(person(Role.OFFICER))
    assert "Try them again" not in keeper.get(PAGE).content.decode()
    failed(2)
    assert "Try them again" in keeper.get(PAGE).content.decode()

    answer = keeper.post(f"{PAGE}try-again/", follow=True)

    assert "2 films are being tried again." in answer.content.decode()
    assert set(Film.objects.values_list("state", flat=True)) == {"received"}
