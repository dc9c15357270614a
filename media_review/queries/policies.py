"""For how long a service keeps film, and what it had decided before."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from media_review import rules
from media_review.models import RetentionPolicy


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds today; `rows` are the decisions, newest first; none means the usual rule."""

    days_after_closing: int
    quiet_months: int
    original_days: int
    fine: bool
    rows: tuple[RetentionPolicy, ...]

    @property
    def initial(self) -> dict[str, Any]:
        """What a form opens with."""
        names = ("days_after_closing", "original_days", "fine", "quiet_months")
        return {name: getattr(self, name) for name in names}


def policy_of(organisation_id: UUID) -> Policy:
    """The decisions of a service, in one query."""
    found = RetentionPolicy.objects.filter(organisation=organisation_id).select_related("set_by")
    rows = tuple(found[:20])
    open_one = next((row for row in rows if row.ended_at is None), None)
    if open_one is None:
        usual = (settings.FILM_ORIGINAL_DAYS, settings.FILM_FINE)
        return Policy(rules.USUAL_DAYS, rules.QUIET_MONTHS, *usual, rows)
    decided = (open_one.original_days, open_one.fine)
    return Policy(open_one.days_after_closing, open_one.quiet_months, *decided, rows)
