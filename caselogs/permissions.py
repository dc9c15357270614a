"""Who may write and read in the log: only the guider writes."""

from uuid import UUID

from caselogs.models import Case
from people.actor import Actor
from people.kinds import Capability
from people.verdicts import YES, Verdict, no


def may_log(actor: Actor) -> Verdict:
    """Whoever practises."""
    if actor.can(Capability.LOG_CASES):
        return YES
    return no("Only guiders and trainee guiders keep a case log.")


def may_write(actor: Actor, case: Case) -> Verdict:
    """The guider whose case it is, while they practise."""
    if case.guider_id != actor.user_id:
        return no("Only the guider of this case can write in its log.")
    return may_log(actor)


def may_read_ending(actor: Actor, case: Case) -> Verdict:
    """The guider, and readers who belong to the service of the case."""
    if case.guider_id == actor.user_id:
        return YES
    if any(grant.organisation_id == case.organisation_id for grant in actor.grants):
        return YES
    return no("How the work ended is for the guider and their own service.")


def may_see_numbers(actor: Actor, organisation_id: UUID) -> Verdict:
    """Whoever sees the numbers of this service; never its rows."""
    if actor.can(Capability.SEE_SERVICE_NUMBERS, organisation_id):
        return YES
    return no("Only a manager of this service can see its numbers.")


def may_seal(actor: Actor) -> Verdict:
    """Whoever assesses, decides or arranges the meetings in which cycles are counted."""
    if actor.can_any([Capability.ASSESS, Capability.DECIDE, Capability.ARRANGE_MEETINGS]):
        return YES
    return no("Cycles are sealed by the meeting that counts them.")
