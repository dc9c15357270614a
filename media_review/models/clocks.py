"""Until when a film is kept, as expressions: asked of the rows at the moment of asking.

kept_until is the latest of: the clock's last day (`clock_from` plus `kept_days`), an accreditation
hold's last day, and a safeguarding hold's. It is empty while nothing has started the clock, held
or not: nothing goes, so nobody is told that something will.
"""

from datetime import timedelta
from typing import TypeVar

from django.db import models
from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Least, TruncDate
from django.utils import timezone

from media_review.models.grants import Hold
from media_review.models.holds import SafeguardingHold
from media_review.models.retention import FamilyTerm, RetentionPolicy
from media_review.rules import LONGEST_DAYS, USUAL_DAYS
from people.models import RoleGrant

Rows = TypeVar("Rows", bound="models.QuerySet[models.Model]")
A_DAY = Value(timedelta(days=1), output_field=models.DurationField())
A_MOMENT = Value(timedelta(microseconds=1), output_field=models.DurationField())


def clocked(rows: Rows) -> Rows:
    """The recordings with left_on, clock_from, policy_days, term_days, kept_days, due_on,
    held_on, safe_until and kept_until."""
    started = rows.annotate(left_on=_left_on(), policy_days=_policy_days(), term_days=_term_days())
    counted = started.annotate(
        clock_from=Coalesce(F("case__closed_on"), F("left_on"), output_field=DateField()),
        kept_days=Least(F("policy_days"), Coalesce(F("term_days"), LONGEST_DAYS)),
        held_on=_held_on(),
        safe_until=_safe_until(),
    )
    length = ExpressionWrapper(F("kept_days") * A_DAY, output_field=models.DurationField())
    due = counted.annotate(due_on=Cast(F("clock_from") + length, DateField()))
    return due.annotate(kept_until=_kept_until())


def _kept_until() -> Case:
    """Asked only of a film whose clock runs: PostgreSQL's GREATEST passes over what is empty."""
    last = Greatest(
        F("due_on"),
        Coalesce(F("held_on"), F("due_on")),
        Coalesce(TruncDate(_last_moment_held()), F("due_on")),
        output_field=DateField(),
    )
    return Case(When(clock_from__isnull=False, then=last), default=None, output_field=DateField())


def _last_moment_held() -> ExpressionWrapper:
    """A hold binds until the midnight after its last day; that last day is meant."""
    moment = F("safe_until") - A_MOMENT
    return ExpressionWrapper(moment, output_field=models.DateTimeField())


def _left_on() -> Case:
    """The day on which the guider's account was closed, or their last role ended."""
    grants = RoleGrant.objects.filter(user=OuterRef("owner"))
    ends = grants.filter(until__isnull=False).order_by("-until").values("until")[:1]
    return Case(
        When(owner__suspended_at__isnull=False, then=TruncDate("owner__suspended_at")),
        When(~Exists(grants.in_force()), then=Subquery(ends)),
        default=None,
        output_field=DateField(),
    )


def _policy_days() -> Case:
    """The shortest time promised since the film was begun: a longer one never reaches back."""
    policies = RetentionPolicy.objects.filter(organisation=OuterRef("case__organisation"))
    since = policies.filter(Q(ended_at=None) | Q(ended_at__gt=OuterRef("begun_at")))
    shortest = Subquery(since.order_by("days_after_closing").values("days_after_closing")[:1])
    return Case(
        When(Exists(policies.filter(set_at__lte=OuterRef("begun_at"))), then=shortest),
        default=Least(Value(USUAL_DAYS), Coalesce(shortest, USUAL_DAYS)),
        output_field=models.IntegerField(),
    )


def _term_days() -> Subquery:
    """What was agreed with this family, when anything was."""
    terms = FamilyTerm.objects.filter(case=OuterRef("case"), ended_at=None)
    return Subquery(terms.values("days")[:1], output_field=models.IntegerField())


def _held_on() -> Subquery:
    """The last day of the longest accreditation hold in force."""
    holds = Hold.objects.live().filter(recording=OuterRef("pk")).order_by("-until")
    return Subquery(holds.values("until")[:1], output_field=DateField())


def _safe_until() -> Subquery:
    """The moment until which a safeguarding hold binds."""
    holds = SafeguardingHold.objects.binding(timezone.now()).filter(recording=OuterRef("pk"))
    return Subquery(holds.values("binds_until")[:1], output_field=models.DateTimeField())
