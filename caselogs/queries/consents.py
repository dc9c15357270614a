"""Asking about consent: at every view, not only when a film arrives."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.expressions import NegatedExpression
from django.utils import timezone

from caselogs.kinds import Scope
from caselogs.models import Consent
from caselogs.rules import ConsentFacts


def covered(case_field: str, scope: str, on: date | None = None) -> Exists:
    """An expression: the case at this field of the outer row has consent to this purpose, today.

    `Clip.objects.filter(covered("recording__case_id", Scope.SUPERVISION))`
    """
    rows = Consent.objects.in_force(on).covering(Scope(scope))
    return Exists(rows.filter(case_id=OuterRef(case_field)))


def undisturbed(case_field: str, since_field: str) -> NegatedExpression:
    """An expression: since the moment at that field no consent of the case was taken back.

    A new consent opens nothing that was made under one that the family took back.
    """
    taken_back = Consent.objects.filter(
        case_id=OuterRef(case_field), withdrawn_at__gte=OuterRef(since_field)
    )
    return ~Exists(taken_back)


def has_consent(case_id: UUID, scope: str, on: date | None = None) -> bool:
    """True when the case has consent to this purpose today (or was so on that day)."""
    return Consent.objects.in_force(on).covering(Scope(scope)).filter(case_id=case_id).exists()


def filming_consents(case_ids: Collection[UUID]) -> dict[UUID, tuple[ConsentFacts, ...]]:
    """Every consent to filming these cases ever had, by case, in one query."""
    rows = Consent.objects.covering(Scope.FILMING).filter(case_id__in=case_ids)
    found: defaultdict[UUID, list[ConsentFacts]] = defaultdict(list)
    filming = frozenset({Scope.FILMING.value})
    for case_id, given_on, *ends in rows.order_by("given_on").values_list(
        "case_id", "given_on", "withdrawn_at", "superseded_at"
    ):
        found[case_id].append(ConsentFacts(given_on, first_day_after(*ends), filming))
    return {case_id: tuple(facts) for case_id, facts in found.items()}


def first_day_after(withdrawn_at: datetime | None, superseded_at: datetime | None) -> date | None:
    """The first day on which the consent no longer held; None while it is in force."""
    days = [timezone.localdate(at) for at in (withdrawn_at, superseded_at) if at]
    return min(days, default=None)
