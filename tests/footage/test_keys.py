"""Keys: made once, wrapped, and gone for good when they are destroyed."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connections

from footage import keys
from footage.errors import KeyGone
from footage.models import Film, RingKey

RING = UUID("00000000-0000-4000-8000-000000000007")


def film_of(ring: UUID) -> Film:
    """A film that hangs on this ring; not saved."""
    film_id = uuid4()
    return Film(pk=film_id, ring=ring, wrapped_key=keys.wrapped_for(film_id, ring))


@pytest.mark.django_db
def test_every_film_has_a_key_of_its_own_on_one_ring():
    first, second = film_of(RING), film_of(RING)

    assert keys.film_key(first) != keys.film_key(second)
    assert keys.film_key(first) == keys.film_key(first)
    assert RingKey.objects.count() == 1


@pytest.mark.django_db
def test_a_destroyed_ring_opens_nothing_and_is_never_made_again():
    film = film_of(RING)
    receipt = keys.fingerprint(RING)

    assert keys.destroy(RING) == keys.destroy(RING) == receipt

    assert keys.is_destroyed(RING)
    with pytest.raises(KeyGone):
        keys.film_key(film)
    with pytest.raises(KeyGone):
        film_of(RING)


@pytest.mark.django_db
def test_a_ring_without_films_can_be_destroyed_too():
    keys.destroy(RING)

    with pytest.raises(KeyGone):
        film_of(RING)


@pytest.mark.django_db(transaction=True)
def test_no_file_of_the_database_remembers_a_destroyed_key():
    if connections["keys"].vendor != "sqlite":
        pytest.skip("a matter of SQLite's files")
    film_of(RING)
    wrapped = bytes(RingKey.objects.get(ring=RING).wrapped)
    files = list(Path(connections["keys"].settings_dict["NAME"]).parent.glob("*keys.sqlite3*"))
    assert any(wrapped in path.read_bytes() for path in files)

    keys.destroy(RING)

    assert not any(wrapped in path.read_bytes() for path in files if path.exists())
