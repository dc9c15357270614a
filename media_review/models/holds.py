"""A film kept for safeguarding: asked for by one person, confirmed by a second."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from media_review.kinds import Basis, Wish
from media_review.states import BINDING, HoldState
from people.actor import Actor
from people.kinds import Capability


def keeping_read_by(actor: Actor, to: str = "") -> Q:
    """One's own films, a supervisee's of today, and those of a service whose manager one is.

    `to` leads from the rows asked for to their recording.
    """
    places = actor.organisations_where(Capability.SEE_HOLDINGS)
    return (
        Q(**{f"{to}owner_id": actor.user_id})
        | Q(**{f"{to}owner_id__in": actor.supervisee_ids})
        | Q(**{f"{to}case__organisation_id__in": places})
    )


class SafeguardingHoldQuerySet(models.QuerySet["SafeguardingHold"]):
    """Which holds?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those on films whose keeping this person may read."""
        return self.filter(keeping_read_by(actor, "recording__"))

    def binding(self, now: datetime | None = None) -> Self:
        """Keep those that stop every destruction at this moment, a withdrawal's too."""
        return self.open().filter(binds_until__gt=now or timezone.now())

    def open(self) -> Self:
        """Keep those that have not ended, even if their moment has just passed."""
        return self.filter(state__in=BINDING)


class SafeguardingHold(models.Model):
    """The film of a recording is not destroyed before `binds_until`, whatever else happens.

    Nobody may watch it for that reason: consent alone opens a film.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey(
        "media_review.Recording", models.PROTECT, related_name="safeguarding_holds"
    )
    state = models.CharField(max_length=12, choices=HoldState.choices, default=HoldState.ASKED)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    reason = models.CharField(max_length=300)
    until = models.DateField(help_text="the last day asked for, or confirmed")
    binds_until = models.DateTimeField(help_text="nothing is destroyed before this moment")
    asked_at = models.DateTimeField(default=timezone.now)
    family_told_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SafeguardingHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["recording"],
                condition=Q(state__in=BINDING),
                name="one_open_hold_a_recording",
            ),
            models.CheckConstraint(
                condition=Q(state__in=BINDING, ended_at=None)
                | (~Q(state__in=BINDING) & Q(ended_at__isnull=False)),
                name="an_ended_hold_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "binds_until"])]

    def __str__(self) -> str:
        return f"safeguarding hold until {self.until} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        """Where the hold is read: beside its film."""
        return reverse("media_review:recording-keeping", args=[self.recording_id])


class HoldWish(models.Model):
    """One person asks, a second confirms; the row is the proof that they were two."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hold = models.ForeignKey(SafeguardingHold, models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=8, choices=Wish.choices)
    words = models.CharField(max_length=300)
    until = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hold_wishes"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="hold_wishes_confirmed",
        null=True,
        blank=True,
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="a_hold_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(closed_at__isnull=False),
                name="a_confirmed_wish_is_closed",
            ),
            models.UniqueConstraint(
                fields=["hold"], condition=Q(closed_at=None), name="one_open_wish_a_hold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, asked by {self.asked_by_id}"
