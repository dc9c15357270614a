"""Supervision sessions: logged by one, confirmed by the other."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accreditation import permissions
from accreditation.kinds import Grouping, Medium, SessionKind
from accreditation.models import SupervisionSession
from accreditation.states import SessionState, SessionStep, session_after
from ledger import services as ledger
from notices import services as notices
from people.actor import Actor
from people.errors import RuleBroken
from people.queries import supervised_on

SHORTEST, LONGEST = 10, 480
TWICE = "You two have a session of this kind on that day already. Nothing was logged twice."


@transaction.atomic
def log_session(
    *,
    actor: Actor,
    trainee_id: UUID,
    supervisor_id: UUID,
    held_on: date,
    minutes: int,
    kind: str = SessionKind.SUPERVISION,
    grouping: str = Grouping.INDIVIDUAL,
    medium: str = Medium.REMOTE,
    words: str = "",
) -> SupervisionSession:
    """The session waits for the other person's yes; the logger's own yes is this."""
    permissions.may_log_session(actor, trainee_id, supervisor_id).require()
    _sane(held_on, minutes)
    _while_tied(trainee_id, supervisor_id, held_on)
    session = SupervisionSession(
        trainee_id=trainee_id,
        supervisor_id=supervisor_id,
        held_on=held_on,
        minutes=minutes,
        kind=kind,
        grouping=grouping,
        medium=medium,
        words=words,
        logged_by_id=actor.user_id,
    )
    say_yes(actor, session)
    save(session, force_insert=True)
    ask_the_other(actor, session)
    _record(actor, "logged", session, minutes=minutes, held_on=held_on)
    return session


@transaction.atomic
def confirm_session(*, actor: Actor, session_id: UUID) -> SupervisionSession:
    """Both have confirmed the session: it counts from now on."""
    session = locked(session_id)
    permissions.may_confirm(actor, session).require()
    session.state = session_after(SessionState(session.state), SessionStep.CONFIRM)
    session.dispute_words, session.disputed_by = "", None
    say_yes(actor, session)
    save(session)
    _tell(actor, session, "accreditation.session_confirmed", _other(actor, session))
    _record(actor, "confirmed", session, minutes=session.minutes, held_on=session.held_on)
    return session


@transaction.atomic
def dispute_session(*, actor: Actor, session_id: UUID, words: str) -> SupervisionSession:
    """The session does not count, and both know why: somebody remembers it differently."""
    session = locked(session_id)
    permissions.may_confirm(actor, session).require()
    if not words.strip():
        raise RuleBroken("Please say how you remember it, so that it can be put right.")
    session.state = session_after(SessionState(session.state), SessionStep.DISPUTE)
    session.dispute_words, session.disputed_by_id = words, actor.user_id
    save(session)
    for to_id in (session.trainee_id, session.supervisor_id):
        _tell(actor, session, "accreditation.session_disputed", to_id)
    _record(actor, "disputed", session)
    return session


@transaction.atomic
def correct_session(
    *,
    actor: Actor,
    session_id: UUID,
    held_on: date,
    minutes: int,
    kind: str,
    grouping: str,
    medium: str,
    words: str = "",
) -> SupervisionSession:
    """The session says something else and waits for the other person's yes again."""
    session = locked(session_id)
    permissions.may_correct(actor, session).require()
    _sane(held_on, minutes)
    _while_tied(session.trainee_id, session.supervisor_id, held_on)
    session.state = session_after(SessionState(session.state), SessionStep.CORRECT)
    session.held_on, session.minutes, session.kind = held_on, minutes, kind
    session.grouping, session.medium, session.words = grouping, medium, words
    session.dispute_words, session.disputed_by = "", None
    session.trainee_confirmed_at = session.supervisor_confirmed_at = None
    say_yes(actor, session)
    save(session)
    ask_the_other(actor, session)
    _record(actor, "corrected", session, minutes=minutes, held_on=held_on)
    return session


@transaction.atomic
def withdraw_session(*, actor: Actor, session_id: UUID) -> SupervisionSession:
    """The session is taken back and counts nowhere; its row stays."""
    session = locked(session_id)
    permissions.may_correct(actor, session).require()
    session.state = session_after(SessionState(session.state), SessionStep.WITHDRAW)
    save(session)
    _tell(actor, session, "accreditation.session_withdrawn", _other(actor, session))
    _record(actor, "withdrawn", session)
    return session


def locked(session_id: UUID) -> SupervisionSession:
    """The session, held until the end of this transaction."""
    return SupervisionSession.objects.select_for_update().get(pk=session_id)


def require_sane_and_tied(session: SupervisionSession, *, ahead: bool = False) -> None:
    """Raise RuleBroken unless day and length can be, and the two belonged together that day."""
    _sane(timezone.localdate() if ahead else session.held_on, session.minutes)
    _while_tied(session.trainee_id, session.supervisor_id, session.held_on)


def _sane(held_on: date, minutes: int) -> None:
    if held_on > timezone.localdate():
        raise RuleBroken("That day is still to come. A session is logged after it took place.")
    if not SHORTEST <= minutes <= LONGEST:
        raise RuleBroken(f"A session lasts between {SHORTEST} and {LONGEST} minutes.")


def _while_tied(trainee_id: UUID, supervisor_id: UUID, held_on: date) -> None:
    if not supervised_on(supervisor_id=supervisor_id, supervisee_id=trainee_id, on=held_on):
        raise RuleBroken(
            f"You two were not supervisor and trainee in Attune on {held_on:%-d %B %Y}. "
            "Nothing is lost: please check the day."
        )


def say_yes(actor: Actor, session: SupervisionSession) -> None:
    """This person's yes is on the row (not saved yet)."""
    if actor.user_id == session.trainee_id:
        session.trainee_confirmed_at = timezone.now()
    else:
        session.supervisor_confirmed_at = timezone.now()


def save(session: SupervisionSession, *, force_insert: bool = False) -> None:
    """The row is written; RuleBroken when these two have one of that day already."""
    try:
        with transaction.atomic():
            session.save(force_insert=force_insert)
    except IntegrityError:
        raise RuleBroken(TWICE) from None


def _other(actor: Actor, session: SupervisionSession) -> UUID:
    mine = actor.user_id == session.trainee_id
    return session.supervisor_id if mine else session.trainee_id


def ask_the_other(actor: Actor, session: SupervisionSession) -> None:
    """The other of the two is told that their yes is waited for."""
    _tell(actor, session, "accreditation.session_logged", _other(actor, session))


def _tell(actor: Actor, session: SupervisionSession, kind: str, to_id: UUID) -> None:
    notices.post(
        to_id=to_id,
        kind=kind,
        key=f"{session.pk} {timezone.now():%Y%m%d%H%M%S%f}",
        path=session.get_absolute_url(),
        by=actor.name,
        mine=to_id == actor.user_id,
        held_on=f"{session.held_on:%-d %B}",
        minutes=session.minutes,
    )


def _record(actor: Actor, step: str, session: SupervisionSession, **facts: Any) -> None:
    ledger.record(
        user_id=actor.user_id, verb=f"accreditation.session_{step}", subject=session, **facts
    )
