"""Reads around supervision sessions: whom one meets, one's own list, open steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from accreditation import permissions
from accreditation.models import SupervisionSession
from accreditation.states import SESSION_STEPS, SessionState, SessionStep
from people.actor import Actor
from people.models import User

PAGE = 30


def people_met(actor: Actor) -> list[tuple[str, str]]:
    """Whom one may log a session with: own supervisors and supervisees, today's first."""
    today = actor.supervisor_ids | actor.supervisee_ids
    ever = actor.ever_supervisor_ids | actor.ever_supervisee_ids
    people = User.objects.filter(pk__in=ever).order_by("name").values_list("pk", "name")
    ordered = sorted(people, key=lambda person: person[0] not in today)
    return [(str(pk), name) for pk, name in ordered]


def people_today(actor: Actor) -> list[tuple[str, str]]:
    """Whom one may plan an hour with: own supervisors and supervisees of today, by name."""
    people = User.objects.filter(pk__in=actor.supervisor_ids | actor.supervisee_ids)
    return [(str(pk), name) for pk, name in people.order_by("name").values_list("pk", "name")]


def chosen(with_whom: str) -> dict[str, Any]:
    """The person that a link has chosen beforehand, if any."""
    return {"with_whom": with_whom} if with_whom else {}


def both_sides(actor: Actor, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Who was the trainee and who the supervisor, from the one name that was chosen."""
    facts = dict(typed)
    other = UUID(facts.pop("with_whom"))
    own_supervisor = other in actor.ever_supervisor_ids
    sides = (actor.user_id, other) if own_supervisor else (other, actor.user_id)
    return {"trainee_id": sides[0], "supervisor_id": sides[1], **facts}


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One's own sessions: those that wait for one's yes, and a page of the rest."""

    waiting: tuple[SupervisionSession, ...]
    rows: tuple[SupervisionSession, ...]
    more: str


def session_page(actor: Actor, before: str = "") -> SessionPage:
    """The sessions one took part in, newest first, thirty at a time."""
    mine = SupervisionSession.objects.live().select_related("trainee", "supervisor", "logged_by")
    mine = mine.defer("words")
    own = mine.filter(Q(trainee_id=actor.user_id) | Q(supervisor_id=actor.user_id))
    rows = own.exclude(pk__in=mine.waiting_for(actor.user_id).values("pk"))
    rows = rows.order_by("-held_on", "-pk")
    if mark := _mark(before):
        day, pk = mark
        rows = rows.filter(held_on__lte=day).exclude(held_on=day, pk__gte=pk)
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return SessionPage(
        waiting=() if before else tuple(mine.waiting_for(actor.user_id)),
        rows=tuple(found[:PAGE]),
        more=f"{last.held_on.isoformat()}_{last.pk}" if last else "",
    )


def _mark(before: str) -> tuple[date, UUID] | None:
    day, _, pk = before.partition("_")
    try:
        return date.fromisoformat(day), UUID(pk)
    except ValueError:
        return None


def steps_of(actor: Actor, session: SupervisionSession) -> frozenset[str]:
    """What this person may do with the session now."""
    state = SessionState(session.state)
    may = {
        SessionStep.CONFIRM: permissions.may_confirm,
        SessionStep.DISPUTE: permissions.may_confirm,
        SessionStep.CORRECT: permissions.may_correct,
        SessionStep.WITHDRAW: permissions.may_correct,
    }
    return frozenset(
        step.value
        for step, asked in may.items()
        if (state, step) in SESSION_STEPS and asked(actor, session)
    )
