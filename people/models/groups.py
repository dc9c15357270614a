"""Intervision groups: peers who look at each other's clips, from one day until another."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from people.actor import Actor
from people.kinds import Capability
from people.models.people import DatedQuerySet, Organisation


class GroupQuerySet(DatedQuerySet):
    """Which groups?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those one belongs to today, those one leads, and those of places one runs."""
        mine = GroupMember.objects.belonging(actor.user_id).filter(group=OuterRef("pk"))
        leads = actor.organisations_where(Capability.SUPERVISE)
        runs = actor.organisations_where(Capability.INVITE)
        led = Q(led_by_id=actor.user_id, organisation_id__in=leads | runs)
        return self.filter(Q(Exists(mine)) | led | Q(organisation_id__in=runs))

    def of_member(self, user_id: uuid.UUID | None, today: date | None = None) -> Self:
        """Keep the groups this person belongs to today."""
        mine = GroupMember.objects.belonging(user_id, today).filter(group=OuterRef("pk"))
        return self.filter(Exists(mine))


class Group(models.Model):
    """A named group of peers. Whoever leads it belongs to it only if they are a member too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="groups")
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="groups_led")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="ended before the day was out")

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="group_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(until__isnull=False), name="ended_group_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Who belongs to it."""
        return reverse("people:group", args=[self.pk])


class GroupMemberQuerySet(DatedQuerySet):
    """Which memberships?"""

    def belonging(self, user_id: uuid.UUID | None, today: date | None = None) -> Self:
        """Keep this person's memberships of today, in groups that have begun and not ended.

        Also in SQL about an outer row: an `OuterRef` or `F` does as well as an id.
        """
        today = today or timezone.localdate()
        groups = Group.objects.holding(today)
        return self.holding(today).filter(user=user_id, group__in=groups.values("pk"))


class GroupMember(models.Model):
    """Somebody belongs to a group from one day until another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="group_memberships"
    )
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="ended before the day was out")

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"], condition=Q(until=None), name="member_is_open_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="member_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(until__isnull=False), name="ended_member_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.group}"
