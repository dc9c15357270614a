"""Cycles: logged, completed by their shared review, corrected, sealed."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from caselogs import permissions, queries, rules
from caselogs.errors import ConsentFirst
from caselogs.models import Case, Cycle, Seal
from caselogs.rules import CycleFacts
from caselogs.services.cases import held
from caselogs.states import State
from ledger import services as ledger
from people.actor import Actor
from people.errors import RuleBroken

WORDS = ("activity", "what_went_well", "next_time")


@transaction.atomic
def log_cycle(
    *,
    actor: Actor,
    case_id: UUID,
    filmed_on: date,
    reviewed_on: date | None = None,
    activity: str = "",
    what_went_well: str = "",
    next_time: str = "",
    number: int | None = None,
) -> Cycle:
    """The film of that day is in the log; the same cycle sent twice is there once."""
    case = held(actor, case_id)
    facts = {
        "filmed_on": filmed_on,
        "reviewed_on": reviewed_on,
        "activity": activity,
        "what_went_well": what_went_well,
        "next_time": next_time,
    }
    if number is not None and (there := case.cycles.filter(number=number).first()):
        return _the_same(there, facts)
    _is_open(case)
    _fits(case, filmed_on, reviewed_on)
    last = case.cycles.aggregate(last=Max("number"))["last"] or 0
    cycle = Cycle.objects.create(case_id=case.pk, number=last + 1, **facts)
    ledger.record(
        user_id=actor.user_id, verb="caselogs.cycle_logged", subject=cycle, number=cycle.number
    )
    return cycle


def _the_same(there: Cycle, facts: dict[str, Any]) -> Cycle:
    if all(getattr(there, name) == value for name, value in facts.items()):
        return there
    raise RuleBroken(
        f"Cycle {there.number} of this case was logged a moment ago with other words. Open it to "
        "see what is there, or log this one as the next cycle."
    )


def _is_open(case: Case) -> None:
    if case.state == State.CLOSED:
        raise RuleBroken("This case is closed. Open it again to log a cycle.")


def _fits(case: Case, filmed_on: date | None, reviewed_on: date | None) -> None:
    dates = rules.dates_fit(CycleFacts(filmed_on, reviewed_on), timezone.localdate())
    if not dates:
        raise RuleBroken(dates.reason)
    consents = queries.filming_consents([case.pk]).get(case.pk, ())
    first = rules.consent_came_first(filmed_on, consents)
    if not first:
        raise ConsentFirst(first.reason)


@transaction.atomic
def complete_cycle(
    *,
    actor: Actor,
    cycle_id: UUID,
    reviewed_on: date,
    what_went_well: str = "",
    next_time: str = "",
    review_minutes: int | None = None,
) -> Cycle:
    """The shared review has its date (perhaps ahead) and, when given, its words and minutes."""
    words: dict[str, Any] = {"what_went_well": what_went_well, "next_time": next_time}
    words["review_minutes"] = review_minutes
    given = {name: value for name, value in words.items() if value}
    return _change(actor, cycle_id, "completed", {"reviewed_on": reviewed_on, **given})


@transaction.atomic
def correct_cycle(*, actor: Actor, cycle_id: UUID, **facts: Any) -> Cycle:
    """The dates and words of the cycle are as given; refused once a decision rests on it."""
    wanted = {"filmed_on", "reviewed_on", *WORDS} & facts.keys()
    return _change(actor, cycle_id, "corrected", {name: facts[name] for name in wanted})


def _change(actor: Actor, cycle_id: UUID, what: str, facts: dict[str, Any]) -> Cycle:
    case_id = Cycle.objects.values_list("case_id", flat=True).get(pk=cycle_id)
    case = held(actor, case_id)
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    if cycle.seals.exists():
        raise RuleBroken("This cycle was counted in a decision, so it stays as it is.")
    for name, value in facts.items():
        setattr(cycle, name, value)
    _fits(case, cycle.filmed_on, cycle.reviewed_on)
    cycle.save(update_fields=sorted(facts))
    ledger.record(
        user_id=actor.user_id,
        verb=f"caselogs.cycle_{what}",
        subject=cycle,
        filmed_on=cycle.filmed_on,
        reviewed_on=cycle.reviewed_on,
    )
    return cycle


@transaction.atomic
def seal_cycles(*, actor: Actor, cycle_ids: Collection[UUID], label: str) -> int:
    """These cycles cannot change any more; sealing twice changes nothing.

    The room that decides asks for this; it has asked its own permission before.
    """
    permissions.may_seal(actor).require()
    cycles = list(Cycle.objects.select_for_update().filter(pk__in=cycle_ids))
    Seal.objects.bulk_create(
        [Seal(cycle=cycle, label=label) for cycle in cycles], ignore_conflicts=True
    )
    for cycle in cycles[:1]:
        ledger.record(
            user_id=actor.user_id,
            verb="caselogs.cycles_sealed",
            subject=cycle,
            label=label,
            cycles=sorted(str(each.pk) for each in cycles),
        )
    return len(cycles)
