"""The working points a guider carries: for the next question, and for the supervision hour."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from media_review.models import WorkingPoint


@dataclass(frozen=True, slots=True)
class CarriedPoint:
    """One working point: “more of” these words, since when, and out of which conversation."""

    id: UUID
    words: str
    taken_on: date
    submission_id: UUID
    given_by: str
    celebrated_on: date | None = None
    let_go_on: date | None = None

    @property
    def url(self) -> str:
        """The conversation it was taken from."""
        return reverse("media_review:submission", args=[self.submission_id])


def open_points(trainee_id: UUID) -> tuple[CarriedPoint, ...]:
    """What this guider carries now, the oldest first, in one query.

    Who asks has to be the guider, or whoever supervises them today: that is for the caller.
    """
    return _listed(WorkingPoint.objects.open().filter(trainee=trainee_id))


def celebrated_points(trainee_id: UUID, most: int = 50) -> tuple[CarriedPoint, ...]:
    """What this guider carried and has seen happen, the latest first, in one query."""
    rows = WorkingPoint.objects.filter(trainee=trainee_id, celebrated_on__isnull=False)
    return _listed(rows.order_by("-celebrated_on", "pk")[:most])


def _listed(rows: QuerySet[WorkingPoint]) -> tuple[CarriedPoint, ...]:
    return tuple(
        CarriedPoint(
            id=row.pk,
            words=row.words,
            taken_on=row.taken_on,
            submission_id=row.submission_id,
            given_by=row.comment.author.name if row.comment else "",
            celebrated_on=row.celebrated_on,
            let_go_on=row.let_go_on,
        )
        for row in rows.select_related("comment__author")
    )
