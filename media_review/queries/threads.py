"""A submission as the two of them read it: clips, and what was said about spans of them."""

from dataclasses import dataclass
from uuid import UUID

from attunement.queries import PrincipleCard
from caselogs.kinds import Scope
from caselogs.queries.consents import covered
from footage import queries as footage
from media_review import rules
from media_review.kinds import CommentKind
from media_review.models import Comment, Submission, SubmittedClip
from media_review.queries import media
from media_review.queries.bench import ClipLine, Span, card_of, clip_line, span_of
from media_review.queries.stages import Sheet, Stage, sheets_of, stage_of_clip
from media_review.queries.versions import Version, versions_of
from media_review.states import SENT, WAITING, State, Step, is_open
from people.actor import Actor

KIND_WORDS = {
    CommentKind.STRENGTH: "Strength",
    CommentKind.WONDERING: "I wonder",
    CommentKind.WORKING_POINT: "Working point: more of",
    CommentKind.REPLY: "Reply",
}


LANE_NAMES = {
    CommentKind.STRENGTH: "Strengths",
    CommentKind.WONDERING: "Wonderings",
    CommentKind.WORKING_POINT: "More of",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One comment or reply."""

    id: UUID
    author: str
    is_mine: bool
    is_draft: bool
    kind: str
    kind_word: str
    words: str
    when: object
    start_ms: int
    end_ms: int
    start: str
    end: str
    principles: tuple[PrincipleCard, ...]
    replies: tuple["Said", ...]


@dataclass(frozen=True, slots=True)
class KindLane:
    """Where in a clip one kind of comment stands."""

    kind: str
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ClipThread:
    """One submitted clip with its film and its comments in the order of the film."""

    id: UUID
    position: int
    line: ClipLine
    stage: Stage
    locked: str
    progress: footage.Progress | None
    comments: tuple[Said, ...]
    lanes: tuple[KindLane, ...]
    draft_count: int
    comment_count: int


@dataclass(frozen=True, slots=True)
class Thread:
    """The whole page."""

    submission: Submission
    clips: tuple[ClipThread, ...]
    here: ClipThread | None
    is_trainee: bool
    is_supervisor: bool
    draft_count: int
    may_answer: bool
    may_reply: bool
    may_close: bool
    may_withdraw: bool
    may_send_again: bool
    asked_words: str
    versions: tuple[Version, ...]


def thread_of(submission: Submission, actor: Actor, position: int) -> Thread:
    """Everything this person may read of it, with one clip on the screen, in eight queries."""
    comments = _comments(submission, actor)
    rows = _rows(submission, actor)
    sheets = sheets_of(row.clip.film_id for row in rows if row.clip.film_id)
    clips = tuple(
        _clip(row, actor, comments.get(row.pk, []), sheets.get(row.clip.film_id)) for row in rows
    )
    here = next((clip for clip in clips if clip.position == position), clips[0] if clips else None)
    is_trainee = actor.user_id == submission.trainee_id
    state = State(submission.state)
    return Thread(
        submission=submission,
        clips=clips,
        here=here,
        is_trainee=is_trainee,
        is_supervisor=not is_trainee,
        draft_count=sum(clip.draft_count for clip in clips),
        may_answer=not is_trainee and (is_open(state, Step.ANSWER) or is_open(state, Step.OPEN)),
        may_reply=is_open(state, Step.REPLY),
        may_close=is_trainee and _may_close(submission),
        may_withdraw=is_trainee and is_open(state, Step.WITHDRAW),
        may_send_again=is_trainee and state in SENT,
        asked_words=submission.to if is_trainee else submission.trainee.name,
        versions=versions_of(submission, actor),
    )


def _may_close(submission: Submission) -> bool:
    step = Step.FINISH if submission.group_id and submission.state in WAITING else Step.CLOSE
    return is_open(submission.state, step)


def _rows(submission: Submission, actor: Actor) -> list[SubmittedClip]:
    own = actor.user_id == submission.trainee_id
    scope = Scope.FILMING if own else submission.scope
    return list(
        submission.submitted_clips.select_related("clip__film")
        .prefetch_related("clip__principles", "clip__submitted_clips__submission")
        .annotate(
            is_filmed=covered("clip__recording__case", Scope.FILMING),
            is_covered=covered("clip__recording__case", scope),
        )
    )


def _comments(submission: Submission, actor: Actor) -> dict[UUID, list[Comment]]:
    rows = Comment.objects.visible_to(actor).filter(submitted_clip__submission=submission)
    found: dict[UUID, list[Comment]] = {}
    for comment in rows.select_related("author").prefetch_related("principles"):
        found.setdefault(comment.submitted_clip_id, []).append(comment)
    return found


def _clip(
    row: SubmittedClip, actor: Actor, comments: list[Comment], sheet: Sheet | None
) -> ClipThread:
    line = clip_line(row.clip)
    said = _said(comments, actor)
    locked = "" if row.is_filmed and row.is_covered else media.LOCKED
    film = row.clip.film
    if film and film.state in media.GONE:
        locked = media.DESTROYED
    stage = stage_of_clip(row.clip, line.title, sheet or Sheet())
    return ClipThread(
        id=row.pk,
        position=row.position,
        line=line,
        stage=Stage(stage.key, stage.title, length_ms=stage.length_ms) if locked else stage,
        locked=locked,
        progress=footage.progress(film) if film and not film.is_ready else None,
        comments=said,
        lanes=_lanes(said, row.clip.length_ms),
        draft_count=sum(each.is_draft for each in said),
        comment_count=len(said),
    )


def _lanes(said: tuple[Said, ...], length_ms: int) -> tuple[KindLane, ...]:
    """One lane a kind, in the order in which feedback is given: strengths first."""
    return tuple(
        KindLane(
            kind,
            name,
            tuple(
                span_of(each.start_ms, each.end_ms, length_ms, each.words[:80], str(each.id))
                for each in said
                if each.kind == kind
            ),
        )
        for kind, name in LANE_NAMES.items()
    )


def _said(rows: list[Comment], actor: Actor) -> tuple[Said, ...]:
    replies: dict[UUID, list[Said]] = {}
    for row in sorted(rows, key=lambda row: row.written_at):
        if row.in_reply_to_id:
            replies.setdefault(row.in_reply_to_id, []).append(_one(row, actor, ()))
    first = [row for row in rows if not row.in_reply_to_id]
    first.sort(key=lambda row: (row.start_ms, row.written_at))
    return tuple(_one(row, actor, tuple(replies.get(row.pk, ()))) for row in first)


def _one(row: Comment, actor: Actor, replies: tuple[Said, ...]) -> Said:
    start, end = row.start_ms or 0, row.end_ms or 0
    return Said(
        id=row.pk,
        author=row.author.name,
        is_mine=row.author_id == actor.user_id,
        is_draft=row.sent_at is None,
        kind=row.kind,
        kind_word=KIND_WORDS[CommentKind(row.kind)],
        words=row.words,
        when=row.sent_at or row.written_at,
        start_ms=start,
        end_ms=end,
        start=rules.clock(start),
        end=rules.clock(end),
        principles=tuple(card_of(each) for each in row.principles.all()),
        replies=replies,
    )
