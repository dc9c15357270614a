"""Frameworks of principles as rows: a body loads its own wording; a version never changes."""

import uuid

from django.db import models


class Framework(models.Model):
    """One version of a body's principles; once published its wording stays as it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="frameworks", null=True, blank=True
    )
    name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name", "version"], name="framework_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class Principle(models.Model):
    """One principle of a framework: number, heading, glyph, hue, examples of what is seen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="principles")
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
