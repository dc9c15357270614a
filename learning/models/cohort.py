"""People who take the course together, and who was there on which day."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from learning.kinds import CourseFormat
from learning.models.page import CoursePage
from people.actor import Actor
from people.kinds import Capability
from people.models import Organisation


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Which cohorts?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the cohorts of organisations whose course this person runs."""
        return self.filter(organisation_id__in=actor.organisations_where(Capability.RUN_COHORT))

    def for_list(self) -> Self:
        """Bring along what a line of the list prints, in one query."""
        return self.select_related("organisation", "trainer").annotate(
            people=models.Count("members", distinct=True)
        )


class Cohort(models.Model):
    """A group that takes the course together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(CoursePage, models.PROTECT, related_name="cohorts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cohorts")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    format = models.CharField(
        max_length=20, choices=CourseFormat.choices, default=CourseFormat.TWO_DAYS
    )
    starts_on = models.DateField()

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="cohort_name_is_its_own")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The trainer's page of this cohort."""
        return reverse("learning:cohort", args=[self.pk])


class CohortDay(models.Model):
    """One session of a cohort: a day or half a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="cohort_day_number_once")
        ]

    def __str__(self) -> str:
        return f"Session {self.number} of {self.cohort_id}"


class CohortMember(models.Model):
    """Somebody takes the course in this cohort."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="cohort_memberships"
    )
    joined_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "user"], name="in_a_cohort_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.cohort_id}"


class Attendance(models.Model):
    """The trainer says whether somebody was there. Attendance is not accreditation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.ForeignKey(CohortDay, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(CohortMember, models.CASCADE, related_name="attendances")
    attended = models.BooleanField(default=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "member"], name="attendance_is_marked_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.day_id}: {self.attended}"
