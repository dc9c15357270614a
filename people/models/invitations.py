"""Invitations, and words that nobody has finished."""

import secrets
import uuid
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.actor import Actor
from people.kinds import Capability, Role
from people.models.people import Organisation, User


def _token() -> str:
    return secrets.token_urlsafe(32)


def _a_fortnight_on() -> Any:
    return timezone.now() + timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those one wrote, and those to the organisations whose training one runs."""
        places = actor.organisations_where(Capability.INVITE)
        return self.filter(Q(invited_by_id=actor.user_id) | Q(organisation_id__in=places))

    def waiting(self) -> Self:
        """Keep those that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A letter that sets role, organisation, supervisor, pathway and cohort in one click.

    `pathway_id` and `cohort_id` are written by the rooms above that own those things.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=64, unique=True, default=_token, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=24, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    supervisor = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="invitations_to_be_supervised"
    )
    pathway_id = models.UUIDField(null=True, blank=True)
    cohort_id = models.UUIDField(null=True, blank=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="invitations_sent")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_a_fortnight_on)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return f"{self.name} as {self.get_role_display()} at {self.organisation}"


class Draft(models.Model):
    """What somebody has typed and not yet saved: one row a person and form."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_a_form")]

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"
