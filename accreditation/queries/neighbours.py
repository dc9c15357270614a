"""What lower rooms know that counts here: cycles from the case log, the course from learning."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from accreditation.rules import CycleRow
from caselogs.queries import cycles_for
from learning.models import Cohort
from learning.queries import finished_course


def course_attended(user_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these people attended the initial training course in full."""
    return set(finished_course(list(user_ids)))


def cycles_of(guider_ids: Iterable[UUID]) -> dict[UUID, list[CycleRow]]:
    """Every cycle of these people, by person and review date, in two queries."""
    found: dict[UUID, list[CycleRow]] = defaultdict(list)
    for row in cycles_for(list(guider_ids)):
        found[row.guider_id].append(
            CycleRow(
                row.id,
                row.case_id,
                row.case_code,
                row.number,
                row.filmed_on,
                row.reviewed_on,
                row.counts,
                row.reason,
            )
        )
    return found


def cohorts_of(organisation_ids: Iterable[UUID]) -> list[tuple[str, str]]:
    """The course groups of these organisations, newest first."""
    rows = Cohort.objects.filter(organisation_id__in=list(organisation_ids))
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
