"""What changes about people: roles, ties, groups, invitations, suspension."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ledger import services as ledger
from people import permissions, queries
from people.actor import Actor
from people.errors import RuleBroken
from people.kinds import Capability
from people.models import (
    Group,
    GroupMember,
    Invitation,
    Organisation,
    RoleGrant,
    SupervisionTie,
    User,
)


@transaction.atomic
def found(*, kind: str, name: str, slug: str) -> Organisation:
    """The organisation stands; asked from the command line only, where no actor exists yet."""
    facts = {"kind": kind, "name": name}
    place, made = Organisation.objects.get_or_create(slug=slug, defaults=facts)
    if made:
        ledger.record(user_id=None, verb="people.founded", subject=place, name=name)
    return place


@transaction.atomic
def first_role(
    *, user_id: UUID, role: str, organisation_id: UUID, since: date | None = None
) -> RoleGrant:
    """The person holds the role: for the command line, before anybody may invite there."""
    return _grant(None, user_id, role, organisation_id, since)


@transaction.atomic
def grant_role(
    *, actor: Actor, user_id: UUID, role: str, organisation_id: UUID, since: date | None = None
) -> RoleGrant:
    """The person holds the role from that day; granting it twice changes nothing."""
    permissions.may_invite(actor, organisation_id).require()
    permissions.may_give(actor, organisation_id, role).require()
    return _grant(actor.user_id, user_id, role, organisation_id, since)


def _grant(
    by_id: UUID | None, user_id: UUID, role: str, organisation_id: UUID, since: date | None
) -> RoleGrant:
    grant, made = RoleGrant.objects.get_or_create(
        user_id=user_id,
        role=role,
        organisation_id=organisation_id,
        until=None,
        defaults={"since": since or timezone.localdate()},
    )
    if made:
        ledger.record(
            user_id=by_id, verb="people.role_granted", subject=grant, role=role, to=user_id
        )
    return grant


@transaction.atomic
def end_role(*, actor: Actor, grant_id: UUID, until: date | None = None) -> RoleGrant:
    """The role ends with that day; without a day it ends now, and its rights with it."""
    grant = RoleGrant.objects.select_for_update().get(pk=grant_id)
    permissions.may_invite(actor, grant.organisation_id).require()
    permissions.may_give(actor, grant.organisation_id, grant.role).require()
    _end(grant, until)
    ledger.record(user_id=actor.user_id, verb="people.role_ended", subject=grant, until=grant.until)
    return grant


@transaction.atomic
def tie(
    *, actor: Actor, supervisor_id: UUID, supervisee_id: UUID, since: date | None = None
) -> SupervisionTie:
    """The supervisor supervises the person from that day; a second tie changes nothing."""
    permissions.may_tie(actor, _organisations_of(supervisee_id)).require()
    return _tie(actor.user_id, supervisor_id, supervisee_id, since)


def _tie(
    by_id: UUID | None, supervisor_id: UUID, supervisee_id: UUID, since: date | None
) -> SupervisionTie:
    if supervisor_id == supervisee_id:
        raise RuleBroken("Nobody can be their own supervisor.")
    bond, made = SupervisionTie.objects.get_or_create(
        supervisor_id=supervisor_id,
        supervisee_id=supervisee_id,
        until=None,
        defaults={"since": since or timezone.localdate()},
    )
    if made:
        ledger.record(
            user_id=by_id, verb="people.tied", subject=bond, to=supervisee_id, by=supervisor_id
        )
    return bond


@transaction.atomic
def untie(*, actor: Actor, tie_id: UUID, until: date | None = None) -> SupervisionTie:
    """The supervision ends with that day, or now; what was seen before stays in the ledger."""
    bond = SupervisionTie.objects.select_for_update().get(pk=tie_id)
    permissions.may_tie(actor, _organisations_of(bond.supervisee_id)).require()
    _end(bond, until)
    ledger.record(user_id=actor.user_id, verb="people.untied", subject=bond, until=bond.until)
    return bond


def _end(row: RoleGrant | SupervisionTie | Group | GroupMember, until: date | None) -> None:
    """A planned end keeps its whole day; anything else has ended this moment."""
    today = timezone.localdate()
    row.until = until or max(today, row.since)
    row.ended_at = None if until and until >= today else timezone.now()
    row.save(update_fields=["until", "ended_at"])


@transaction.atomic
def begin_group(
    *,
    actor: Actor,
    name: str,
    organisation_id: UUID,
    since: date | None = None,
    until: date | None = None,
    group_id: UUID | None = None,
) -> Group:
    """The group stands and the actor leads it; begun twice with one id it is one group."""
    permissions.may_gather(actor, organisation_id).require()
    begins = since or timezone.localdate()
    if until and until < begins:
        raise RuleBroken("A group ends on its first day or later. Please look at the two days.")
    known = Group.objects.filter(pk=group_id).first()
    if known:
        permissions.may_lead(actor, known).require()
        return known
    group = Group.objects.create(
        **({"pk": group_id} if group_id else {}),
        name=name,
        organisation_id=organisation_id,
        led_by_id=actor.user_id,
        since=begins,
        until=until,
    )
    ledger.record(user_id=actor.user_id, verb="people.group_begun", subject=group, name=name)
    return group


@transaction.atomic
def end_group(*, actor: Actor, group_id: UUID, until: date | None = None) -> Group:
    """The group ends with that day, or now; what its members had before them closes with it."""
    group = Group.objects.select_for_update().get(pk=group_id)
    permissions.may_lead(actor, group).require()
    if until and until < group.since:
        raise RuleBroken("A group ends on its first day or later. Please choose another day.")
    _end(group, until)
    ledger.record(
        user_id=actor.user_id, verb="people.group_ended", subject=group, until=group.until
    )
    return group


@transaction.atomic
def join_group(
    *, actor: Actor, group_id: UUID, user_id: UUID, since: date | None = None
) -> GroupMember:
    """The person belongs to the group from that day; adding them twice changes nothing."""
    group = Group.objects.select_for_update().get(pk=group_id)
    permissions.may_lead(actor, group).require()
    today = timezone.localdate()
    if group.ended_at or (group.until and group.until < today):
        raise RuleBroken("This group has ended. Please begin a new one.")
    if not queries.who_can(Capability.SEND_FILM).filter(pk=user_id).exists():
        raise RuleBroken("Only somebody who works with film in Attune today can belong to a group.")
    member, made = GroupMember.objects.get_or_create(
        group=group, user_id=user_id, until=None, defaults={"since": since or today}
    )
    if made:
        ledger.record(user_id=actor.user_id, verb="people.group_joined", subject=member, to=user_id)
    return member


@transaction.atomic
def leave_group(*, actor: Actor, member_id: UUID, until: date | None = None) -> GroupMember:
    """The membership ends with that day, or now: by who leads the group, or by the member."""
    member = GroupMember.objects.select_for_update().select_related("group").get(pk=member_id)
    if member.user_id != actor.user_id:
        permissions.may_lead(actor, member.group).require()
    if until and until < member.since:
        raise RuleBroken("A membership ends on its first day or later. Please choose another day.")
    _end(member, until)
    ledger.record(
        user_id=actor.user_id, verb="people.group_left", subject=member, until=member.until
    )
    return member


@transaction.atomic
def invite(*, actor: Actor, organisation_id: UUID, **facts: Any) -> Invitation:
    """An invitation waits for its person; the room above sends the letter."""
    permissions.may_invite(actor, organisation_id, facts["role"]).require()
    permissions.may_give(actor, organisation_id, facts["role"]).require()
    invitation = Invitation.objects.create(
        organisation_id=organisation_id, invited_by_id=actor.user_id, **facts
    )
    ledger.record(
        user_id=actor.user_id, verb="people.invited", subject=invitation, role=invitation.role
    )
    return invitation


@transaction.atomic
def accept(*, user: User, invitation_id: UUID) -> Invitation:
    """The person holds the role and is tied to the supervisor; the invitation is used up."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.accepted_at:
        raise RuleBroken("This invitation has been used already. You can sign in.")
    if invitation.withdrawn_at or invitation.expires_at < timezone.now():
        raise RuleBroken("This invitation is no longer open. Please ask for a new one.")
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _grant(invitation.invited_by_id, user.pk, invitation.role, invitation.organisation_id, None)
    if invitation.supervisor_id:
        _tie(invitation.invited_by_id, invitation.supervisor_id, user.pk, None)
    ledger.record(user_id=user.pk, verb="people.invitation_accepted", subject=invitation)
    return invitation


