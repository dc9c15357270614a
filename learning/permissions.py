"""Who may read the course, run a cohort, edit the lessons."""

from uuid import UUID

from people.actor import Actor
from people.kinds import Capability
from people.verdicts import YES, Verdict, no


def may_read(actor: Actor) -> Verdict:
    """Everyone who holds a role here; never the public."""
    if actor.is_signed_in and actor.grants:
        return YES
    return no("The course is open to people who train or work here. Please ask for an invitation.")


def may_run(actor: Actor, organisation_id: UUID | None = None) -> Verdict:
    """Trainers of that organisation (of any, when none is given)."""
    if actor.can(Capability.RUN_COHORT, organisation_id):
        return YES
    return no("Only a trainer of this organisation can look after its cohorts.")


def may_edit(actor: Actor) -> Verdict:
    """Trainers and content editors."""
    if actor.can(Capability.EDIT_COURSE):
        return YES
    return no("Only a trainer or a content editor can change the lessons.")
