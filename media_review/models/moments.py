"""Moments: what was seen, second by second, long before anybody thinks of a clip."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from media_review.kinds import Part, Turn, Who
from media_review.models.recordings import Recording
from people.actor import Actor


class MomentQuerySet(models.QuerySet["Moment"]):
    """Which moments? Every method narrows or enriches, and can be chained."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own: micro-analysis is the guider's own looking, and nobody else's."""
        return self.filter(recording__owner_id=actor.user_id)

    def for_lanes(self) -> Self:
        """Bring along what lanes and lines print, in a fixed number of queries."""
        return self.prefetch_related("principles").order_by("start_ms", "end_ms", "pk")


class Moment(models.Model):
    """A span of a recording with the principles seen in it. It is no clip and cuts nothing.

    The principles are rows of one version of a framework, so a moment keeps the wording it was
    tagged with. `version` counts its changes: who writes says which one they had read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey(Recording, models.CASCADE, related_name="moments")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    who = models.CharField(max_length=8, choices=Who.choices, default=Who.BOTH)
    turn = models.CharField(
        max_length=8,
        choices=Turn.choices,
        blank=True,
        help_text="in a shared-review film: what the guider does in it",
    )
    note = models.TextField(max_length=2000, blank=True)
    principles = models.ManyToManyField("attunement.Principle", related_name="moments", blank=True)
    about = models.ForeignKey(
        "media_review.Clip",
        models.SET_NULL,
        related_name="moments_about",
        null=True,
        blank=True,
        help_text="in a shared-review film: the clip that was on the screen",
    )
    version = models.PositiveIntegerField(default=1)
    marked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = MomentQuerySet.as_manager()

    class Meta:
        ordering = ["start_ms", "end_ms"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_ms__gt=F("start_ms")), name="moment_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["recording", "start_ms"])]

    def __str__(self) -> str:
        return f"moment at {self.start_ms} ms"

    @property
    def length_ms(self) -> int:
        """How long it lasts."""
        return self.end_ms - self.start_ms


class ChainQuerySet(models.QuerySet["Chain"]):
    """Which chains?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own."""
        return self.filter(recording__owner_id=actor.user_id)


class Chain(models.Model):
    """Moments that answer each other, in order: a yes-cycle, played as one.

    `version` counts its changes, as a moment's does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey(Recording, models.CASCADE, related_name="chains")
    title = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ChainQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.title or f"yes-cycle {str(self.pk)[:8]}"


class ChainLink(models.Model):
    """A moment in its place within a chain: initiative, reception or turn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.ForeignKey(Chain, models.CASCADE, related_name="links")
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="links")
    part = models.CharField(max_length=10, choices=Part.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="one_link_a_place"),
            models.UniqueConstraint(fields=["chain", "moment"], name="moment_once_a_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.get_part_display()}"


class StillQuerySet(models.QuerySet["Still"]):
    """Which stills?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own."""
        return self.filter(recording__owner_id=actor.user_id)

    def watchable_by(self, actor: Actor, now: datetime | None = None) -> Self:
        """Keep those whose picture this person may see now: those of films they may watch."""
        return self.filter(recording__in=Recording.objects.watchable_by(actor, now))

    def of_guiders_here(self, now: datetime | None = None) -> Self:
        """Keep those whose guider's account is open, with a role of today that may send film."""
        return self.filter(recording__in=Recording.objects.of_guiders_here(now))


class Still(models.Model):
    """One frame of a recording kept as a picture, sealed in a film of its own like a clip."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey(Recording, models.CASCADE, related_name="stills")
    at_ms = models.PositiveIntegerField()
    title = models.CharField(max_length=120, blank=True)
    film = models.OneToOneField(
        "footage.Film", models.SET_NULL, related_name="still", null=True, blank=True
    )
    kept_at = models.DateTimeField(default=timezone.now)

    objects = StillQuerySet.as_manager()

    class Meta:
        ordering = ["at_ms"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "at_ms"], name="frame_once_a_recording")
        ]

    def __str__(self) -> str:
        return self.title or f"still at {self.at_ms} ms"

    def get_absolute_url(self) -> str:
        """The still in its workbench."""
        return f"{self.recording.get_absolute_url()}#still-{self.pk}"
