"""Stage meetings and what was decided in them."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accreditation.kinds import Medium, MeetingKind, Outcome
from accreditation.models.enrolment import EnrolledStage
from accreditation.states import MeetingState
from people.actor import Actor
from people.kinds import Capability


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Which meetings?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own as trainee or external, one's supervisees', and one's body's."""
        bodies = actor.organisations_where(Capability.ARRANGE_MEETINGS)
        return self.filter(
            Q(external_id=actor.user_id)
            | Q(enrolled_stage__enrolment__trainee_id=actor.user_id)
            | Q(enrolled_stage__enrolment__trainee_id__in=actor.supervisee_ids)
            | Q(enrolled_stage__enrolment__pathway__body_id__in=bodies)
        )


class Meeting(models.Model):
    """The meeting at a stage's end with a supervisor from outside, who decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolled_stage = models.ForeignKey(EnrolledStage, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=16, choices=MeetingKind.choices)
    external = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="meetings_as_external"
    )
    planned_for = models.DateTimeField()
    medium = models.CharField(max_length=10, choices=Medium.choices, default=Medium.REMOTE)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in MeetingState],
        default=MeetingState.PLANNED.value,
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="meetings_planned"
    )
    planned_at = models.DateTimeField(default=timezone.now)
    place = models.CharField(max_length=200, blank=True)
    cancelled_why = models.TextField(blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["planned_for"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolled_stage"],
                condition=Q(state="planned"),
                name="one_planned_meeting_a_stage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.planned_for:%d %B %Y}"

    def get_absolute_url(self) -> str:
        """Where the meeting is read and decided."""
        return reverse("accreditation:meeting", args=[self.pk])


class Decision(models.Model):
    """What the external supervisor decided, with the counts of that day frozen beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    words = models.TextField()
    working_points = models.TextField(blank=True)
    held_on = models.DateField(default=timezone.localdate)
    snapshot = models.JSONField(default=dict)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stage_decisions"
    )
    decided_at = models.DateTimeField(default=timezone.now)
    exception = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="decision_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.held_on}"
