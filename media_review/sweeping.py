"""Sittings that are over get their one line in the ledger; notes nobody took up go."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from footage import rounds
from footage import services as footage
from footage.states import KEYLESS
from ledger import services as ledger
from media_review import rules
from media_review.models import SpokenNote, Viewing

LEFT_LYING = timedelta(days=7)


def end_idle_viewings(now: datetime | None = None) -> int:
    """Every sitting of which nothing was heard for five minutes is closed; says how many."""
    now = now or timezone.now()
    due = list(Viewing.objects.idle(now).values_list("pk", flat=True))
    return sum(_ended(pk, now) for pk in due)


@transaction.atomic
def _ended(pk: UUID, now: datetime) -> bool:
    """Closed, with its line; False when somebody closed it before or it has woken up."""
    rows = Viewing.objects.idle(now).select_for_update(of=("self",))
    viewing = rows.select_related("film", "clip", "recording", "keepsake").filter(pk=pk).first()
    if viewing is None:
        return False
    viewing.ended_at = now
    viewing.save(update_fields=["ended_at"])
    length = viewing.film.duration_ms
    ledger.record(
        user_id=viewing.viewer_id,
        verb="media_review.watched",
        subject=viewing.clip or viewing.recording or viewing.keepsake or viewing.film,
        viewing=viewing.pk,
        **({} if viewing.viewer_id else {"who": "the family"}),
        since=viewing.opened_at.isoformat(),
        until=viewing.touched_at.isoformat(),
        played_ms=viewing.played,
        sent_ms=rules.spans_of(viewing.served, length),
    )
    return True


def discard_loose_notes(now: datetime | None = None) -> int:
    """What was said a week ago and no comment has taken up is destroyed; says how much."""
    before = (now or timezone.now()) - LEFT_LYING
    due = list(SpokenNote.objects.loose(before).values_list("pk", flat=True))
    return rounds.each("notes left lying", due, lambda pk: _discarded(pk, before))


@transaction.atomic
def _discarded(pk: UUID, before: datetime) -> bool:
    """Gone; False when a comment took it up meanwhile."""
    rows = SpokenNote.objects.select_for_update(of=("self",)).select_related("film")
    note = rows.filter(pk=pk).first()
    if note is None or not SpokenNote.objects.loose(before).filter(pk=pk).exists():
        return False
    film = note.film
    note.delete()
    if film and film.state not in KEYLESS:
        footage.purge(user_id=None, film_id=film.pk)
    return True
