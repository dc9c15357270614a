"""Keys: a film's key hangs on its ring's key, that one on the root key. Rings can be destroyed."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.db import router, transaction
from django.utils import timezone

from footage import seal
from footage.errors import KeyGone
from footage.models import Film, RingKey


def wrapped_for(film_id: UUID, ring: UUID) -> bytes:
    """A new film key, wrapped by its ring's key (made when this is the ring's first film)."""
    return seal.wrap(_ring_key(ring, make=True), seal.new_key(), f"film|{film_id}|{ring}")


def film_key(film: Film) -> bytes:
    """The film's key; KeyGone once its ring was destroyed. One query on the keys' database."""
    if not film.wrapped_key:
        raise KeyGone(f"{film} has no key any more")
    return seal.unwrap(_ring_key(film.ring), bytes(film.wrapped_key), f"film|{film.pk}|{film.ring}")


def destroy(ring: UUID) -> str:
    """No copy of any film of this ring opens again. Returns the dead key's fingerprint."""
    database = router.db_for_write(RingKey)
    with transaction.atomic(using=database):
        key, _ = RingKey.objects.select_for_update().get_or_create(
            ring=ring,
            defaults={"root": "", "fingerprint": "", "destroyed_at": timezone.now()},
        )
        if key.wrapped is not None:
            key.wrapped = None
            key.destroyed_at = timezone.now()
            key.save(update_fields=["wrapped", "destroyed_at"])
    return key.fingerprint


def is_destroyed(ring: UUID) -> bool:
    """Has this ring been destroyed?"""
    return RingKey.objects.filter(ring=ring, wrapped=None).exists()


def fingerprint(ring: UUID) -> str:
    """What the receipt will say of this ring; empty when it never had a key."""
    return RingKey.objects.filter(ring=ring).values_list("fingerprint", flat=True).first() or ""


def _ring_key(ring: UUID, *, make: bool = False) -> bytes:
    row = RingKey.objects.filter(ring=ring).first()
    if row is None and make:
        row = _new_ring(ring)
    if row is None or row.wrapped is None:
        raise KeyGone(f"the key of ring {ring} is gone")
    return seal.unwrap(_root_key(), bytes(row.wrapped), f"ring|{ring}")


def _new_ring(ring: UUID) -> RingKey:
    """The ring's row; whoever comes second gets the first one's."""
    key = seal.new_key()
    defaults = {
        "wrapped": seal.wrap(_root_key(), key, f"ring|{ring}"),
        "root": hashlib.sha256(_root_key()).hexdigest()[:16],
        "fingerprint": hashlib.sha256(key).hexdigest(),
    }
    return RingKey.objects.get_or_create(ring=ring, defaults=defaults)[0]


def _root_key() -> bytes:
    return hashlib.sha256(b"attune root key|" + settings.FILM_ROOT_KEY.encode()).digest()
