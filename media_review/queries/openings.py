"""A writer's own openings, by kind, in their order."""

from dataclasses import dataclass
from uuid import UUID

from media_review.kinds import CommentKind
from media_review.models import Opening
from people.actor import Actor

NAMES = {
    CommentKind.STRENGTH: "For a strength",
    CommentKind.WONDERING: "For a wondering",
    CommentKind.WORKING_POINT: "After “More of”",
}


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One way to begin."""

    id: UUID
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class KindOpenings:
    """The ways to begin one kind of comment."""

    kind: str
    name: str
    lines: tuple[OpeningLine, ...]


def openings_of(actor: Actor) -> tuple[KindOpenings, ...]:
    """This person's openings, one group a kind, strengths first; one query."""
    rows = [OpeningLine(row.pk, row.kind, row.words) for row in Opening.objects.visible_to(actor)]
    return tuple(
        KindOpenings(kind, name, tuple(row for row in rows if row.kind == kind))
        for kind, name in NAMES.items()
    )
