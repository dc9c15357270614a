"""Destroying: a film is locked, its ring's key dies, then the useless bytes go."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from footage import keys
from footage.kinds import ArtefactKind, WorkState
from footage.models import Artefact, Film, Grave, RingKey, Upload
from footage.states import GONE, KEYLESS, State, Step, after
from footage.stores import store
from ledger import services as ledger


def lock(film: Film, user_id: UUID | None, **facts: Any) -> None:
    """The film is locked for ever: no key, no work, no open upload, no name."""
    film.state = after(film.state, Step.PURGE)
    film.wrapped_key, film.reason, film.name = b"", "", ""
    film.save(update_fields=["state", "wrapped_key", "reason", "name"])
    film.works.exclude(state=WorkState.DONE).update(state=WorkState.STOPPED, token=None)
    Upload.objects.filter(film=film).update(writer=None, tail=b"", expires_at=timezone.now())
    ledger.record(user_id=user_id, verb="footage.locked", subject=film, **facts)


def dig(ring: UUID, films: Sequence[Film], user_id: UUID | None) -> Grave:
    """It is written that this ring must open nothing, and what it held; once for a ring."""
    kept = Artefact.objects.filter(film__in=films).aggregate(sum=Sum("size"))["sum"] or 0
    arriving = Upload.objects.filter(film__in=films, film__artefacts=None)
    facts = {
        "fingerprint": keys.fingerprint(ring),
        "films": len(films),
        "size": kept + (arriving.aggregate(sum=Sum("offset"))["sum"] or 0),
        "asked_by": user_id,
    }
    return Grave.objects.get_or_create(ring=ring, defaults=facts)[0]


def bury(ring: UUID) -> None:
    """The ring's key is dead, and the ledger holds the one receipt. Twice does no more."""
    fingerprint = keys.destroy(ring)
    with transaction.atomic():
        grave = Grave.objects.open().select_for_update().filter(ring=ring).first()
        if grave is None:
            return
        grave.destroyed_at = timezone.now()
        grave.fingerprint = fingerprint or grave.fingerprint
        grave.save(update_fields=["destroyed_at", "fingerprint"])
        ledger.record(
            user_id=grave.asked_by,
            verb="footage.key_destroyed",
            subject=grave,
            fingerprint=grave.fingerprint,
            films=grave.films,
            bytes=grave.size,
        )


def risen() -> list[UUID]:
    """Rings that were destroyed and are not: a back-up of the keys has brought them back."""
    graves = set(Grave.objects.closed().values_list("ring", flat=True))
    dead = set(RingKey.objects.filter(wrapped=None).values_list("ring", flat=True))
    return sorted(graves - dead)


def bury_risen() -> list[UUID]:
    """What came back with a back-up of the keys is dead again, with a line in the ledger each."""
    found = risen()
    for ring in found:
        keys.destroy(ring)
        with transaction.atomic():
            grave = Grave.objects.get(ring=ring)
            facts = {"fingerprint": grave.fingerprint}
            ledger.record(user_id=None, verb="footage.key_destroyed_again", subject=grave, **facts)
    return found


def dig_again(rings: Iterable[UUID]) -> int:
    """These rings, from a list kept elsewhere, are dead here too; how many had no grave yet."""
    known = set(Grave.objects.values_list("ring", flat=True))
    lost = [ring for ring in dict.fromkeys(rings) if ring not in known]
    for ring in lost:
        with transaction.atomic():
            rows = Film.objects.in_ring(ring).select_for_update().order_by("pk")
            films = list(rows.exclude(state__in=GONE))
            dig(ring, films, None)
            for film in films:
                lock(film, None)
        bury(ring)
    return len(lost)


@transaction.atomic
def drop_original(film_id: UUID) -> bool:
    """What was sent is no longer part of the ready film, and the ledger says so; once.

    Its bytes are litter from now on; `tidying` removes them, now or after an accident at night.
    """
    due = Film.objects.with_old_original(timezone.now()).select_for_update()
    film = due.filter(pk=film_id).first()
    if film is None:
        return False
    film.original_until = None
    film.save(update_fields=["original_until"])
    Upload.objects.filter(film=film).update(runs=[], tail=b"")
    dropped, _ = film.artefacts.filter(kind=ArtefactKind.ORIGINAL).delete()
    if dropped:
        ledger.record(
            user_id=None, verb="footage.original_dropped", subject=film, days=film.original_days
        )
    return bool(dropped)


def purge(film_id: UUID) -> None:
    """Nothing of the film lies in the store; the ledger holds the receipt. Twice does no more."""
    if Film.objects.filter(pk=film_id).exclude(state__in=KEYLESS).exists():
        return
    rings = Film.objects.filter(pk=film_id).values("ring")
    for ring in Grave.objects.open().filter(ring__in=rings).values_list("ring", flat=True):
        bury(ring)  # in case nobody lived to do it when the films were locked
    removed = store().delete(str(film_id))
    with transaction.atomic():
        film = Film.objects.to_destroy().select_for_update().filter(pk=film_id).first()
        if film is None:
            return
        if film.state == State.PURGING:
            film.state = after(film.state, Step.PURGED)
        film.purged_at = timezone.now()
        film.save(update_fields=["state", "purged_at"])
        film.artefacts.all().delete()
        ledger.record(
            user_id=None,
            verb="footage.purged",
            subject=film,
            parts=removed,
            sha256=film.sha256,
            key_destroyed=keys.is_destroyed(film.ring),
            key_fingerprint=keys.fingerprint(film.ring),
        )
