"""Frameworks and scales as rows: a body loads its own wording; a version never changes."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


class WordingQuerySet(models.QuerySet[Any]):
    """Which versions of a wording?"""

    def published(self) -> Self:
        """Keep those that pages may show."""
        return self.filter(published_at__isnull=False)

    def current(self, body_id: uuid.UUID | None = None) -> Self:
        """The body's newest published version first, then the house's own."""
        mine = models.Q(body=None) | models.Q(body_id=body_id) if body_id else models.Q(body=None)
        return self._nearest(mine)

    def current_for(self, user_id: uuid.UUID) -> Self:
        """The newest version of the body whose road this person walks first, then the house's."""
        follows = Following.objects.filter(user=user_id).values("body")
        return self._nearest(models.Q(body=None) | models.Q(body__in=follows))

    def _nearest(self, mine: models.Q) -> Self:
        nearest = models.F("body_id").desc(nulls_last=True)
        return self.published().filter(mine).order_by(nearest, "-published_at", "-version")


class Following(models.Model):
    """Whose words somebody learns with: written by the room that knows which road they walk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="following")
    body = models.ForeignKey("people.Organisation", models.PROTECT, related_name="followers")

    def __str__(self) -> str:
        return f"{self.user_id} learns with the words of {self.body}"


class Framework(ClusterableModel):
    """One version of a body's principles; once published its wording stays as it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="frameworks", null=True, blank=True
    )
    name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name", "version"], name="framework_version_once"
            ),
            models.UniqueConstraint(
                fields=["name", "version"],
                condition=models.Q(body=None),
                name="house_framework_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    def clean(self) -> None:
        """Refuse any edit of a version that is published."""
        if Framework.objects.published().filter(pk=self.pk).exists():
            raise ValidationError("This version is published. Make a new version to change it.")


class Principle(models.Model):
    """One principle of a framework: number, heading, glyph, hue, examples of what is seen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = ParentalKey(Framework, on_delete=models.CASCADE, related_name="principles")
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    short = models.CharField(max_length=40)
    glyph = models.CharField(max_length=4)
    examples = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="principle_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}"


class Scale(ClusterableModel):
    """One version of a body's scale to look at oneself with. For reflection: never summed up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="scales", null=True, blank=True
    )
    name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    about = models.TextField(
        max_length=1000,
        blank=True,
        help_text="Whose scale it is, and how to use it. Load only what you may use.",
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["body", "name", "version"], name="scale_version_once"),
            models.UniqueConstraint(
                fields=["name", "version"],
                condition=models.Q(body=None),
                name="house_scale_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    def clean(self) -> None:
        """Refuse any edit of a version that is published."""
        if Scale.objects.published().filter(pk=self.pk).exists():
            raise ValidationError("This version is published. Make a new version to change it.")


class ScaleStep(models.Model):
    """One step of a scale, with what it means in words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scale = ParentalKey(Scale, on_delete=models.CASCADE, related_name="steps")
    value = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80)

    class Meta:
        ordering = ["value"]
        constraints = [models.UniqueConstraint(fields=["scale", "value"], name="step_value_once")]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class ScaleItem(models.Model):
    """One thing to look at, perhaps within an area."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scale = ParentalKey(Scale, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["scale", "number"], name="item_number_once")]

    def __str__(self) -> str:
        return self.words
