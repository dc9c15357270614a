"""Cases, consents and cycles that arrive by the road a real one takes."""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from caselogs import services
from caselogs.kinds import Scope
from caselogs.models import Case, Cycle, Goal
from people.models import User
from tests.people.factories import actor_of, person

ASKED = (Scope.FILMING, Scope.SUPERVISION, Scope.ACCREDITATION)
_numbers = count(1)


def days_ago(days: int) -> date:
    """That many days before today."""
    return timezone.localdate() - timedelta(days=days)


def case(guider: User | None = None, **facts: Any) -> Case:
    """A family referred 90 days ago, under a code of its own."""
    facts = {
        "code": _code(),
        "client_type": "parent",
        "age_band": "6_11m",
        "referral_source": "health_visitor",
        "referred_on": days_ago(90),
        **facts,
    }
    return services.open_case(actor=actor_of(guider or person()), **facts)


def _code() -> str:
    number = next(_numbers)
    return f"{chr(65 + number // 900 % 26)}{number % 900 + 1}"


def consented_case(
    guider: User | None = None,
    scopes: Collection[str] = ASKED,
    given_on: date | None = None,
    **facts: Any,
) -> Case:
    """A family that agreed 80 days ago to filming, supervision and accreditation."""
    row = case(guider, **facts)
    services.record_consent(
        actor=actor_of(row.guider),
        case_id=row.pk,
        scopes=scopes,
        covered="Mother and baby",
        given_on=given_on or days_ago(80),
    )
    return Case.objects.get(pk=row.pk)


def cycle(
    case: Case | None = None,
    filmed_on: date | None = None,
    reviewed_on: date | str | None = "",
    **facts: Any,
) -> Cycle:
    """A film of 30 days ago and its shared review a week later (None: not yet reviewed)."""
    row = case or consented_case()
    filmed = filmed_on or days_ago(30)
    reviewed = filmed + timedelta(days=7) if reviewed_on == "" else reviewed_on
    return services.log_cycle(
        actor=actor_of(row.guider),
        case_id=row.pk,
        filmed_on=filmed,
        reviewed_on=reviewed,
        **{"activity": "Lunch", "what_went_well": "A long wait, then a smile.", **facts},
    )


def goal(case: Case | None = None, words: str = "How does my baby tell me?", **facts: Any) -> Goal:
    """The family's helping question."""
    row = case or consented_case()
    facts = {"is_helping_question": True, **facts}
    return services.set_goal(actor=actor_of(row.guider), case_id=row.pk, words=words, **facts)
