"""Shared reviews as they happened: what was on the screen when, and in their own films."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caselogs.models import Cycle
from media_review import rules, timings
from media_review.kinds import RecordingKind
from media_review.models import Recording, ReviewRun
from media_review.queries import consents
from media_review.timings import Shown
from people.actor import Actor


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One showing as a page tells it; its times are those of the review, or of its film."""

    key: str
    clip_id: UUID | None
    title: str
    from_ms: int
    until_ms: int
    start: str
    length: str


@dataclass(frozen=True, slots=True)
class Review:
    """One shared review: its day, how long it took, what was shown, and whether a cycle has it."""

    id: UUID
    case_code: str
    case_url: str
    started_at: datetime
    on: date
    ended: bool
    minutes: int
    logged: bool
    cycle: Cycle | None
    lines: tuple[ShownLine, ...]


def reviews_of(actor: Actor, **which: object) -> tuple[Review, ...]:
    """One's own reviews of this case or board, newest first, in two queries."""
    rows = ReviewRun.objects.visible_to(actor).filter(**which)
    rows = rows.select_related("case", "cycle")
    return tuple(_review(run) for run in rows.prefetch_related("showings__clip", "showings__still"))


def _review(run: ReviewRun) -> Review:
    return Review(
        id=run.pk,
        case_code=run.case.code,
        case_url=consents.address(run.case),
        started_at=run.started_at,
        on=timezone.localdate(run.started_at),
        ended=run.ended_at is not None,
        minutes=timings.minutes_of(run.started_at, run.ended_at) if run.ended_at else 0,
        logged=run.logged_at is not None,
        cycle=run.cycle,
        lines=_lines(run, _shown(run)),
    )


def _shown(run: ReviewRun) -> tuple[Shown, ...]:
    """Keys name the row of the showing: what was shown may be gone by now."""
    rows = run.showings.all()
    return tuple(Shown(str(row.pk), row.from_ms, row.until_ms) for row in rows)


def _lines(run: ReviewRun, shown: Sequence[Shown]) -> tuple[ShownLine, ...]:
    rows = {str(row.pk): row for row in run.showings.all()}
    found = []
    for each in shown:
        row = rows[each.key]
        thing = row.clip or row.still
        found.append(
            ShownLine(
                key=f"clip:{row.clip_id}" if row.clip_id else f"still:{row.still_id}",
                clip_id=row.clip_id,
                title=str(thing) if thing else "no longer there",
                from_ms=max(0, each.from_ms),
                until_ms=max(0, each.until_ms),
                start=rules.length_words(max(0, each.from_ms)),
                length=rules.seconds_words(each.until_ms - each.from_ms),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Track:
    """Beside the film of a shared review: what was on the screen, or what could be put there.

    `offered` are reviews of the same family whose film this may be, nearest day first.
    """

    recording_id: UUID
    run_id: UUID | None
    film_at_ms: int | None
    lines: tuple[ShownLine, ...]
    offered: tuple[Review, ...] = ()


def track_of(recording: Recording, actor: Actor | None = None) -> Track | None:
    """What was on the screen in the film of a review; None for every other film.

    With an actor also the reviews that can be put beside it. Two queries, or four.
    """
    if recording.kind != RecordingKind.SHARED_REVIEW:
        return None
    rows = ReviewRun.objects.filter(film=recording)
    run = rows.prefetch_related("showings__clip", "showings__still").first()
    offered: tuple[Review, ...] = ()
    if run is None:
        if actor is not None:
            offered = _offered(recording, actor)
        return Track(recording.pk, None, None, (), offered)
    shown = timings.in_film(_shown(run), run.film_at_ms or 0)
    return Track(recording.pk, run.pk, run.film_at_ms, _lines(run, shown))


def _offered(recording: Recording, actor: Actor) -> tuple[Review, ...]:
    found = reviews_of(actor, case=recording.case_id, film=None, ended_at__isnull=False)
    with_showings = [review for review in found if review.lines]
    same = recording.cycle_id
    return tuple(
        sorted(
            with_showings,
            key=lambda review: (
                bool(same and review.cycle and review.cycle.pk != same),
                abs((review.on - recording.filmed_on).days),
            ),
        )
    )


def clip_among(track: Track | None, start_ms: int, end_ms: int) -> UUID | None:
    """The clip that was longest on the screen between these two of the film; None without one."""
    if track is None:
        return None
    shown = [Shown(str(line.clip_id), line.from_ms, line.until_ms) for line in track.lines]
    key = timings.on_screen(shown, start_ms, end_ms)
    return UUID(key) if key and key != "None" else None


def clip_on_screen(recording: Recording, start_ms: int, end_ms: int) -> UUID | None:
    """The same, asked of the film."""
    return clip_among(track_of(recording), start_ms, end_ms)


def films_for(actor: Actor, run: ReviewRun) -> QuerySet[Recording]:
    """One's films of shared reviews of the same family."""
    rows = Recording.objects.visible_to(actor)
    return rows.filter(kind=RecordingKind.SHARED_REVIEW, case=run.case_id)
