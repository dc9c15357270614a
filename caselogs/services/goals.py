"""Goals: the helping question and others, in the parent's words, rated from 1 to 10."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caselogs import rules
from caselogs.models import Goal, GoalRating
from caselogs.services.cases import held
from ledger import services as ledger
from people.actor import Actor
from people.errors import RuleBroken

SCORES = range(1, 11)


@transaction.atomic
def set_goal(
    *,
    actor: Actor,
    case_id: UUID,
    words: str,
    is_helping_question: bool = False,
    set_on: date | None = None,
) -> Goal:
    """The goal stands in the parent's words; a new helping question leaves the older as a goal."""
    case = held(actor, case_id)
    if not words.strip():
        raise RuleBroken("Please write the goal in the parent’s own words.")
    if is_helping_question:
        case.goals.filter(is_helping_question=True).update(is_helping_question=False)
    goal = Goal.objects.create(
        case_id=case.pk,
        words=words.strip(),
        is_helping_question=is_helping_question,
        set_on=set_on or timezone.localdate(),
    )
    ledger.record(user_id=actor.user_id, verb="caselogs.goal_set", subject=goal)
    return goal


@transaction.atomic
def rate_goal(
    *,
    actor: Actor,
    goal_id: UUID,
    now_score: int,
    hoped_score: int | None = None,
    rated_on: date | None = None,
) -> GoalRating:
    """The parent's own number for that day; a second rating of one day takes the first's place."""
    goal = Goal.objects.get(pk=goal_id)
    held(actor, goal.case_id)
    day = rated_on or timezone.localdate()
    if day > timezone.localdate():
        raise RuleBroken(f"{rules.said(day)} is still to come.")
    if now_score not in SCORES or (hoped_score is not None and hoped_score not in SCORES):
        raise RuleBroken("A rating is a whole number from 1 to 10.")
    rating = GoalRating.objects.update_or_create(
        goal=goal, rated_on=day, defaults={"now_score": now_score, "hoped_score": hoped_score}
    )[0]
    ledger.record(user_id=actor.user_id, verb="caselogs.goal_rated", subject=goal, on=day)
    return rating
