"""What rooms above ask of this one: somebody may watch a clip; a film is kept until a day."""

import uuid
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class ViewingGrantQuerySet(models.QuerySet["ViewingGrant"]):
    """Which grants?"""

    def live(self, now: datetime | None = None) -> Self:
        """Keep those that have not run out."""
        return self.filter(until__gt=now or timezone.now())


class ViewingGrant(models.Model):
    """An external may watch this clip until then, as long as consent for it is in force."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clip = models.ForeignKey("media_review.Clip", models.CASCADE, related_name="viewing_grants")
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="viewing_grants"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="viewing_grants_given"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    objects = ViewingGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clip", "viewer"], name="one_grant_a_viewer"),
            models.CheckConstraint(
                condition=Q(until__gt=F("granted_at")), name="grant_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} may watch {self.clip_id} until {self.until:%Y-%m-%d}"


class HoldQuerySet(models.QuerySet["Hold"]):
    """Which holds?"""

    def live(self, on: date | None = None) -> Self:
        """Keep those that still bind on that day (today when none is given)."""
        return self.filter(until__gte=on or timezone.localdate())


class Hold(models.Model):
    """A room above is looking at this film: it is not tidied away before then.

    A hold never outlives consent: withdrawal locks and destroys whatever was held.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("media_review.Recording", models.CASCADE, related_name="holds")
    until = models.DateField()
    reason = models.CharField(max_length=200)
    placed_at = models.DateTimeField(default=timezone.now)

    objects = HoldQuerySet.as_manager()

    def __str__(self) -> str:
        return f"held until {self.until}: {self.reason}"
