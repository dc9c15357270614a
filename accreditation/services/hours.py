"""Supervision hours ahead: planned by either, changed, called off, begun, agreed by both."""

from datetime import date, datetime, timedelta
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accreditation import permissions
from accreditation.kinds import Grouping, Medium, SessionKind
from accreditation.models import SupervisionSession
from accreditation.services import sessions
from accreditation.states import SessionState, SessionStep, session_after
from ledger import services as ledger
from notices import services as notices
from notices.calendars import Appointment
from people.actor import Actor
from people.errors import RuleBroken

FARTHEST = timedelta(days=550)


@transaction.atomic
def plan_hour(
    *,
    actor: Actor,
    hour_id: UUID,
    trainee_id: UUID,
    supervisor_id: UUID,
    planned_for: datetime,
    minutes: int,
    kind: str = SessionKind.SUPERVISION,
    grouping: str = Grouping.INDIVIDUAL,
    medium: str = Medium.REMOTE,
    place: str = "",
) -> SupervisionSession:
    """Both have an hour ahead of them, and an invitation. Asked twice, it is planned once."""
    permissions.may_plan_hour(actor, trainee_id, supervisor_id).require()
    if found := SupervisionSession.objects.shared_by(actor).filter(pk=hour_id).first():
        return found
    _ahead(planned_for)
    session = SupervisionSession(
        pk=hour_id,
        trainee_id=trainee_id,
        supervisor_id=supervisor_id,
        state=SessionState.PLANNED,
        planned_for=planned_for,
        held_on=timezone.localdate(planned_for),
        minutes=minutes,
        kind=kind,
        grouping=grouping,
        medium=medium,
        place=place,
        logged_by_id=actor.user_id,
    )
    sessions.require_sane_and_tied(session, ahead=True)
    sessions.save(session, force_insert=True)
    _tell_both(actor, session, "accreditation.hour_planned")
    _record(actor, "planned", session, planned_for=planned_for, minutes=minutes)
    return session


@transaction.atomic
def change_hour(
    *, actor: Actor, session_id: UUID, planned_for: datetime, minutes: int, medium: str, place: str
) -> SupervisionSession:
    """The hour is at another time or place, and so it stands in both calendars."""
    session = _shared(actor, session_id)
    session.state = session_after(SessionState(session.state), SessionStep.CHANGE)
    new = {"planned_for": planned_for, "minutes": minutes, "medium": medium, "place": place}
    if all(getattr(session, name) == value for name, value in new.items()):
        return session
    _ahead(planned_for)
    for name, value in new.items():
        setattr(session, name, value)
    session.held_on = timezone.localdate(planned_for)
    session.sequence += 1
    sessions.require_sane_and_tied(session, ahead=True)
    sessions.save(session)
    _tell_both(actor, session, "accreditation.hour_changed")
    _record(actor, "changed", session, planned_for=planned_for, minutes=minutes)
    return session


@transaction.atomic
def cancel_hour(*, actor: Actor, session_id: UUID) -> SupervisionSession:
    """The hour will not take place; both calendars are told to forget it."""
    session = _shared(actor, session_id)
    session.state = session_after(SessionState(session.state), SessionStep.CANCEL)
    session.sequence += 1
    sessions.save(session)
    _tell_both(actor, session, "accreditation.hour_cancelled")
    _record(actor, "cancelled", session)
    return session


@transaction.atomic
def begin_hour(*, actor: Actor, session_id: UUID) -> SupervisionSession:
    """The clock of the hour runs for both, from the first press on."""
    session = _shared(actor, session_id)
    if session.state != SessionState.PLANNED or session.begun_at:
        return session
    session.begun_at = timezone.now()
    sessions.save(session)
    _record(actor, "begun", session)
    return session


