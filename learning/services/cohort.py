"""Cohorts: opened by a trainer, joined by people, and a register of who was there."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from learning import permissions
from learning.kinds import SESSIONS, CourseFormat
from learning.models import Attendance, Cohort, CohortDay, CohortMember
from ledger import services as ledger
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def open_cohort(
    *,
    actor: Actor,
    course_id: int,
    organisation_id: UUID,
    name: str,
    starts_on: date,
    format: str = CourseFormat.TWO_DAYS,
) -> Cohort:
    """A cohort with a session for each day or half-day, one a day at first. Raises RuleBroken."""
    permissions.may_run(actor, organisation_id).require()
    if Cohort.objects.filter(organisation_id=organisation_id, name=name).exists():
        raise RuleBroken("There is a cohort of this name already. Give this one another name.")
    cohort = Cohort.objects.create(
        course_id=course_id,
        organisation_id=organisation_id,
        trainer_id=actor.user_id,
        name=name,
        format=format,
        starts_on=starts_on,
    )
    CohortDay.objects.bulk_create(
        CohortDay(cohort=cohort, number=number + 1, held_on=starts_on + timedelta(days=number))
        for number in range(SESSIONS[format])
    )
    ledger.record(user_id=actor.user_id, verb="learning.cohort_opened", subject=cohort)
    return cohort


@transaction.atomic
def join_cohort(*, cohort_id: UUID, user_id: UUID, by_id: UUID | None = None) -> CohortMember:
    """The person is in the cohort, once. The room above asks who may bring whom."""
    member, made = CohortMember.objects.get_or_create(cohort_id=cohort_id, user_id=user_id)
    if made:
        ledger.record(
            user_id=by_id or user_id, verb="learning.cohort_joined", subject=member, who=user_id
        )
    return member


@transaction.atomic
def mark_attendance(*, actor: Actor, day_id: UUID, member_id: UUID, attended: bool) -> Attendance:
    """The register says whether the person was there; the last mark counts."""
    day = CohortDay.objects.select_related("cohort").get(pk=day_id)
    permissions.may_run(actor, day.cohort.organisation_id).require()
    if not CohortMember.objects.filter(pk=member_id, cohort_id=day.cohort_id).exists():
        raise RuleBroken("This person is not in this cohort.")
    if attended and day.held_on > timezone.localdate():
        raise RuleBroken("This session has not been held yet. You can mark it on the day.")
    mark, _ = Attendance.objects.update_or_create(
        day_id=day_id,
        member_id=member_id,
        defaults={
            "attended": attended,
            "marked_by_id": actor.user_id,
            "marked_at": timezone.now(),
        },
    )
    ledger.record(
        user_id=actor.user_id,
        verb="learning.attendance_marked",
        subject=mark,
        session=day.number,
        attended=attended,
    )
    return mark
