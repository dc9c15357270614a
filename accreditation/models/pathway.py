"""Pathways: a body's road to accreditation, as versioned rows."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accreditation.kinds import Measure, MeetingKind
from people.actor import Actor
from people.kinds import Capability


class PathwayQuerySet(models.QuerySet["Pathway"]):
    """Which pathways?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the bodies one edits pathways or arranges training for."""
        bodies = actor.organisations_where(Capability.EDIT_PATHWAYS)
        return self.filter(body_id__in=bodies | actor.organisations_where(Capability.INVITE))

    def offered(self) -> Self:
        """Keep those that somebody new may be enrolled on."""
        return self.filter(retired_at=None)


class Pathway(models.Model):
    """One version of a body's road to accreditation; once somebody walks it, it never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey("people.Organisation", models.PROTECT, related_name="pathways")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    award_title = models.CharField(max_length=120)
    stage_word = models.CharField(max_length=20, default="Stage")
    practitioner_word = models.CharField(max_length=20, default="guider")
    external_may_return = models.BooleanField(default=True)
    used_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = PathwayQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["body", "code", "version"], name="pathway_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    def get_absolute_url(self) -> str:
        """Where the pathway is read."""
        return reverse("accreditation:pathway", args=[self.pk])


class Stage(models.Model):
    """One stretch of a pathway and the meeting that closes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    closing_meeting = models.CharField(max_length=16, choices=MeetingKind.choices)
    meeting_minutes = models.PositiveSmallIntegerField(default=60)
    reflection_days_before = models.PositiveSmallIntegerField(default=0)
    indicative_months = models.PositiveSmallIntegerField(default=6)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["pathway", "number"], name="stage_number_once")
        ]

    def __str__(self) -> str:
        return self.label


class Requirement(models.Model):
    """What a stage asks for: a measure, a number, and other ways that are accepted.

    `alternatives` is a list of accepted ways, each {"count": n, "minutes": each}: 8 x 60 or 6 x 90
    (domain.md: the ways are not equal in minutes, so each is a way of its own).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=20, choices=Measure.choices)
    minimum = models.PositiveIntegerField()
    minutes_each = models.PositiveSmallIntegerField(default=0)
    alternatives = models.JSONField(default=list, blank=True)
    label = models.CharField(max_length=120)
    rule = models.TextField(help_text="How it is counted, in words for the trainee.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="requirement_place_once"),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="requirement_asks_something"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.minimum}"
