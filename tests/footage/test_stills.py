"""A still is the one frame that was asked for, and nothing else."""

import pytest

from footage import pipeline, rules, services, vault
from footage.kinds import ArtefactKind
from footage.models import Film
from people.errors import RuleBroken
from tests.footage.numbered import numbered, read_film, read_picture

pytestmark = pytest.mark.django_db
RATES = ["25", "30000/1001", "30", "24000/1001", "24"]


def bytes_of(film: Film, kind: ArtefactKind) -> bytes:
    artefact = film.artefacts.select_related("film").get(kind=kind)
    return bytes(vault.reader(artefact).range(0, artefact.size))


def taken(film: Film, at_ms: int, sender) -> Film:
    still = services.still(actor_id=sender.user_id, film_id=film.pk, at_ms=at_ms, page="/films/1/")
    assert not pipeline.work_on(still.pk)
    return Film.objects.get(pk=still.pk)


@pytest.mark.parametrize("rate", RATES)
def test_a_millisecond_names_one_frame_and_its_beginning_names_it_for_ever(rate):
    exact = rules.Fraction(rate)

    for number in range(2000):
        begins = rules.frame_begins(number, exact)
        assert rules.frame_at(begins, exact) == number
        assert rules.frame_at(begins + 1, exact) == number
        assert rules.frame_at(rules.frame_begins(number + 1, exact) - 1, exact) == number


@pytest.mark.parametrize("rate", ["25", "30000/1001"])
def test_a_still_is_the_frame_that_was_on_the_screen(prepared, sender, rate):
    film = prepared(numbered(rate).read_bytes())
    shown = read_film(bytes_of(film, ArtefactKind.PROXY))
    assert shown == list(range(150))

    for number in (0, 1, 61, 62, 149):
        still = taken(film, rules.frame_begins(number, film.rate), sender)
        assert read_picture(bytes_of(still, ArtefactKind.POSTER)) == number
        assert (still.width, still.height) == (640, 360)
        assert [each.kind for each in still.artefacts.all()] == [ArtefactKind.POSTER]


def test_when_only_sound_is_left_the_last_picture_stands(prepared, sender):
    film = prepared(numbered("25").read_bytes())
    assert film.duration_ms > 6000

    still = taken(film, film.duration_ms - 1, sender)

    assert read_picture(bytes_of(still, ArtefactKind.POSTER)) == 149
    with pytest.raises(RuleBroken, match="after the end"):
        taken(film, film.duration_ms, sender)
