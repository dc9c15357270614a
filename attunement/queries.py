"""The principles as pages read them."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from attunement.models import Framework, Principle

KEPT_AS = "_principles_of_attunement"


@dataclass(frozen=True, slots=True)
class PrincipleCard:
    """One principle: its glyph and name always go with its hue."""

    id: UUID
    number: int
    heading: str
    short: str
    glyph: str
    examples: tuple[str, ...]


def principles(
    request: HttpRequest | None = None, *, body_id: UUID | None = None
) -> tuple[PrincipleCard, ...]:
    """The current published principles, in order; read once a request when one is given."""
    kept = getattr(request, KEPT_AS, None) or {}
    if body_id not in kept:
        kept = {**kept, body_id: _read(body_id)}
        if request is not None:
            setattr(request, KEPT_AS, kept)
    return kept[body_id]


def _read(body_id: UUID | None) -> tuple[PrincipleCard, ...]:
    current = Framework.objects.current(body_id).values("pk")[:1]
    rows = Principle.objects.filter(framework_id__in=current).order_by("number")
    facts = rows.values_list("pk", "number", "heading", "short", "glyph", "examples")
    return tuple(PrincipleCard(*row[:5], examples=tuple(row[5])) for row in facts)
