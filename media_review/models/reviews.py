"""Shared reviews as they happened, what was on the screen when, and films prepared for them."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from media_review.kinds import Wiped
from people.actor import Actor


class OwnQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Which reviews or preparations?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own."""
        return self.filter(owner_id=actor.user_id)


class ReviewRun(models.Model):
    """One shared review: when it began and ended.

    `film` is the recording of the review itself; its millisecond `film_at_ms` is the one in which
    the first showing began, and so every showing has its place in that film.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    storyboard = models.ForeignKey(
        "media_review.Storyboard", models.SET_NULL, related_name="runs", null=True, blank=True
    )
    case = models.ForeignKey("caselogs.Case", models.PROTECT, related_name="review_runs")
    cycle = models.ForeignKey(
        "caselogs.Cycle", models.PROTECT, related_name="review_runs", null=True, blank=True
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_runs")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    logged_at = models.DateTimeField(null=True, blank=True, help_text="when it went into the cycle")
    film = models.OneToOneField(
        "media_review.Recording", models.SET_NULL, related_name="review_run", null=True, blank=True
    )
    film_at_ms = models.PositiveIntegerField(null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="review_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"shared review of {timezone.localdate(self.started_at)}"

    def get_absolute_url(self) -> str:
        """What was shown when, and the way into the case log."""
        return reverse("media_review:review-run", args=[self.pk])


class Showing(models.Model):
    """A clip or still on the screen; its times count from the start of the review."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ReviewRun, models.CASCADE, related_name="showings")
    clip = models.ForeignKey(
        "media_review.Clip", models.SET_NULL, related_name="showings", null=True, blank=True
    )
    still = models.ForeignKey(
        "media_review.Still", models.SET_NULL, related_name="showings", null=True, blank=True
    )
    from_ms = models.PositiveIntegerField()
    until_ms = models.PositiveIntegerField()

    class Meta:
        ordering = ["from_ms"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_ms__gt=F("from_ms")), name="showing_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["run", "from_ms"], name="one_showing_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.from_ms} to {self.until_ms} ms"


class PreparationQuerySet(OwnQuerySet):
    """Which preparations?"""

    def open(self, now: datetime | None = None) -> Self:
        """Keep those that a browser may still hold."""
        return self.filter(wiped_at=None, until__gt=now or timezone.now())


class Preparation(models.Model):
    """A storyboard's films lie sealed in one browser until this moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    storyboard = models.ForeignKey(
        "media_review.Storyboard", models.CASCADE, related_name="preparations"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="preparations")
    prepared_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    wiped_at = models.DateTimeField(null=True, blank=True)
    why_wiped = models.CharField(max_length=10, choices=Wiped.choices, blank=True)

    objects = PreparationQuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("prepared_at")), name="prepared_for_some_time"
            )
        ]

    def __str__(self) -> str:
        return f"prepared until {self.until}"
