"""Who may change what about people."""

from uuid import UUID

from people.actor import Actor
from people.kinds import CAPABILITIES, Capability, OrganisationKind, Role
from people.models import User
from people.verdicts import YES, Verdict, no


def may_invite(actor: Actor, organisation_id: UUID, role: str = "") -> Verdict:
    """Whoever holds INVITE there; a body may also name the service a trainee works for."""
    if actor.can(Capability.INVITE, organisation_id):
        return YES
    if role == Role.TRAINEE and _invites_for_a_body(actor):
        return YES
    return no("Only somebody who runs this organisation's training can invite people to it.")


def _invites_for_a_body(actor: Actor) -> bool:
    return any(
        grant.organisation_kind == OrganisationKind.BODY
        and Capability.INVITE in CAPABILITIES[grant.role]
        for grant in actor.grants
    )


def may_give(actor: Actor, organisation_id: UUID, role: str) -> Verdict:
    """Deciding and issuing can be given only by somebody who holds them there."""
    guarded = CAPABILITIES[Role(role)] & {Capability.DECIDE, Capability.ISSUE}
    if all(actor.can(capability, organisation_id) for capability in guarded):
        return YES
    return no("Only a registrar of the body can invite another registrar.")


def may_tie(actor: Actor) -> Verdict:
    """Whoever arranges training anywhere."""
    if actor.can_any([Capability.INVITE, Capability.ARRANGE_MEETINGS]):
        return YES
    return no("Only somebody who arranges the training can change who supervises whom.")


def may_suspend(actor: Actor, person: User, organisation_ids: frozenset[UUID]) -> Verdict:
    """Whoever invites people in an organisation of the person's, but never themselves."""
    if person.pk == actor.user_id:
        return no("You cannot close your own account here.")
    if organisation_ids & actor.organisations_where(Capability.INVITE):
        return YES
    return no("Only somebody who runs this person's training can close their account.")
