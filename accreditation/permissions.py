"""Who may do what in supervised practice and accreditation."""

from uuid import UUID

from accreditation.models import (
    Certificate,
    Decision,
    EnrolledStage,
    Meeting,
    Pathway,
    SupervisionSession,
)
from people.actor import Actor
from people.kinds import Capability
from people.verdicts import YES, Verdict, no


def may_edit_pathways(actor: Actor, body_id: UUID) -> Verdict:
    """A registrar of the body whose pathway it is."""
    if actor.can(Capability.EDIT_PATHWAYS, body_id):
        return YES
    return no("Only a registrar of this accrediting body can change its pathways.")


def may_enrol(actor: Actor, pathway: Pathway) -> Verdict:
    """Whoever invites people for the pathway's body."""
    if actor.can(Capability.INVITE, pathway.body_id):
        return YES
    return no("Only the accrediting body can enrol somebody on its pathway.")


def may_log_session(actor: Actor, trainee_id: UUID, supervisor_id: UUID) -> Verdict:
    """One of the two, and only where they supervise or supervised each other."""
    if actor.user_id == trainee_id and supervisor_id in actor.ever_supervisor_ids:
        return YES
    if actor.user_id == supervisor_id and trainee_id in actor.ever_supervisee_ids:
        return YES
    return no("A session is logged by the trainee or the supervisor who were both there.")


def may_plan_hour(actor: Actor, trainee_id: UUID, supervisor_id: UUID) -> Verdict:
    """One of two who are supervisor and trainee today."""
    if actor.user_id == trainee_id and supervisor_id in actor.supervisor_ids:
        return YES
    if actor.user_id == supervisor_id and trainee_id in actor.supervisee_ids:
        return YES
    return no("An hour is planned by the trainee or by their supervisor of today.")


def may_share_hour(actor: Actor, session: SupervisionSession) -> Verdict:
    """The two people whose hour it is."""
    if actor.user_id in (session.trainee_id, session.supervisor_id):
        return YES
    return no("This hour belongs to the two people who meet in it.")


def may_confirm(actor: Actor, session: SupervisionSession) -> Verdict:
    """The one of the two who did not log it."""
    if actor.user_id not in (session.trainee_id, session.supervisor_id):
        return no("Only the two people who were there can confirm a session.")
    if actor.user_id == session.logged_by_id:
        return no("You logged this session, so the other person confirms it.")
    return YES


def may_correct(actor: Actor, session: SupervisionSession) -> Verdict:
    """Whoever logged it."""
    if actor.user_id == session.logged_by_id:
        return YES
    return no("Only the person who logged this session can change it or take it back.")


def may_plan_meeting(actor: Actor, stage: EnrolledStage) -> Verdict:
    """The body's officer or registrar, or the trainee's own supervisor of today; never oneself."""
    enrolment = stage.enrolment
    if actor.user_id == enrolment.trainee_id:
        return no("Your supervisor or the body arranges your stage meeting.")
    if actor.can(Capability.ARRANGE_MEETINGS, enrolment.pathway.body_id):
        return YES
    if enrolment.trainee_id in actor.supervisee_ids:
        return YES
    return no("Only the body, or the trainee’s own supervisor, can arrange this meeting.")


def may_share_reflection(actor: Actor, stage: EnrolledStage) -> Verdict:
    """The trainee."""
    if actor.user_id == stage.enrolment.trainee_id:
        return YES
    return no("Only the trainee writes this reflection.")


def may_decide(actor: Actor, meeting: Meeting) -> Verdict:
    """The external supervisor of this meeting, while entitled; never a supervisor of their own."""
    enrolment = meeting.enrolled_stage.enrolment
    if actor.user_id == enrolment.trainee_id:
        return no("You cannot decide on your own stage.")
    if actor.user_id != meeting.external_id:
        return no("Only the external supervisor of this meeting can decide.")
    if enrolment.trainee_id in actor.ever_supervisee_ids:
        return no("You supervise, or supervised, this trainee, so somebody else has to decide.")
    if not actor.can(Capability.ASSESS, enrolment.pathway.body_id):
        return no("You are not an external supervisor of this body at the moment.")
    return YES


def may_issue(actor: Actor, decision: Decision) -> Verdict:
    """A registrar of the body, but never for themselves."""
    enrolment = decision.meeting.enrolled_stage.enrolment
    if actor.user_id == enrolment.trainee_id:
        return no("You cannot issue your own certificate.")
    if not actor.can(Capability.ISSUE, enrolment.pathway.body_id):
        return no("Only a registrar of this accrediting body can issue certificates.")
    return YES


def may_revoke(actor: Actor, certificate: Certificate) -> Verdict:
    """A registrar of the body, but never their own."""
    if actor.user_id == certificate.holder_id:
        return no("You cannot revoke your own certificate.")
    if not actor.can(Capability.ISSUE, certificate.body_id):
        return no("Only a registrar of this accrediting body can revoke certificates.")
    return YES


def may_list_publicly(actor: Actor, certificate: Certificate) -> Verdict:
    """The holder alone says yes or no to the register."""
    if actor.user_id == certificate.holder_id:
        return YES
    return no("Only the holder can choose to be in the public register.")
