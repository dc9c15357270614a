"""Words on film gathered for its guider: of one recording, and of one submission."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from media_review import rules
from media_review.exports import Heading, Note, Sheet
from media_review.exports.notes import file_name
from media_review.kinds import CommentKind
from media_review.models import Clip, Comment, Moment, Recording, Submission, WorkingPoint
from media_review.queries.ratings import RatedItem, rated_of
from media_review.queries.said import KIND_WORDS
from media_review.queries.stages import title_of
from people.actor import Actor

BETWEEN = "principles"
SPOKEN = "Said aloud. What was spoken goes with the film, and stays in Attune."


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment that was sent, in the words of its author; times count from the clip's start."""

    kind: str
    by: str
    on: date
    start_ms: int
    end_ms: int
    at: str
    principles: tuple[str, ...]
    words: str
    replies: tuple["Remark", ...] = ()


@dataclass(frozen=True, slots=True)
class ClipWords:
    """One clip of a submission and what was said about it."""

    position: int
    title: str
    why: str
    who: str
    film: str
    filmed_on: date
    start_ms: int
    end_ms: int
    at: str
    principles: tuple[str, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class SubmissionWords:
    """Everything written in one submission that its guider may read; no film."""

    guider: str
    to: str
    version: int
    state: str
    question: str
    look_for: str
    sent_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    reflection: str
    clips: tuple[ClipWords, ...]
    carried: tuple[str, ...]
    scale: str
    ratings: tuple[RatedItem, ...]

    @property
    def working_points(self) -> tuple[Remark, ...]:
        """What to do more of, clip by clip."""
        kind = KIND_WORDS[CommentKind.WORKING_POINT]
        return tuple(each for clip in self.clips for each in clip.remarks if each.kind == kind)


def sheet_of(recording: Recording, actor: Actor) -> Sheet:
    """The guider's moments and clips, and the comments sent on them, in seven queries at most."""
    moments = Moment.objects.visible_to(actor).filter(recording=recording)
    clips = recording.clips.prefetch_related(BETWEEN)
    comments = _sent(actor).filter(submitted_clip__clip__recording=recording)
    notes = [_of_moment(row) for row in moments.prefetch_related(BETWEEN)]
    notes += [_of_clip(row) for row in clips]
    notes += [_of_comment(row, row.submitted_clip.clip.start_ms) for row in comments]
    return _sheet(recording, recording.span_ms or 0, notes)


def sheets_of(submission: Submission, actor: Actor) -> list[Sheet]:
    """The comments sent on each clip of a submission, in the clip's own time."""
    by_clip = _by_clip(submission, actor)
    rows = submission.submitted_clips.select_related("clip__recording__case").prefetch_related(
        f"clip__{BETWEEN}"
    )
    found = []
    for row in rows:
        own = _of_clip(row.clip, 0, row.clip.length_ms)
        notes = [own, *(_of_comment(each, 0) for each in by_clip.get(row.pk, ()))]
        found.append(_sheet(row.clip.recording, row.clip.length_ms, notes, row.position))
    return found


def submission_words(submission: Submission, actor: Actor) -> SubmissionWords:
    """The whole exchange as its guider reads it; needs its names selected."""
    by_clip = _by_clip(submission, actor)
    rows = submission.submitted_clips.select_related("clip__recording__case").prefetch_related(
        f"clip__{BETWEEN}"
    )
    points = WorkingPoint.objects.visible_to(actor).filter(submission=submission)
    rated = rated_of(submission, actor)
    return SubmissionWords(
        guider=submission.trainee.name,
        to=submission.to,
        version=submission.version,
        state=submission.get_state_display(),
        question=submission.question,
        look_for=submission.look_for,
        sent_at=submission.sent_at,
        answered_at=submission.answered_at,
        closed_at=submission.closed_at,
        reflection=submission.reflection,
        clips=tuple(_clip_words(row, by_clip.get(row.pk, [])) for row in rows),
        carried=tuple(points.values_list("words", flat=True)),
        scale=rated.scale if rated else "",
        ratings=rated.items if rated else (),
    )


def _sent(actor: Actor) -> Any:
    rows = Comment.objects.visible_to(actor).filter(sent_at__isnull=False)
    related = rows.select_related("author", "submitted_clip__clip", "in_reply_to")
    return related.prefetch_related(BETWEEN).order_by("start_ms", "written_at")


def _by_clip(submission: Submission, actor: Actor) -> dict[UUID, list[Comment]]:
    found: dict[UUID, list[Comment]] = {}
    for row in _sent(actor).filter(submitted_clip__submission=submission):
        found.setdefault(row.submitted_clip_id, []).append(row)
    return found


def _sheet(recording: Recording, length_ms: int, notes: Iterable[Note], position: int = 0) -> Sheet:
    day = recording.filmed_on
    last = f" clip {position}" if position else ""
    ordered = sorted(notes, key=lambda note: (note.start_ms, note.end_ms, note.is_reply))
    title = title_of(recording)
    return Sheet(file_name(f"{title} {day}{last}"), title, day, length_ms, tuple(ordered))


def _of_moment(row: Moment) -> Note:
    what = f"Moment, {row.get_turn_display().partition(':')[0].lower()}" if row.turn else "Moment"
    return Note(what, row.start_ms, row.end_ms, row.get_who_display(), "", row.note, _headings(row))


def _of_clip(row: Clip, start_ms: int | None = None, end_ms: int | None = None) -> Note:
    start = row.start_ms if start_ms is None else start_ms
    end = row.end_ms if end_ms is None else end_ms
    words = ": ".join(part for part in (row.title, row.why) if part)
    return Note("Clip", start, end, row.get_who_display(), "", words, _headings(row))


def _of_comment(row: Comment, offset_ms: int) -> Note:
    span = row if row.start_ms is not None else row.in_reply_to
    return Note(
        what=KIND_WORDS[CommentKind(row.kind)],
        start_ms=span.start_ms + offset_ms,
        end_ms=span.end_ms + offset_ms,
        who="",
        by=row.author.name,
        words=row.words or SPOKEN,
        principles=_headings(row),
        is_reply=row.in_reply_to_id is not None,
    )


def _headings(row: Any) -> tuple[Heading, ...]:
    return tuple(Heading(each.number, each.heading) for each in row.principles.all())


def _clip_words(row: Any, comments: list[Comment]) -> ClipWords:
    clip = row.clip
    return ClipWords(
        position=row.position,
        title=clip.title or f"Clip at {rules.clock(clip.start_ms)}",
        why=clip.why,
        who=clip.get_who_display(),
        film=title_of(clip.recording),
        filmed_on=clip.recording.filmed_on,
        start_ms=clip.start_ms,
        end_ms=clip.end_ms,
        at=f"{rules.clock(clip.start_ms)} to {rules.clock(clip.end_ms)}",
        principles=tuple(map(str, _headings(clip))),
        remarks=tuple(_remark(each, comments) for each in comments if not each.in_reply_to_id),
    )


def _remark(row: Comment, others: list[Comment]) -> Remark:
    answers = [each for each in others if each.in_reply_to_id == row.pk]
    start, end = row.start_ms or 0, row.end_ms or 0
    return Remark(
        kind=KIND_WORDS[CommentKind(row.kind)],
        by=row.author.name,
        on=row.sent_at.date(),
        start_ms=start,
        end_ms=end,
        at=f"{rules.clock(start)} to {rules.clock(end)}" if end else "",
        principles=tuple(map(str, _headings(row))),
        words=row.words or SPOKEN,
        replies=tuple(_remark(each, []) for each in answers),
    )
