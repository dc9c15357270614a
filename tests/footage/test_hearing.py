"""A spoken note may be sound alone; an ordinary film may not, and a note goes with its film."""

import io
from contextlib import nullcontext
from fractions import Fraction

import pytest

from footage import pipeline, rules, services
from footage.errors import BadFilm
from footage.kinds import ArtefactKind
from footage.models import Film
from footage.receiving import Incoming
from notices.models import Notice
from tests.footage import films, spoken
from tests.footage.conftest import RING
from tests.footage.test_pipeline import bytes_of, probed

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(sent):
    """A film that something can be said about."""
    return sent(films.landscape().read_bytes())


@pytest.fixture
def note(sender, about):
    """Sends these bytes as a note about that film and does all the work on it."""

    def send(data: bytes, name: str = "note.webm") -> Film:
        upload = services.begin_upload(
            actor=sender, ring=RING, file_name=name, size=len(data), page="/", about_id=about.pk
        )
        incoming = Incoming(io.BytesIO(data), len(data))
        services.receive(actor=sender, upload_id=upload.pk, offset=0, incoming=incoming)
        while pipeline.work_on(upload.film_id):
            pass
        return Film.objects.get(pk=upload.film_id)

    return send


@pytest.mark.parametrize("make", [spoken.chromium, spoken.safari])
def test_sound_alone_becomes_a_note_that_every_browser_plays(note, make):
    film = note(make().read_bytes(), make().name)

    assert (film.state, film.reason) == ("ready", "")
    assert (film.width, film.height, film.has_sound) == (0, 0, True)
    assert film.duration_ms == pytest.approx(2000, abs=100)
    made = set(film.artefacts.values_list("kind", flat=True)) - {ArtefactKind.ORIGINAL}
    assert made == {ArtefactKind.PROXY, ArtefactKind.PEAKS}
    found = probed(bytes_of(film, ArtefactKind.PROXY))
    assert [(each["codec_name"], each["channels"]) for each in found["streams"]] == [("aac", 1)]
    assert not Notice.objects.filter(kind="footage.ready").exists()


def test_a_note_with_a_picture_is_prepared_like_a_film(note):
    film = note(films.recorded().read_bytes(), "webcam.webm")

    assert (film.state, film.has_sound, film.width) == ("ready", True, 320)
    assert film.artefacts.filter(kind=ArtefactKind.POSTER).exists()


def test_sound_alone_stays_no_film(prepared):
    film = prepared(spoken.safari().read_bytes(), "sound.mp4")

    assert (film.state, film.reason) == ("rejected", rules.NO_PICTURE)


def test_a_note_without_a_voice_says_so(note):
    film = note(films.silent().read_bytes())

    assert (film.state, film.reason) == ("rejected", rules.NOTHING_HEARD)


@pytest.mark.parametrize(("seconds", "is_taken"), [(180, True), (185, True), (186, False)])
def test_a_note_lasts_three_minutes_and_the_moment_to_press_the_key(seconds, is_taken):
    facts = rules.Facts("webm", seconds * 1000, 0, 0, Fraction(0), sound=0)

    with nullcontext() if is_taken else pytest.raises(BadFilm, match="up to 3 minutes"):
        rules.refuse_by_facts(facts, 7_200_000, is_note=True)


def test_a_note_goes_with_the_film_it_is_about(note, about, sender):
    film = note(spoken.chromium().read_bytes())

    services.purge(user_id=sender.user_id, film_id=about.pk)

    film.refresh_from_db()
    assert (film.state, bytes(film.wrapped_key)) == ("purging", b"")
