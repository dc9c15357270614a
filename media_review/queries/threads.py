"""A submission as the two of them read it: clips, and what was said about spans of them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from caselogs.kinds import Scope
from caselogs.queries.consents import covered
from footage import queries as footage
from media_review.kinds import CommentKind
from media_review.models import Comment, Rating, SpokenNote, Submission, SubmittedClip
from media_review.queries import media
from media_review.queries.bench import ClipLine, Span, clip_line, span_of
from media_review.queries.ratings import Rated, rated_of
from media_review.queries.said import LANE_NAMES, Said, Spoken, in_kinds, said_of, spoken_of
from media_review.queries.stages import Stage, sheet_facts, sheet_from, stage_of_clip
from media_review.queries.talk import Talk, talk_of
from media_review.queries.versions import Version, versions_of
from media_review.rules import saying
from media_review.states import SENT, WAITING, State, Step, is_open
from people.actor import Actor


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
    groups: tuple[tuple[str, tuple[Said, ...]], ...]
    lanes: tuple[KindLane, ...]
    draft_count: int
    comment_count: int
    new_count: int
    unread: tuple[UUID, ...]
    loose: Spoken | None


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
    rated: Rated | None
    points: tuple[tuple[UUID, str], ...]
    needs_strength: bool


def points_of(submission: Submission) -> tuple[tuple[UUID, str], ...]:
    """The working points that were given: of each its id and its words, in the clips' order."""
    rows = Comment.objects.filter(submitted_clip__submission=submission, sent_at__isnull=False)
    given = rows.filter(kind=CommentKind.WORKING_POINT).order_by(
        "submitted_clip__position", "start_ms", "written_at"
    )
    return tuple((pk, saying.more_of(words)) for pk, words in given.values_list("pk", "words"))


def thread_of(submission: Submission, actor: Actor, position: int) -> Thread:
    """Everything this person may read of it, with one clip on the screen, in six queries."""
    talk = talk_of(submission, actor)
    rows = _rows(submission, actor)
    loose = _loose(rows)
    clips = tuple(_clip(row, actor, talk, loose.get(row.loose)) for row in rows)
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
        points=_points(clips),
        needs_strength=_needs_strength(clips),
        versions=versions_of(submission, actor) if _has_versions(submission, rows) else (),
        rated=rated_of(submission, actor, any_yet=any(row.is_rated for row in rows)),
    )


def _may_close(submission: Submission) -> bool:
    step = Step.FINISH if submission.group_id and submission.state in WAITING else Step.CLOSE
    return is_open(submission.state, step)


def _has_versions(submission: Submission, rows: list[SubmittedClip]) -> bool:
    return bool(submission.root_id) or any(row.has_versions for row in rows)


def _points(clips: tuple[ClipThread, ...]) -> tuple[tuple[UUID, str], ...]:
    """As `points_of`, without asking again."""
    return tuple(
        (said.id, said.words)
        for clip in clips
        for said in clip.comments
        if said.kind == CommentKind.WORKING_POINT and not said.is_draft
    )


def _needs_strength(clips: tuple[ClipThread, ...]) -> bool:
    """Does a working point wait for the strength it can stand on?"""
    kinds = {said.kind for clip in clips for said in clip.comments}
    return CommentKind.WORKING_POINT in kinds and CommentKind.STRENGTH not in kinds


def _rows(submission: Submission, actor: Actor) -> list[SubmittedClip]:
    own = actor.user_id == submission.trainee_id
    said = SpokenNote.objects.filter(
        submitted_clip=OuterRef("pk"), author_id=actor.user_id, comment=None
    )
    scope = Scope.FILMING if own else submission.scope
    return list(
        submission.submitted_clips.select_related("clip__film")
        .prefetch_related("clip__principles")
        .annotate(
            sheet=sheet_facts("clip__film"),
            has_versions=Exists(Submission.objects.filter(root=submission.pk)),
            is_rated=Exists(Rating.objects.filter(submission=submission.pk)),
            loose=Subquery(said.order_by("-begun_at").values("pk")[:1]),
            is_filmed=covered("clip__recording__case", Scope.FILMING),
            is_covered=covered("clip__recording__case", scope),
        )
    )


def _clip(row: SubmittedClip, actor: Actor, talk: Talk, loose: SpokenNote | None) -> ClipThread:
    line = clip_line(row.clip)
    locked = "" if row.is_filmed and row.is_covered else media.LOCKED
    film = row.clip.film
    if film and film.state in media.GONE:
        locked = media.DESTROYED
    said = said_of(talk, row.pk, actor, locked)
    unread = tuple(pk for each in said for pk in each.unread)
    stage = stage_of_clip(row.clip, line.title, sheet_from(row.sheet))
    return ClipThread(
        id=row.pk,
        position=row.position,
        line=line,
        stage=Stage(stage.key, stage.title, length_ms=stage.length_ms) if locked else stage,
        locked=locked,
        progress=footage.progress(film) if film and not film.is_ready else None,
        comments=said,
        groups=in_kinds(said),
        lanes=_lanes(said, stage.length_ms),
        draft_count=sum(each.is_draft for each in said),
        comment_count=len(said),
        new_count=len(unread),
        unread=unread,
        loose=spoken_of(loose, locked) if loose else None,
    )


def _loose(rows: list[SubmittedClip]) -> dict[UUID, SpokenNote]:
    """What this person has said and no comment has taken up yet; asks only when there is any."""
    found = [row.loose for row in rows if row.loose]
    return SpokenNote.objects.select_related("film").in_bulk(found) if found else {}


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
