"""Storyboards: two or three clips and stills in order, each with its question for the parent."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.actor import Actor


class StoryboardQuerySet(models.QuerySet["Storyboard"]):
    """Which storyboards?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own: what a guider plans to ask is theirs."""
        return self.filter(owner_id=actor.user_id)


class Storyboard(models.Model):
    """What is shown in one shared review, and what is asked first. One a cycle.

    `version` counts its changes: who writes says which one they had read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("caselogs.Case", models.PROTECT, related_name="storyboards")
    cycle = models.OneToOneField(
        "caselogs.Cycle", models.PROTECT, related_name="storyboard", null=True, blank=True
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="storyboards")
    opening = models.TextField(max_length=600, blank=True, help_text="what will you ask first")
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = StoryboardQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(cycle=None), name="one_board_a_case_without_cycle"
            )
        ]

    def __str__(self) -> str:
        return f"storyboard of {self.cycle or self.case}"

    def get_absolute_url(self) -> str:
        """Where it is put in order."""
        return reverse("media_review:storyboard", args=[self.pk])


class StoryboardItem(models.Model):
    """A clip or a still in its place, with the question that goes with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    storyboard = models.ForeignKey(Storyboard, models.CASCADE, related_name="items")
    clip = models.ForeignKey(
        "media_review.Clip", models.CASCADE, related_name="board_items", null=True, blank=True
    )
    still = models.ForeignKey(
        "media_review.Still", models.CASCADE, related_name="board_items", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField()
    question = models.TextField(max_length=600, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(clip=None, still__isnull=False) | Q(clip__isnull=False, still=None),
                name="board_item_is_clip_or_still",
            ),
            models.UniqueConstraint(fields=["storyboard", "position"], name="one_item_a_place"),
            models.UniqueConstraint(fields=["storyboard", "clip"], name="clip_once_a_board"),
            models.UniqueConstraint(fields=["storyboard", "still"], name="still_once_a_board"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.key}"

    @property
    def key(self) -> str:
        """What it shows, as pages name it."""
        return f"clip:{self.clip_id}" if self.clip_id else f"still:{self.still_id}"
