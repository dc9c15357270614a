"""Film that must go: consent withdrawn, or the work long over. The words and a receipt stay.

Each film goes in a transaction of its own, after its rule was asked again under the lock: a sweep
that was killed begins again where it stopped, and one that runs twice does no more.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from caselogs.models import Case
from footage import rounds
from footage import services as footage
from footage.states import GONE
from media_review import receipts, rings, rules
from media_review.kinds import Ending
from media_review.models import Recording, Reminder, SafeguardingHold
from media_review.queries import consents, custody
from notices import services as notices


def lock_film(recording: Recording, user_id: UUID | None, ending: Ending, rule: str = "") -> bool:
    """No film of this recording can be watched any more, and unanswered submissions say so.

    True when one was there: it has a receipt, with one line in the ledger.
    """
    submissions = rings.sent_of([recording])
    is_here = recording.film is not None and recording.film.state not in GONE
    if is_here:
        footage.purge(user_id=user_id, film_id=recording.film_id)
    rings.expire(submissions, user_id)
    if is_here:
        receipts.write(recording, ending=ending, user_id=user_id, rule=rule)
    return is_here


def tidy() -> int:
    """Every film of withdrawn consent is gone; says how many. A held one waits, and is told of."""
    due = _ids(Recording.objects.here().withdrawn().exclude(_safe()))
    keys = [tell_of_waiting, rings.end_withdrawn, rings.end_kept]
    rounds.each("keys of withdrawn consent", keys, lambda step: step())
    rounds.each("films of withdrawn consent", due, _end_withdrawn)
    rings.end_spent()
    return len(due)


def tell_of_waiting() -> None:
    """Guiders know, once, that a film is locked and not yet destroyed, and tell the family."""
    held = Recording.objects.here().withdrawn().values("pk")
    holds = SafeguardingHold.objects.binding().filter(recording__in=held)
    rounds.each("films held after a withdrawal", holds.select_related("recording"), _tell_of_hold)


@transaction.atomic
def _tell_of_hold(hold: SafeguardingHold) -> None:
    notices.post(
        to_id=hold.recording.owner_id,
        kind="media_review.held_after_withdrawal",
        key=str(hold.pk),
        path=hold.get_absolute_url(),
        until=consents.day(hold.until),
    )


@transaction.atomic
def _end_withdrawn(pk: UUID) -> None:
    """A film that no ring took with it, begun before its family withdrew, goes alone."""
    recording = _locked(pk)
    due = Recording.objects.here().withdrawn().exclude(_safe()).filter(pk=pk)
    if recording and due.exists():
        lock_film(recording, None, Ending.WITHDRAWN)


def sweep(today: date | None = None) -> int:
    """Every film whose time is over is gone; says how many. Held and unannounced ones wait."""
    day = today or timezone.localdate()
    late = _ids(out_of_time(day))
    gone = rounds.each("films past their time", late, lambda pk: _end_in_time(pk, day))
    rings.end_spent()
    return gone


def out_of_time(today: date) -> QuerySet[Recording]:
    """Films past their last day whose guider was told of that day three days ago or earlier."""
    told = Reminder.objects.filter(
        recording=OuterRef("pk"),
        kept_until=OuterRef("kept_until"),
        told_on__lte=today - timedelta(days=min(rules.AHEAD)),
    )
    rows = Recording.objects.here().with_clock().filter(kept_until__lt=today)
    return rows.filter(Exists(told)).exclude(_safe())


@transaction.atomic
def _end_in_time(pk: UUID, today: date) -> bool:
    """True when the film went; not when it was held, opened again or told otherwise meanwhile."""
    recording = _locked(pk)
    rows = out_of_time(today).select_related("case")
    facts = rows.filter(pk=pk).first() if recording else None
    if facts is None:
        return False
    return lock_film(recording, None, Ending.TIME, custody.rule_of(facts))


def _safe() -> Exists:
    return Exists(SafeguardingHold.objects.binding().filter(recording=OuterRef("pk")))


def _ids(rows: QuerySet[Recording]) -> list[UUID]:
    return list(rows.values_list("pk", flat=True))


def _locked(pk: UUID) -> Recording | None:
    """The recording with its case and film; case first, as everybody who writes a case locks."""
    Case.objects.select_for_update(of=("self",)).filter(recordings=pk).first()
    rows = Recording.objects.select_for_update(of=("self",)).select_related("case", "film")
    return rows.filter(pk=pk).first()
