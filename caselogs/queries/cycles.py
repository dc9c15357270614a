"""Cycles as the rooms above count them: derived at the moment of asking, never typed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from caselogs import rules
from caselogs.models import Cycle, Seal
from caselogs.queries.consents import filming_consents


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One cycle of one guider, whether it counts, and if not yet, why."""

    id: UUID
    guider_id: UUID
    case_id: UUID
    case_code: str
    client_type: str
    number: int
    filmed_on: date | None
    reviewed_on: date | None
    sealed: bool
    counts: bool
    reason: str


FIELDS = (
    "pk",
    "case__guider_id",
    "case_id",
    "case__code",
    "case__client_type",
    "number",
    "filmed_on",
    "reviewed_on",
    "sealed",
)


def cycles_for(guider_ids: Collection[UUID], today: date | None = None) -> tuple[CycleRow, ...]:
    """Every cycle of these guiders, by review date, in two queries however many there are."""
    day = today or timezone.localdate()
    rows = list(
        Cycle.objects.filter(case__guider_id__in=guider_ids)
        .annotate(sealed=Exists(Seal.objects.filter(cycle=OuterRef("pk"))))
        .order_by("reviewed_on", "filmed_on", "case__code", "number")
        .values_list(*FIELDS)
    )
    consents = filming_consents({row[2] for row in rows})
    return tuple(_row(row, consents, day) for row in rows)


def _row(row: tuple, consents: dict, day: date) -> CycleRow:
    dates = rules.CycleFacts(row[6], row[7])
    verdict = rules.counts(dates, consents.get(row[2], ()), day)
    return CycleRow(*row, counts=verdict.allowed, reason=verdict.reason)
