"""What lower rooms know that counts here: cycles from the case log, the course from learning."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from accreditation.rules import CycleRow
from caselogs.queries import cycles_for

try:
    from learning.queries import finished_course
except ImportError:

    def finished_course(user_ids: Iterable[UUID]) -> set[UUID]:
        """Nobody, while there is no learning room."""
        return set()


try:
    from learning.services import join_cohort
except ImportError:

    def join_cohort(*, cohort_id: UUID, user_id: UUID, by_id: UUID | None = None) -> None:
        """Nothing, while there is no learning room."""


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
