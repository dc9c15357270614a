"""Keys wrapped anew, made and destroyed at once (on PostgreSQL, in real threads)."""

from uuid import UUID, uuid4

import pytest

from footage import keys, rotating, surveying
from footage.errors import KeyGone
from footage.models import AccountKey, Film, RingKey
from tests.accreditation.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SERVICE = UUID("00000000-0000-4000-8000-0000000000aa")


def films(many: int, ring: UUID | None = None) -> list[Film]:
    """Films of one organisation, each on a ring of its own unless one is named; not saved."""
    made = []
    for _ in range(many):
        film_id, hung = uuid4(), ring or uuid4()
        wrapped = keys.wrapped_for(film_id, hung, SERVICE)
        made.append(Film(pk=film_id, ring=hung, account=SERVICE, wrapped_key=wrapped))
    return made


def opened(some: list[Film]) -> list[bytes]:
    """Their keys."""
    return [keys.film_key(film) for film in some]


def quiet(*_: object) -> None:
    """Hears of the progress and says nothing."""


def test_films_begin_and_play_while_their_organisation_is_given_a_new_key():
    there = films(6)
    before = opened(there)
    made: list[Film] = []

    told = at_once(
        lambda: rotating.rotate(accounts=True, tell=quiet),
        lambda: made.extend(films(12)),
        lambda: [opened(there) == before for _ in range(12)],
    )

    assert told[2] == [True] * 12
    assert opened(there) == before
    assert opened(made)
    rotating.rotate(tell=quiet)
    assert surveying.survey().is_sound
    assert AccountKey.objects.filter(account=SERVICE).count() == 1


def test_two_rotations_at_once_lose_nothing():
    there = films(6)
    before = opened(there)

    at_once(*[lambda: rotating.rotate(accounts=True, tell=quiet) for _ in range(2)])
    rotating.rotate(tell=quiet)

    assert opened(there) == before
    assert not AccountKey.objects.retired().exists()


def test_the_first_two_films_of_a_ring_hang_on_one_key():
    ring, made = uuid4(), []

    at_once(*[lambda: made.extend(films(1, ring)) for _ in range(2)])

    assert RingKey.objects.filter(ring=ring).count() == 1
    assert len(opened(made)) == 2


def test_a_ring_destroyed_while_keys_are_wrapped_anew_stays_dead():
    there = films(4)

    at_once(
        lambda: rotating.rotate(accounts=True, tell=quiet),
        lambda: [keys.destroy(film.ring) for film in there],
    )

    for film in there:
        with pytest.raises(KeyGone):
            keys.film_key(film)
