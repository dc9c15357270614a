"""The moments of a film as its workbench reads them: small plain values, in a few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from attunement.queries import PrincipleCard
from media_review import rules
from media_review.kinds import RecordingKind
from media_review.models import Chain, Clip, Moment, Recording


@dataclass(frozen=True, slots=True)
class MomentLine:
    """One moment; `principles` are ids of the very rows it was tagged with."""

    id: UUID
    version: int
    start_ms: int
    end_ms: int
    who: str
    turn: str
    note: str
    about: UUID | None
    principles: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A moment's place in a chain."""

    moment: UUID
    part: str


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A yes-cycle."""

    id: UUID
    version: int
    title: str
    links: tuple[LinkLine, ...]


@dataclass(frozen=True, slots=True)
class TagLine:
    """A principle that can be chosen, or was: `current` is False for one of an older version."""

    id: UUID
    number: int
    short: str
    glyph: str
    current: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything marked in one film."""

    moments: tuple[MomentLine, ...]
    chains: tuple[ChainLine, ...]
    principles: tuple[TagLine, ...]


@dataclass(frozen=True, slots=True)
class AboutChoice:
    """A clip that may have been on the screen in a shared review."""

    id: UUID
    words: str


def marks_of(recording: Recording, cards: Iterable[PrincipleCard]) -> Marks:
    """The moments and chains of this film, and every principle they name, in four queries."""
    rows = list(recording.moments.for_lanes())
    chains = recording.chains.prefetch_related("links")
    return Marks(
        moments=tuple(moment_line(row) for row in rows),
        chains=tuple(chain_line(row) for row in chains),
        principles=_tags(cards, rows),
    )


def _tags(cards: Iterable[PrincipleCard], rows: Iterable[Moment]) -> tuple[TagLine, ...]:
    """Today's principles first, then those of older versions that moments were tagged with."""
    found = {card.id: TagLine(card.id, card.number, card.short, card.glyph, True) for card in cards}
    for row in rows:
        for each in row.principles.all():
            line = TagLine(each.pk, each.number, each.short, each.glyph, False)
            found.setdefault(each.pk, line)
    return tuple(found.values())


def moment_line(row: Moment) -> MomentLine:
    """One moment in plain values."""
    return MomentLine(
        id=row.pk,
        version=row.version,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        who=row.who,
        turn=row.turn,
        note=row.note,
        about=row.about_id,
        principles=tuple(each.pk for each in row.principles.all()),
    )


def chain_line(row: Chain) -> ChainLine:
    """One yes-cycle in plain values."""
    links = tuple(LinkLine(link.moment_id, link.part) for link in row.links.all())
    return ChainLine(row.pk, row.version, row.title, links)


def abouts_of(recording: Recording) -> tuple[AboutChoice, ...]:
    """The clips that may have been on the screen in this shared review; none for another film."""
    if recording.kind != RecordingKind.SHARED_REVIEW:
        return ()
    rows = Clip.objects.filter(recording__case=recording.case_id, recording__owner=recording.owner)
    rows = rows.exclude(recording=recording).select_related("recording")
    return tuple(
        AboutChoice(row.pk, f"{row.title or 'Clip'} ({rules.clock(row.start_ms)})")
        for row in rows.order_by("-recording__filmed_on", "start_ms")
    )
