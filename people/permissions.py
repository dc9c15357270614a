"""Who may change what about people."""

from uuid import UUID

from people.actor import Actor
from people.kinds import CAPABILITIES, Capability, OrganisationKind, Role
from people.models import Group, Invitation, User
from people.verdicts import YES, Verdict, no

OF_A_BODY = frozenset(
    {Role.TRAINER, Role.EDITOR, Role.OFFICER, Role.REGISTRAR, Role.NATIONAL_SUPERVISOR}
)
GUARDED = frozenset({Capability.ARRANGE_MEETINGS, Capability.DECIDE, Capability.ISSUE})


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


def may_withdraw_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    """Whoever wrote it, or runs the training of the organisation it leads to."""
    if actor.user_id == invitation.invited_by_id:
        return YES
    if actor.can(Capability.INVITE, invitation.organisation_id):
        return YES
    return no("Only the people of this organisation can take its invitations back.")


def may_give(actor: Actor, organisation_id: UUID, role: str) -> Verdict:
    """Arranging, deciding and issuing by who holds them there; a body's roles in a body alone.

    What an editor, trainer or officer may do reaches beyond one service, so no service gives it.
    """
    guarded = CAPABILITIES[Role(role)] & GUARDED
    if not all(actor.can(capability, organisation_id) for capability in guarded):
        return no("Only somebody who holds this role’s rights in the body can give or end it.")
    kinds = {g.organisation_kind for g in actor.grants if g.organisation_id == organisation_id}
    if Role(role) in OF_A_BODY and OrganisationKind.BODY not in kinds:
        return no("Only an accrediting body has this role. A service can invite its own people.")
    return YES


def may_tie(actor: Actor, organisation_ids: frozenset[UUID]) -> Verdict:
    """Whoever arranges training for a body, or in an organisation of the person supervised."""
    arranges = actor.organisations_where(Capability.INVITE)
    if _invites_for_a_body(actor) or organisation_ids & arranges:
        return YES
    return no("Only somebody who arranges this person's training can change who supervises them.")


def may_suspend(actor: Actor, person: User, organisation_ids: frozenset[UUID]) -> Verdict:
    """Whoever invites people in an organisation of the person's, but never themselves."""
    if person.pk == actor.user_id:
        return no("You cannot close your own account here.")
    if organisation_ids & actor.organisations_where(Capability.INVITE):
        return YES
    return no("Only somebody who runs this person's training can close their account.")


def may_gather(actor: Actor, organisation_id: UUID) -> Verdict:
    """Whoever supervises in this organisation, or runs its training, may begin a group there."""
    if any(actor.can(c, organisation_id) for c in (Capability.SUPERVISE, Capability.INVITE)):
        return YES
    return no("Only somebody who supervises here, or runs the training here, can begin a group.")


def may_lead(actor: Actor, group: Group) -> Verdict:
    """Whoever leads it and still may, and whoever runs the organisation's training."""
    if actor.can(Capability.INVITE, group.organisation_id):
        return YES
    if group.led_by_id == actor.user_id and may_gather(actor, group.organisation_id):
        return YES
    return no("Only the person who leads this group, or runs the training here, can change it.")
