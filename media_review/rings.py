"""The eras of a family's consent: opened with their first film, ended for good.

Locks are taken in one order (case, recordings, submissions, films) and before the first line of
the ledger, so that two who want the same rows wait for each other instead of both giving up.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from caselogs.models import Case, Consent
from footage import rounds
from footage import services as footage
from footage.models import Film, Grave
from ledger import services as ledger
from media_review import receipts
from media_review.kinds import Ending, RingEnd
from media_review.models import Recording, Ring, SafeguardingHold, Submission, SubmittedClip
from media_review.queries.peers import readers_of
from media_review.states import State, Step, after, is_open
from notices import services as notices
from people.errors import RuleBroken

NO_KEY = "none"
BEGUN_BEFORE = (
    "{code} took their consent back after this recording was begun, so its film cannot be kept. "
    "Please begin a new recording."
)
MADE_BEFORE = (
    "{code} took their consent back after this film was made, so it cannot be kept here. "
    "They were promised that it is gone; please delete it from your device too."
)


def ring_for(case: Case) -> UUID:
    """The ring a new film of this case hangs on. Call it with the case locked.

    An era that a withdrawal has ended is over for certain before the next one begins.
    """
    _end_if_withdrawn(case.pk)
    ring = Ring.objects.get_or_create(case=case, ended_at=None)[0]
    if Grave.objects.filter(ring=ring.pk).exists():  # destroyed before this house was restored
        forget(case_id=case.pk, user_id=None, why=RingEnd.WITHDRAWN)
        ring = Ring.objects.create(case=case)
    return ring.pk


def require_begun_since(recording: Recording) -> None:
    """The recording was begun after the last withdrawal, if there was one; else RuleBroken."""
    since = Consent.objects.filter(case=recording.case_id, withdrawn_at__gte=recording.begun_at)
    if since.exists():
        raise RuleBroken(BEGUN_BEFORE.format(code=recording.case.code))


def require_made_since(case: Case, filmed_on: date) -> None:
    """The film was made on the day of the last withdrawal or later; else RuleBroken."""
    if Consent.objects.filter(case=case, withdrawn_at__date__gt=filmed_on).exists():
        raise RuleBroken(MADE_BEFORE.format(code=case.code))


@transaction.atomic
def forget(*, case_id: UUID, user_id: UUID | None, why: RingEnd) -> None:
    """Every film of this case is unreadable in every copy, and unanswered submissions say so.

    The key dies the moment the transaction commits; the ledger gets one receipt a ring. Twice does
    no more. A new film, if the family ever agrees again, hangs on a new ring.
    """
    submissions = take(case_id)
    for ring in Ring.objects.open().filter(case=case_id):
        _end(ring, user_id=user_id, why=why)
    expire(submissions, user_id)


def end_withdrawn() -> None:
    """No key lives on of which a family has taken its consent back."""
    due = list(Ring.objects.open().withdrawn().values_list("case_id", flat=True))
    rounds.each("ending withdrawn keys", due, _end_withdrawn)


@transaction.atomic
def _end_withdrawn(case_id: UUID) -> None:
    Case.objects.select_for_update().get(pk=case_id)
    _end_if_withdrawn(case_id)


def end_spent() -> None:
    """No key lives on of a closed case whose films have all gone."""
    due = list(Ring.objects.open().spent().values_list("pk", "case_id"))
    rounds.each("ending spent keys", due, lambda ring: _end_spent(*ring))


@transaction.atomic
def _end_spent(pk: UUID, case_id: UUID) -> None:
    take(case_id)
    for ring in Ring.objects.open().spent().filter(pk=pk):
        _end(ring, user_id=None, why=RingEnd.TIME)


def _end_if_withdrawn(case_id: UUID) -> None:
    """Asked again with the case locked: the ring may be a new one by now."""
    if Ring.objects.open().withdrawn().filter(case=case_id).exists():
        forget(case_id=case_id, user_id=None, why=RingEnd.WITHDRAWN)


def take(case_id: UUID) -> list[Submission]:
    """The case, its recordings, what was sent of them (returned) and their films are locked."""
    Case.objects.select_for_update().get(pk=case_id)
    rows = Recording.objects.select_for_update(of=("self",)).filter(case=case_id).order_by("pk")
    submissions = sent_of(list(rows))
    rings = Ring.objects.open().filter(case=case_id).values("pk")
    list(Film.objects.select_for_update().filter(ring__in=rings).order_by("pk"))
    return submissions


def sent_of(recordings: Iterable[Recording]) -> list[Submission]:
    """The submissions that hold a clip of these, locked."""
    sent = SubmittedClip.objects.filter(clip__recording__in=recordings).values("submission_id")
    rows = Submission.objects.select_for_update(of=("self",)).filter(pk__in=sent)
    return list(rows.select_related("trainee").order_by("pk"))


def expire(submissions: Iterable[Submission], user_id: UUID | None) -> None:
    """What nobody has answered yet says that its film is gone, and so does a message."""
    for submission in submissions:
        if is_open(submission.state, Step.EXPIRE):
            submission.state = after(State(submission.state), Step.EXPIRE)
            submission.save(update_fields=["state"])
            _tell(submission)
            ledger.record(user_id=user_id, verb="media_review.expired", subject=submission)


def end_kept() -> None:
    """No key lives on whose era is over and whose films nobody holds any more."""
    due = list(Ring.objects.kept().values_list("pk", "case_id"))
    rounds.each("ending kept keys", due, lambda ring: _end_kept(*ring))


@transaction.atomic
def _end_kept(pk: UUID, case_id: UUID) -> None:
    take(case_id)
    for ring in Ring.objects.kept().filter(pk=pk):
        _shred(ring, user_id=None)


def _end(ring: Ring, *, user_id: UUID | None, why: RingEnd) -> None:
    """Nothing that hangs on this ring opens again, in any copy; the row says since when and why.

    Where a safeguarding hold binds a film of the ring, every other film goes alone, no new one
    can hang on it, and the key dies when the hold ends.
    """
    held = set(_binding(ring).values_list("recording_id", flat=True))
    Ring.objects.open().filter(pk=ring.pk).update(ended_at=timezone.now(), why=why)
    ring.why = why
    if not held:
        _shred(ring, user_id=user_id)
        return
    going = [row for row in _recordings(ring) if row.pk not in held]
    for row in going:
        footage.purge(user_id=user_id, film_id=row.film_id)
    for row in going:
        receipts.write(row, ending=Ending(why), user_id=user_id)


def _shred(ring: Ring, *, user_id: UUID | None) -> None:
    """The key is dead once this commits; each film that hung on it has its receipt."""
    going = _recordings(ring)
    receipt = footage.shred(user_id=user_id, ring=ring.pk)
    Ring.objects.filter(pk=ring.pk).update(receipt=receipt or NO_KEY)
    for row in going:
        receipts.write(row, ending=Ending(ring.why), user_id=user_id, key=receipt)


def _recordings(ring: Ring) -> list[Recording]:
    """The recordings whose film hangs on this ring and is still there."""
    rows = Recording.objects.here().filter(film__ring=ring.pk).order_by("pk")
    return list(rows.select_related("case", "film"))


def _binding(ring: Ring) -> QuerySet[SafeguardingHold]:
    return SafeguardingHold.objects.binding().filter(recording__film__ring=ring.pk)


def _tell(submission: Submission) -> None:
    """Whoever still had clips to answer knows that they are gone."""
    for reader_id in readers_of(submission) if submission.sent_at else ():
        notices.post(
            to_id=reader_id,
            kind="media_review.expired",
            key=str(submission.pk),
            path=submission.get_absolute_url(),
            from_name=submission.trainee.name,
        )