@transaction.atomic
def agree_hour(*, actor: Actor, session_id: UUID, minutes: int) -> SupervisionSession:
    """This person has said yes to these minutes; they count when both have. Pressed twice: once.

    Whoever comes second says yes to what the first one said, through the same confirmation as a
    session that was logged afterwards. RuleBroken when they saw another number.
    """
    session = _shared(actor, session_id)
    if _has_said_yes(actor, session):
        return session
    if session.state != SessionState.PLANNED:
        if session.state == SessionState.WAITING and minutes != session.minutes:
            raise RuleBroken(
                f"The other one of you has just said {session.minutes} minutes. "
                "If that is how it was, press once more. Otherwise speak about it first."
            )
        return sessions.confirm_session(actor=actor, session_id=session.pk)
    if not session.begun_at and timezone.localdate(session.planned_for) > timezone.localdate():
        raise RuleBroken("This hour lies ahead. When you meet earlier, press “We begin” first.")
    session.state = session_after(SessionState(session.state), SessionStep.HOLD)
    session.held_on, session.minutes = _day_of(session), minutes
    session.logged_by_id, session.logged_at = actor.user_id, timezone.now()
    sessions.require_sane_and_tied(session)
    sessions.say_yes(actor, session)
    sessions.save(session)
    sessions.ask_the_other(actor, session)
    _record(actor, "held", session, minutes=minutes, held_on=session.held_on)
    return session


def appointment_of(session: SupervisionSession) -> Appointment:
    """The hour as a calendar knows it: who, when, where, and nothing of what is talked about."""
    site = settings.SITE_ADDRESS
    both = (session.supervisor, session.trainee)
    return Appointment(
        uid=f"{session.pk}@{urlsplit(site).hostname}",
        sequence=session.sequence,
        starts=session.planned_for.isoformat(),
        minutes=session.minutes,
        title=f"Supervision: {session.trainee.name} and {session.supervisor.name}",
        zone=settings.TIME_ZONE,
        url=f"{site}{session.get_hour_url()}",
        stamped=timezone.now().isoformat(),
        place=session.place or session.get_medium_display(),
        organiser=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        people=tuple((person.name, person.email) for person in both),
        is_cancelled=session.state == SessionState.WITHDRAWN,
    )


def _shared(actor: Actor, session_id: UUID) -> SupervisionSession:
    session = sessions.locked(session_id)
    permissions.may_share_hour(actor, session).require()
    return session


def _has_said_yes(actor: Actor, session: SupervisionSession) -> bool:
    said = (
        session.trainee_confirmed_at
        if actor.user_id == session.trainee_id
        else session.supervisor_confirmed_at
    )
    return said is not None and session.state in (SessionState.WAITING, SessionState.CONFIRMED)


def _day_of(session: SupervisionSession) -> date:
    if session.begun_at:
        return timezone.localdate(session.begun_at)
    return min(timezone.localdate(session.planned_for), timezone.localdate())


def _ahead(planned_for: datetime) -> None:
    now = timezone.now()
    if timezone.localdate(planned_for) < timezone.localdate(now):
        raise RuleBroken("That day is over. An hour that took place is logged instead.")
    if planned_for > now + FARTHEST:
        raise RuleBroken("That is more than a year and a half ahead. Please check the year.")


def _tell_both(actor: Actor, session: SupervisionSession, kind: str) -> None:
    facts: dict[str, Any] = {
        "by": actor.name,
        "when": f"{timezone.localtime(session.planned_for):%A %-d %B, %H:%M}",
        "minutes": session.minutes,
        "appointment": appointment_of(session).as_facts(),
    }
    for to in (session.trainee, session.supervisor):
        other = session.supervisor if to == session.trainee else session.trainee
        notices.post(
            to_id=to.pk,
            kind=kind,
            key=f"{session.pk} {session.sequence}",
            path=session.get_hour_url(),
            mine=to.pk == actor.user_id,
            other=other.name,
            **facts,
        )


def _record(actor: Actor, step: str, session: SupervisionSession, **facts: Any) -> None:
    ledger.record(
        user_id=actor.user_id, verb=f"accreditation.hour_{step}", subject=session, **facts
    )
