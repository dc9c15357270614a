"""Who watched what: one row for one sitting of one person before one film."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.actor import Actor

IDLE = timedelta(minutes=5)


class ViewingQuerySet(models.QuerySet["Viewing"]):
    """Which viewings?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of one's own films, clips from them and keepsakes, whoever watched."""
        return self.filter(
            Q(recording__owner_id=actor.user_id)
            | Q(clip__recording__owner_id=actor.user_id)
            | Q(keepsake__owner_id=actor.user_id)
        )

    def open(self) -> Self:
        """Keep those that go on."""
        return self.filter(ended_at=None)

    def idle(self, now: datetime) -> Self:
        """Keep those that go on but of which nothing was heard for five minutes."""
        return self.open().filter(touched_at__lt=now - IDLE)


class Viewing(models.Model):
    """A person before a film: what the player said was played, and what was sent to it.

    `played` holds [from, until] pairs in milliseconds. `served` has a bit for each of the film's
    slices (see rules.SLICES) of which at least a part was sent, played or not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="viewings",
        null=True,
        help_text="nobody: the family, before its own keepsake",
    )
    film = models.ForeignKey("footage.Film", models.CASCADE, related_name="viewings")
    recording = models.ForeignKey(
        "media_review.Recording", models.SET_NULL, related_name="viewings", null=True, blank=True
    )
    clip = models.ForeignKey(
        "media_review.Clip", models.SET_NULL, related_name="viewings", null=True, blank=True
    )
    keepsake = models.ForeignKey(
        "media_review.Keepsake", models.SET_NULL, related_name="viewings", null=True, blank=True
    )
    opened_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    played = models.JSONField(default=list)
    served = models.BigIntegerField(default=0)

    objects = ViewingQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["viewer", "film"], condition=Q(ended_at=None), name="one_sitting_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["film"],
                condition=Q(ended_at=None, viewer=None),
                name="one_sitting_of_a_family",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("opened_at")),
                name="viewing_ends_after_it_opens",
            ),
        ]
        indexes = [models.Index(fields=["ended_at", "touched_at"])]

    def __str__(self) -> str:
        return f"{self.viewer_id or 'the family'} before film {self.film_id}"
