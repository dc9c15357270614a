"""Every comment of a submission as plain values: five hundred of them on one page cost little."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from attunement.queries import PrincipleCard
from media_review.models import Comment, ReadMark, SpokenNote, Submission
from people.actor import Actor


class Row(NamedTuple):
    """One comment or reply, as it lies in its table."""

    id: UUID
    submitted_clip_id: UUID
    author_id: UUID
    author: str
    kind: str
    words: str
    start_ms: int | None
    end_ms: int | None
    in_reply_to_id: UUID | None
    sent_at: datetime | None
    written_at: datetime
    spoken_id: UUID | None


class Mark(NamedTuple):
    """Who has read it, and since when."""

    reader_id: UUID
    read_at: datetime
    reader: str


@dataclass(frozen=True, slots=True)
class Talk:
    """The comments that somebody may read, by clip, and what belongs to each of them."""

    rows: dict[UUID, list[Row]]
    cards: dict[UUID, list[PrincipleCard]]
    marks: dict[UUID, list[Mark]]
    spoken: dict[UUID, SpokenNote]


FIELDS = (
    "pk", "submitted_clip_id", "author_id", "author__name", "kind", "words", "start_ms", "end_ms",
    "in_reply_to_id", "sent_at", "written_at", "spoken_id",
)  # fmt: skip

CARD = tuple(
    f"principle__{name}" for name in ("pk", "number", "heading", "short", "glyph", "examples")
)


def talk_of(submission: Submission, actor: Actor) -> Talk:
    """What this person may read of it, in three queries, and one more when something was spoken."""
    mine = Comment.objects.visible_to(actor).filter(submitted_clip__submission=submission)
    rows: dict[UUID, list[Row]] = {}
    heard = []
    for row in map(Row._make, mine.order_by("start_ms", "written_at").values_list(*FIELDS)):
        rows.setdefault(row.submitted_clip_id, []).append(row)
        if row.spoken_id:
            heard.append(row.spoken_id)
    within: Any = {"comment__submitted_clip__submission": submission}
    return Talk(
        rows,
        _cards(within),
        _marks(within),
        SpokenNote.objects.select_related("film").in_bulk(heard) if heard else {},
    )


def _cards(within: dict[str, Any]) -> dict[UUID, list[PrincipleCard]]:
    known: dict[UUID, PrincipleCard] = {}
    found: dict[UUID, list[PrincipleCard]] = {}
    tags = Comment.principles.through.objects.filter(**within).order_by("principle__number")
    for comment_id, pk, number, heading, short, glyph, examples in tags.values_list(
        "comment_id", *CARD
    ):
        if pk not in known:
            known[pk] = PrincipleCard(pk, number, heading, short, glyph, tuple(examples))
        found.setdefault(comment_id, []).append(known[pk])
    return found


def _marks(within: dict[str, Any]) -> dict[UUID, list[Mark]]:
    found: dict[UUID, list[Mark]] = {}
    facts = ("comment_id", "reader_id", "read_at", "reader__name")
    for comment_id, *mark in ReadMark.objects.filter(**within).values_list(*facts):
        found.setdefault(comment_id, []).append(Mark(*mark))
    return found
