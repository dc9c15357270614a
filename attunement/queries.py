"""The principles as pages read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from attunement.models import Framework, Principle, Scale

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
    request: HttpRequest | None = None,
    *,
    body_id: UUID | None = None,
    user_id: UUID | None = None,
) -> tuple[PrincipleCard, ...]:
    """The current published principles, in order; read once a request when one is given.

    Of that body; or as that person learns with them; or else as whoever asks does.
    """
    kept = getattr(request, KEPT_AS, None) or {}
    asker = getattr(getattr(request, "actor", None), "user_id", None)
    whose = (body_id, None) if body_id else (None, user_id or asker)
    if whose not in kept:
        kept = {**kept, whose: _read(*whose)}
        if request is not None:
            setattr(request, KEPT_AS, kept)
    return kept[whose]


def _read(body_id: UUID | None, user_id: UUID | None) -> tuple[PrincipleCard, ...]:
    rows = Framework.objects
    found = rows.current_for(user_id) if user_id else rows.current(body_id)
    return _cards(Principle.objects.filter(framework_id__in=found.values("pk")[:1]))


def wording_of(principle_ids: Iterable[UUID]) -> tuple[PrincipleCard, ...]:
    """The whole version that these principles belong to; empty when there are none."""
    versions = Principle.objects.filter(pk__in=list(principle_ids)).values("framework")[:1]
    return _cards(Principle.objects.filter(framework_id__in=versions))


def _cards(rows: QuerySet[Principle]) -> tuple[PrincipleCard, ...]:
    facts = rows.order_by("number").values_list(
        "pk", "number", "heading", "short", "glyph", "examples"
    )
    return tuple(PrincipleCard(*row[:5], examples=tuple(row[5])) for row in facts)


def scale_for(user_id: UUID) -> Scale | None:
    """The scale this person looks at themselves with today, its steps and items at hand."""
    rows = Scale.objects.current_for(user_id)
    return rows.prefetch_related("steps", "items").first()
