"""A shared review has its times, goes into the cycle, and finds its place in its own film."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from caselogs import services as caselogs
from caselogs.models import Cycle
from ledger import services as ledger
from media_review import permissions, timings
from media_review.kinds import RecordingKind
from media_review.models import Clip, Recording, ReviewRun, Showing, Still
from media_review.queries import reviews
from media_review.services.storyboards import owned_board
from media_review.timings import Shown
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def log_review(
    *,
    actor: Actor,
    board_id: UUID,
    run_id: UUID,
    started_at: datetime,
    showings: Sequence[Shown] = (),
    ended_ms: int | None = None,
) -> ReviewRun:
    """The review has these times, told by the page; told again, or late, it is still one review.

    Once it has ended its times stay as they are. RuleBroken for times that cannot be.
    """
    board = owned_board(actor, board_id)
    run = ReviewRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        run = ReviewRun.objects.create(
            pk=run_id,
            storyboard=board,
            case=board.case,
            cycle_id=board.cycle_id,
            owner_id=actor.user_id,
            started_at=_possible(started_at),
        )
        ledger.record(user_id=actor.user_id, verb="media_review.review_begun", subject=run)
    permissions.may_keep_review(actor, run).require()
    if run.ended_at:
        return run
    _write(run, timings.in_order(showings))
    if ended_ms is not None:
        _end(actor, run, min(ended_ms, timings.LONGEST_MS))
    return run


def _possible(started_at: datetime) -> datetime:
    """When it began; a clock that is a little ahead is put right."""
    now = timezone.now()
    if started_at < now - timings.OLDEST:
        raise RuleBroken("These times are more than two weeks old, so they are not kept any more.")
    return min(started_at, now)


def _write(run: ReviewRun, showings: Sequence[Shown]) -> None:
    there = {
        "clip": set(
            Clip.objects.filter(recording__owner=run.owner_id).values_list("pk", flat=True)
        ),
        "still": set(
            Still.objects.filter(recording__owner=run.owner_id).values_list("pk", flat=True)
        ),
    }
    run.showings.all().delete()
    rows = []
    for each in showings:
        kind, _, pk = each.key.partition(":")
        known = {f"{kind}_id": pk} if UUID(pk) in there[kind] else {}
        rows.append(Showing(run=run, from_ms=each.from_ms, until_ms=each.until_ms, **known))
    Showing.objects.bulk_create(rows)


def _end(actor: Actor, run: ReviewRun, ended_ms: int) -> None:
    run.ended_at = run.started_at + timedelta(milliseconds=max(0, ended_ms))
    run.save(update_fields=["ended_at"])
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.review_ended",
        subject=run,
        minutes=timings.minutes_of(run.started_at, run.ended_at),
        shown=run.showings.count(),
    )


@transaction.atomic
def put_into_cycle(
    *,
    actor: Actor,
    run_id: UUID,
    cycle_id: UUID,
    reviewed_on: date,
    minutes: int,
    what_went_well: str = "",
    next_time: str = "",
) -> Cycle:
    """The cycle has the day and the minutes of this review; RuleBroken as the case log says."""
    run = _own_run(actor, run_id)
    if not Cycle.objects.filter(pk=cycle_id, case_id=run.case_id).exists():
        raise RuleBroken("This cycle belongs to another case. Please choose it again.")
    cycle = caselogs.complete_cycle(
        actor=actor,
        cycle_id=cycle_id,
        reviewed_on=reviewed_on,
        review_minutes=minutes,
        what_went_well=what_went_well,
        next_time=next_time,
    )
    run.cycle = cycle
    run.logged_at = timezone.now()
    run.save(update_fields=["cycle", "logged_at"])
    ledger.record(
        user_id=actor.user_id, verb="media_review.review_logged", subject=run, cycle=cycle.pk
    )
    return cycle


@transaction.atomic
def align_review(*, actor: Actor, run_id: UUID, recording_id: UUID, at_ms: int) -> ReviewRun:
    """The first showing began at this millisecond of this film of the review itself.

    Moments of that film which name no clip yet name the one that was on the screen.
    """
    run = _own_run(actor, run_id)
    film = Recording.objects.select_for_update().get(pk=recording_id)
    permissions.may_mark(actor, film).require()
    if film.kind != RecordingKind.SHARED_REVIEW or film.case_id != run.case_id:
        raise RuleBroken("Only the film of this family’s shared review can be put beside it.")
    ReviewRun.objects.filter(film=film).exclude(pk=run.pk).update(film=None, film_at_ms=None)
    run.film = film
    run.film_at_ms = at_ms
    run.save(update_fields=["film", "film_at_ms"])
    linked = _link_moments(film)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.review_aligned",
        subject=run,
        recording=film.pk,
        at_ms=at_ms,
        moments=linked,
    )
    return run


def _link_moments(film: Recording) -> int:
    """How many moments now name the clip that was on the screen."""
    track = reviews.track_of(film)
    linked = 0
    for moment in film.moments.select_for_update().filter(about=None):
        clip_id = reviews.clip_among(track, moment.start_ms, moment.end_ms)
        if clip_id:
            film.moments.filter(pk=moment.pk).update(
                about_id=clip_id, version=F("version") + 1, changed_at=timezone.now()
            )
            linked += 1
    return linked


def _own_run(actor: Actor, run_id: UUID) -> ReviewRun:
    run = ReviewRun.objects.select_for_update().get(pk=run_id)
    permissions.may_keep_review(actor, run).require()
    if run.ended_at is None:
        raise RuleBroken("This review has not ended yet.")
    return run
