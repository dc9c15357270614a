"""Enrolments: a trainee on a pathway, stage by stage."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accreditation.models.pathway import Pathway, Stage
from accreditation.states import MeetingState, StageState
from people.actor import Actor
from people.kinds import Capability


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Which enrolments?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own, one's supervisees', one's body's, and those one meets as an external."""
        bodies = actor.organisations_where(Capability.ARRANGE_MEETINGS)
        mine = EnrolledStage.objects.filter(
            meetings__external_id=actor.user_id,
            meetings__state__in=[MeetingState.PLANNED, MeetingState.DECIDED],
        )
        return self.filter(
            Q(trainee_id=actor.user_id)
            | Q(trainee_id__in=actor.supervisee_ids)
            | Q(pathway__body_id__in=bodies)
            | Q(pk__in=mine.values("enrolment_id"))
        )

    def under_way(self) -> Self:
        """Keep those still walked."""
        return self.filter(ended_on=None, accredited_on=None)


class Enrolment(models.Model):
    """A trainee on a pathway, pinned to the version of the day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    pathway = models.ForeignKey(Pathway, models.PROTECT, related_name="enrolments")
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="enrolments", null=True, blank=True
    )
    enrolled_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)
    accredited_on = models.DateField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-enrolled_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "pathway"], condition=Q(ended_on=None), name="enrolled_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.trainee} on {self.pathway}"

    def get_absolute_url(self) -> str:
        """Where the trainee's road is read."""
        return reverse("accreditation:enrolment", args=[self.pk])


class EnrolledStageQuerySet(models.QuerySet["EnrolledStage"]):
    """Which stages of which trainees?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the enrolments one may see."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(actor).values("pk"))

    def under_way(self) -> Self:
        """Keep those not yet closed."""
        return self.exclude(state=StageState.CLOSED)


class EnrolledStage(models.Model):
    """A trainee in one stage: open from one day until it closed, with the counts of that day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="stages")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="enrolled")
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in StageState],
        default=StageState.OPEN.value,
    )
    opened_on = models.DateField(default=timezone.localdate)
    closed_on = models.DateField(null=True, blank=True)
    reflection = models.TextField(blank=True)
    reflection_shared_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolledStageQuerySet.as_manager()

    class Meta:
        ordering = ["stage__number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "stage"], name="in_a_stage_once"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(closed_on=None), name="one_open_stage"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="stage_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.trainee_id} in {self.stage}"
