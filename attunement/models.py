"""Frameworks of principles as rows: a body loads its own wording; a version never changes."""

import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


class FrameworkQuerySet(models.QuerySet["Framework"]):
    """Which frameworks?"""

    def published(self) -> Self:
        """Keep those that pages may show."""
        return self.filter(published_at__isnull=False)

    def current(self, body_id: uuid.UUID | None = None) -> Self:
        """The body's newest published version first, then the house's own."""
        mine = models.Q(body=None) | models.Q(body_id=body_id) if body_id else models.Q(body=None)
        nearest = models.F("body_id").desc(nulls_last=True)
        return self.published().filter(mine).order_by(nearest, "-published_at", "-version")


class Framework(ClusterableModel):
    """One version of a body's principles; once published its wording stays as it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="frameworks", null=True, blank=True
    )
    name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = FrameworkQuerySet.as_manager()

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
