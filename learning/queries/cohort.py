"""A cohort at a glance: who is where, who was there; the same few queries for 3 or 300 people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from learning.models import Attendance, Cohort, CohortDay, CohortMember
from learning.queries.outline import CourseProgress, progress_of_many
from people.kinds import CAPABILITIES, Capability, Role
from people.queries import with_role


@dataclass(frozen=True, slots=True)
class Presence:
    """One square of the register: a session, and whether the person was there."""

    day_id: UUID
    number: int
    held_on: date
    attended: bool | None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody in the cohort: where they are in the course and when they were there."""

    id: UUID
    name: str
    progress: CourseProgress
    presences: tuple[Presence, ...]

    @property
    def attended_all(self) -> bool:
        """True when the trainer saw them at every session."""
        return bool(self.presences) and all(presence.attended for presence in self.presences)


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A session of the cohort, for the head of the register."""

    id: UUID
    number: int
    held_on: date


@dataclass(frozen=True, slots=True)
class CohortView:
    """All a trainer's page prints."""

    cohort: Cohort
    days: tuple[CohortLine, ...]
    members: tuple[MemberLine, ...]


def cohort_view(cohort: Cohort) -> CohortView:
    """The cohort with its register, in eight queries however many people there are."""
    days = tuple(
        CohortLine(*row)
        for row in CohortDay.objects.filter(cohort=cohort).values_list("pk", "number", "held_on")
    )
    return CohortView(cohort, days, members_of(cohort, days))


def who_could_join(cohort: Cohort) -> Any:
    """People of this organisation who may take the course and are not in the cohort, by name."""
    roles = [role for role in Role if Capability.TAKE_COURSE in CAPABILITIES[role]]
    here = CohortMember.objects.filter(cohort=cohort).values("user_id")
    return with_role(roles, cohort.organisation_id).exclude(pk__in=here)


def members_of(cohort: Cohort, days: Iterable[CohortLine]) -> tuple[MemberLine, ...]:
    """Everybody in the cohort by name."""
    rows = list(
        CohortMember.objects.filter(cohort=cohort)
        .order_by("user__name", "pk")
        .values_list("pk", "user_id", "user__name")
    )
    progress = progress_of_many([user_id for _, user_id, _ in rows], cohort.course_id)
    marks = {
        (member_id, day_id): attended
        for member_id, day_id, attended in Attendance.objects.filter(
            member__cohort=cohort
        ).values_list("member_id", "day_id", "attended")
    }
    return tuple(
        MemberLine(
            pk,
            name,
            progress[user_id],
            tuple(
                Presence(day.id, day.number, day.held_on, marks.get((pk, day.id))) for day in days
            ),
        )
        for pk, user_id, name in rows
        if user_id in progress
    )


def finished_course(user_ids: Iterable[UUID]) -> set[UUID]:
    """Who of these attended every session of one cohort: the course "attended in full"."""
    here = Count("attendances", filter=Q(attendances__attended=True), distinct=True)
    members = CohortMember.objects.filter(user_id__in=list(user_ids)).annotate(
        there=here, sessions=Count("cohort__days", distinct=True)
    )
    return set(
        members.filter(sessions__gt=0, there=F("sessions")).values_list("user_id", flat=True)
    )