@transaction.atomic
def set_account(*, actor: Actor, name: str, digest: str) -> User:
    """One's own name and wish for letters are as given."""
    person = User.objects.select_for_update().get(pk=actor.user_id)
    person.name, person.digest = name, digest
    person.save(update_fields=["name", "digest"])
    ledger.record(user_id=actor.user_id, verb="people.account_set", subject=person, digest=digest)
    return person


@transaction.atomic
def suspend(*, actor: Actor, user_id: UUID, reason: str) -> User:
    """The person can do nothing from this second on; their rows stay."""
    person = User.objects.select_for_update().get(pk=user_id)
    permissions.may_suspend(actor, person, _organisations_of(user_id)).require()
    person.suspended_at = timezone.now()
    person.save(update_fields=["suspended_at"])
    ledger.record(user_id=actor.user_id, verb="people.suspended", subject=person, reason=reason)
    return person


@transaction.atomic
def reinstate(*, actor: Actor, user_id: UUID) -> User:
    """The person can sign in again, with the roles they hold today."""
    person = User.objects.select_for_update().get(pk=user_id)
    permissions.may_suspend(actor, person, _organisations_of(user_id)).require()
    person.suspended_at = None
    person.save(update_fields=["suspended_at"])
    ledger.record(user_id=actor.user_id, verb="people.reinstated", subject=person)
    return person


def _organisations_of(user_id: UUID) -> frozenset[UUID]:
    rows = RoleGrant.objects.in_force().filter(user_id=user_id)
    return frozenset(rows.values_list("organisation_id", flat=True))
