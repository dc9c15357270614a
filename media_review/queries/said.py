"""What was said about a clip, as it is printed: strengths first, new or read, written or spoken."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from attunement.queries import PrincipleCard
from footage.models import Film
from footage.states import GONE
from footage.states import State as FilmState
from media_review import rules
from media_review.kinds import CommentKind
from media_review.models import SpokenNote
from media_review.queries import consents
from media_review.queries.talk import Mark, Row, Talk
from media_review.rules import saying
from people.actor import Actor

KIND_WORDS: dict[str, str] = {
    CommentKind.STRENGTH: "Strength",
    CommentKind.WONDERING: "I wonder",
    CommentKind.WORKING_POINT: "Working point: more of",
    CommentKind.REPLY: "Reply",
}
# On the page "More of" stands beside the words themselves; a copy of them says it in the kind.
HEADS = KIND_WORDS | {CommentKind.WORKING_POINT: "Working point"}
LANE_NAMES = {
    CommentKind.STRENGTH: "Strengths",
    CommentKind.WONDERING: "Wonderings",
    CommentKind.WORKING_POINT: "More of",
}
ON_ITS_WAY = "This spoken note is still on its way here."
PREPARED = "This spoken note is being prepared. It can be heard here in a moment."
DESTROYED = "What was said aloud here was destroyed with the film, as the family was promised."


@dataclass(frozen=True, slots=True)
class Spoken:
    """A spoken note: where it plays, or a sentence why it does not."""

    id: UUID
    src: str
    peaks: str
    has_picture: bool
    length: str
    sentence: str
    is_moving: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One comment or reply."""

    id: UUID
    author: str
    is_mine: bool
    is_draft: bool
    is_new: bool
    read_by: tuple[str, ...]
    kind: str
    kind_word: str
    words: str
    spoken: Spoken | None
    day: str
    start_ms: int
    end_ms: int
    start: str
    end: str
    principles: tuple[PrincipleCard, ...]
    replies: tuple["Said", ...]

    @property
    def unread(self) -> tuple[UUID, ...]:
        """What of this is new to the reader, with its replies."""
        return tuple(each.id for each in (self, *self.replies) if each.is_new)


def said_of(talk: Talk, clip_id: UUID, actor: Actor, locked: str = "") -> tuple[Said, ...]:
    """What was said, strengths first and then in the order of the film, replies under each.

    `locked`: why nothing spoken may be heard.
    """
    rows = talk.rows.get(clip_id, [])
    replies: dict[UUID, list[Said]] = {}
    for row in sorted(rows, key=lambda row: row.written_at):
        if row.in_reply_to_id:
            replies.setdefault(row.in_reply_to_id, []).append(_one(row, talk, actor, locked, ()))
    first = [row for row in rows if not row.in_reply_to_id]
    place = {str(kind): number for number, kind in enumerate(LANE_NAMES)}
    first.sort(key=lambda row: (place[row.kind], row.start_ms, row.written_at))
    return tuple(_one(row, talk, actor, locked, tuple(replies.get(row.id, ()))) for row in first)


def in_kinds(said: tuple[Said, ...]) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    """The same, a group a kind under its name; empty groups are left out."""
    groups = (
        (name, tuple(each for each in said if each.kind == kind))
        for kind, name in LANE_NAMES.items()
    )
    return tuple(group for group in groups if group[1])


def spoken_of(note: SpokenNote, locked: str = "") -> Spoken:
    """How this note is heard now; needs its film selected."""
    film = note.film
    sentence = _why_silent(film, locked)
    has_sound = film is not None and not sentence
    return Spoken(
        id=note.pk,
        src=reverse("media_review:note-film", args=[note.pk]) if has_sound else "",
        peaks=reverse("media_review:note-peaks", args=[note.pk]) if has_sound else "",
        has_picture=bool(film and film.width),
        length=rules.length_words(film.duration_ms) if film and has_sound else "",
        sentence=sentence,
        is_moving=bool(film and film.is_moving and not locked),
    )


def _why_silent(film: Film | None, locked: str) -> str:
    if film is None or film.state in GONE:
        return DESTROYED
    if locked or film.is_ready:
        return locked
    if film.state == FilmState.RECEIVING:
        return ON_ITS_WAY
    return film.reason or PREPARED


def _one(row: Row, talk: Talk, actor: Actor, locked: str, replies: tuple[Said, ...]) -> Said:
    start, end = row.start_ms or 0, row.end_ms or 0
    is_mine = row.author_id == actor.user_id
    marks = talk.marks.get(row.id, ())
    is_known = is_mine or any(mark.reader_id == actor.user_id for mark in marks)
    note = talk.spoken.get(row.spoken_id) if row.spoken_id else None
    return Said(
        id=row.id,
        author=row.author,
        is_mine=is_mine,
        is_draft=row.sent_at is None,
        is_new=not is_known and row.sent_at is not None,
        read_by=tuple(_read_by(mark) for mark in marks) if is_mine else (),
        kind=row.kind,
        kind_word=HEADS[row.kind],
        words=saying.more_of(row.words) if row.kind == CommentKind.WORKING_POINT else row.words,
        spoken=spoken_of(note, locked) if note else None,
        day=day_of(row.sent_at or row.written_at),
        start_ms=start,
        end_ms=end,
        start=rules.clock(start),
        end=rules.clock(end),
        principles=tuple(talk.cards.get(row.id, ())),
        replies=replies,
    )


def day_of(moment: datetime) -> str:
    """The day of this moment as a comment names it: 9 November."""
    return _day(timezone.localdate(moment))


@lru_cache(maxsize=512)
def _day(day: date) -> str:
    return date_format(day, "j F")


def _read_by(mark: Mark) -> str:
    return f"{mark.reader.split(' ')[0]} on {consents.day(timezone.localdate(mark.read_at))}"
