"""Who may change the words of the method."""

from uuid import UUID

from people.actor import Actor
from people.kinds import Capability
from people.verdicts import YES, Verdict, no


def may_word(actor: Actor, body_id: UUID | None) -> Verdict:
    """Whoever edits the course, or the pathways, of that body (of any body for the house's own)."""
    if any(actor.can(c, body_id) for c in (Capability.EDIT_COURSE, Capability.EDIT_PATHWAYS)):
        return YES
    return no("Only an editor of this body can change the words of its principles.")


def own_body(actor: Actor) -> UUID | None:
    """The one body whose words this person edits; None when there are none or several."""
    edited = actor.organisations_where(Capability.EDIT_COURSE)
    bodies = edited | actor.organisations_where(Capability.EDIT_PATHWAYS)
    return next(iter(bodies)) if len(bodies) == 1 else None
