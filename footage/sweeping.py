"""What was lost and must be done again: the database is asked, never the broker."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from footage import purging, rounds, works
from footage.models import Film, Grave, Upload, Work
from footage.states import GONE, State


def films_to_wake() -> list[UUID]:
    """The films with work that nobody does, each at most twice in a lease."""
    now = timezone.now()
    whole = Upload.objects.whole().values_list("pk", flat=True)[:100]
    rounds.each("arriving", whole, works.arrive)  # who took the last byte did not live to say so
    lost = Work.objects.open(now).filter(woken_at__lt=now - works.lease() / 2)
    found = list(lost.order_by("made_at").values_list("pk", "film_id")[:100])
    Work.objects.filter(pk__in=[work for work, _ in found]).update(woken_at=now)
    return list(dict.fromkeys(film for _, film in found))


def films_to_purge() -> list[UUID]:
    """The films that are locked and wait for their bytes to be removed."""
    expired = Upload.objects.expired(timezone.now()).values_list("pk", flat=True)[:100]
    rounds.each("ending uploads", expired, _end)
    lost = Film.objects.filter(ring__in=Grave.objects.fresh(timezone.now()).values("ring"))
    left = lost.exclude(state__in=GONE).values_list("pk", flat=True)[:100]
    rounds.each("locking films of dead keys", left, _lock_lost)
    waiting = Film.objects.to_destroy().order_by("begun_at")
    return list(waiting.values_list("pk", flat=True)[:100])


def originals_to_drop() -> list[UUID]:
    """The ready films of which what was sent has been kept long enough."""
    old = Film.objects.with_old_original(timezone.now()).order_by("original_until")
    return list(old.values_list("pk", flat=True)[:100])


def rings_to_bury() -> list[UUID]:
    """The rings that must be dead, and whose key nobody lived to destroy."""
    return list(Grave.objects.open().values_list("ring", flat=True)[:100])


@transaction.atomic
def _lock_lost(film_id: UUID) -> None:
    """A film that slipped into its ring while the ring was being destroyed goes with it."""
    film = Film.objects.select_for_update().get(pk=film_id)
    if film.state not in GONE:
        purging.lock(film, None)


@transaction.atomic
def _end(upload_id: UUID) -> None:
    """An upload nobody carried on with is locked, unless it was carried on after all."""
    film = Film.objects.select_for_update().get(upload=upload_id)
    late = Upload.objects.expired(timezone.now()).filter(pk=upload_id)
    if film.state == State.RECEIVING and late.exists():
        purging.lock(film, None)
