"""Invitations: role, organisation, pathway, supervisor and cohort in one letter and one click."""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accreditation import permissions
from accreditation.models import Pathway
from accreditation.services.enrolments import begin
from learning.services import join_cohort
from ledger import services as ledger
from notices import services as notices
from people import services as people
from people.actor import Actor
from people.errors import RuleBroken
from people.kinds import Capability, OrganisationKind, Role
from people.models import Invitation, Organisation, User
from people.queries import actor_for

USED_UP = "This invitation is no longer open. Please ask for a new one."


@transaction.atomic
def invite(
    *,
    actor: Actor,
    organisation_id: UUID,
    email: str,
    name: str,
    role: str = Role.TRAINEE,
    pathway_id: UUID | None = None,
    supervisor_id: UUID | None = None,
    cohort_id: UUID | None = None,
) -> Invitation:
    """The letter is on its way; one click will set everything it names."""
    if pathway_id:
        permissions.may_enrol(actor, Pathway.objects.get(pk=pathway_id)).require()
    if not actor.can(Capability.INVITE, organisation_id):
        _require_service(organisation_id)
    if supervisor_id:
        _require_supervisor(supervisor_id)
    invitation = people.invite(
        actor=actor,
        organisation_id=organisation_id,
        email=User.objects.normalize_email(email).lower(),
        name=name,
        role=role,
        pathway_id=pathway_id,
        supervisor_id=supervisor_id,
        cohort_id=cohort_id,
    )
    notices.post_to_address(
        email=invitation.email,
        name=name,
        kind="accreditation.invitation",
        key=str(invitation.pk),
        path=reverse("accreditation:welcome", args=[invitation.token]),
        by=actor.name,
        role=invitation.get_role_display(),
        organisation=invitation.organisation.name,
        until=f"{timezone.localdate(invitation.expires_at):%-d %B}",
    )
    return invitation


def _require_service(organisation_id: UUID) -> None:
    """A body may name the service that a trainee works for, never another body."""
    if Organisation.objects.get(pk=organisation_id).kind != OrganisationKind.SERVICE:
        raise PermissionDenied("Only somebody who runs this organisation can invite people to it.")


def _require_supervisor(supervisor_id: UUID) -> None:
    person = User.objects.get(pk=supervisor_id)
    if not actor_for(person).can(Capability.SUPERVISE):
        raise RuleBroken(f"{person.name} is not a supervisor today.")


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation_id: UUID) -> Invitation:
    """The letter opens nothing any more."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    people.permissions.may_withdraw_invitation(actor, invitation).require()
    if invitation.accepted_at:
        raise RuleBroken("This invitation has been accepted, so it cannot be taken back.")
    invitation.withdrawn_at = invitation.withdrawn_at or timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    ledger.record(
        user_id=actor.user_id, verb="accreditation.invitation_withdrawn", subject=invitation
    )
    return invitation


@transaction.atomic
def accept_as_new(*, token: str, name: str, password: str) -> User:
    """A new person, whose address counts as verified, with everything the letter named."""
    invitation = _open(token)
    user = User(email=invitation.email, name=name.strip() or invitation.name)
    _require_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        raise RuleBroken(
            "There is an account with this address already. Please sign in first."
        ) from None
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    _settle(invitation, user)
    return user


@transaction.atomic
def accept_as_known(*, token: str, user: User) -> User:
    """Somebody with an account has everything the letter named besides what they had."""
    invitation = _open(token)
    if user.email.lower() != invitation.email.lower():
        raise RuleBroken(f"This invitation is for {invitation.email}.")
    _settle(invitation, user)
    return user


def _open(token: str) -> Invitation:
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(token=token)
        .first()
    )
    if found is None or found.withdrawn_at or found.expires_at < timezone.now():
        raise RuleBroken(USED_UP)
    if found.accepted_at:
        raise RuleBroken("This invitation has been used already. You can sign in.")
    return found


def _require_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise RuleBroken(" ".join(weak.messages)) from None


def _settle(invitation: Invitation, user: User) -> None:
    people.accept(user=user, invitation_id=invitation.pk)
    if invitation.pathway_id:
        _begin(invitation, user)
    if invitation.cohort_id:
        join_cohort(cohort_id=invitation.cohort_id, user_id=user.pk, by_id=invitation.invited_by_id)
    _tell(invitation, user)


def _begin(invitation: Invitation, user: User) -> None:
    pathway = Pathway.objects.select_for_update().get(pk=invitation.pathway_id)
    if user.enrolments.filter(pathway=pathway, ended_on=None).exists():
        return
    employed = invitation.organisation.kind != OrganisationKind.BODY
    begin(
        by_id=invitation.invited_by_id,
        trainee_id=user.pk,
        pathway=pathway,
        organisation_id=invitation.organisation_id if employed else None,
        on=timezone.localdate(),
    )


def _tell(invitation: Invitation, user: User) -> None:
    facts: dict[str, Any] = {"name": user.name, "role": invitation.get_role_display()}
    told = {invitation.invited_by_id, invitation.supervisor_id} - {None}
    for to_id in told:
        notices.post(
            to_id=to_id,
            kind="accreditation.invitation_accepted",
            key=str(invitation.pk),
            path=reverse("accreditation:practice"),
            yours=to_id == invitation.supervisor_id,
            **facts,
        )
