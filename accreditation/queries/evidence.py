"""Evidence for one or for many stages, in the same few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accreditation.kinds import Measure
from accreditation.models import Decision, EnrolledStage, Meeting, Requirement, SupervisionSession
from accreditation.queries import neighbours
from accreditation.rules import (
    Evidence,
    Readiness,
    SessionRow,
    Wanted,
    Way,
    Window,
    readiness,
    thawed,
)
from accreditation.states import MeetingState, SessionState, StageState

SESSION_COLUMNS = (
    "pk",
    "kind",
    "held_on",
    "minutes",
    "grouping",
    "medium",
    "supervisor__name",
    "state",
    "trainee__name",
    "trainee_id",
    "supervisor_id",
    "logged_by_id",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a trainee stands in one stage: what was done, and what it means."""

    evidence: Evidence
    readiness: Readiness


def wanted(row: Requirement) -> Wanted:
    """The requirement as the rules read it."""
    others = [Way(way["count"], way["minutes"]) for way in row.alternatives]
    return Wanted(
        id=row.pk,
        measure=Measure(row.measure),
        label=row.label,
        rule=row.rule,
        ways=(Way(row.minimum, row.minutes_each), *others),
    )


def standing_of(stage: EnrolledStage, until: date | None = None) -> Standing:
    """Where this trainee stands in this stage (on that day, when one is given)."""
    return standings_of([stage], until)[stage.pk]


def standings_of(
    stages: Sequence[EnrolledStage],
    until: date | None = None,
    sessions: dict[UUID, list[SessionRow]] | None = None,
) -> dict[UUID, Standing]:
    """Where each stands, in six queries at most; `stages` come with stage and enrolment."""
    asked = _requirements(stages)
    trainees = {stage.enrolment.trainee_id for stage in stages}
    cycles = neighbours.cycles_of(trainees)
    sessions = sessions_of(trainees) if sessions is None else sessions
    measures = {each.measure for rows in asked.values() for each in rows}
    attended = (
        neighbours.course_attended(trainees) if Measure.COURSE_ATTENDED in measures else set()
    )
    meetings = _meetings(stages) if Measure.REFLECTION in measures else {}
    found = {}
    for stage in stages:
        trainee_id = stage.enrolment.trainee_id
        evidence = Evidence(
            window=window_of(stage, until),
            began_on=stage.enrolment.enrolled_on,
            cycles=tuple(cycles.get(trainee_id, ())),
            sessions=tuple(sessions.get(trainee_id, ())),
            course_attended=trainee_id in attended,
            reflection_shared_on=_day(stage.reflection_shared_at),
            meeting_on=_day(meetings.get(stage.pk)),
            reflection_days_before=stage.stage.reflection_days_before,
        )
        found[stage.pk] = Standing(evidence, readiness(asked[stage.stage_id], evidence))
    return found


def window_of(stage: EnrolledStage, until: date | None = None) -> Window:
    """The days of this stage; an open one can be looked at as of a day."""
    return Window(stage.opened_on, stage.closed_on or until, first=stage.stage.number == 1)


def frozen_readiness(stage: EnrolledStage) -> Readiness | None:
    """The counts of the day the stage closed, from the decision that closed it."""
    if stage.state != StageState.CLOSED:
        return None
    row = Decision.objects.filter(meeting__enrolled_stage=stage, outcome="progressed").values_list(
        "snapshot", flat=True
    )
    snapshot = row.first()
    return thawed(snapshot) if snapshot else None


def sessions_of(trainee_ids: Iterable[UUID]) -> dict[UUID, list[SessionRow]]:
    """Every session of these people that was not taken back, by person, in one query."""
    return by_trainee(session_rows(Q(trainee_id__in=list(trainee_ids))))


def by_trainee(rows: Iterable[SessionRow]) -> dict[UUID, list[SessionRow]]:
    """The same rows, under the trainee's id."""
    found: dict[UUID, list[SessionRow]] = defaultdict(list)
    for row in rows:
        if row.trainee_id:
            found[row.trainee_id].append(row)
    return found


def session_rows(which: Q) -> list[SessionRow]:
    """The sessions that were not taken back, oldest first, in one query."""
    rows = SupervisionSession.objects.live().filter(which).order_by("held_on", "logged_at")
    return [
        SessionRow(
            *facts,
            confirmed=state == SessionState.CONFIRMED,
            trainee=trainee,
            trainee_id=trainee_id,
            waits_for=_waits_for(state, trainee_id, supervisor_id, logged_by_id),
        )
        for *facts, state, trainee, trainee_id, supervisor_id, logged_by_id in rows.values_list(
            *SESSION_COLUMNS
        )
    ]


def _waits_for(state: str, trainee_id: UUID, supervisor_id: UUID, by_id: UUID) -> UUID | None:
    if state != SessionState.WAITING:
        return None
    return supervisor_id if by_id == trainee_id else trainee_id


def _requirements(stages: Sequence[EnrolledStage]) -> dict[UUID, list[Wanted]]:
    found: dict[UUID, list[Wanted]] = defaultdict(list)
    for row in Requirement.objects.filter(stage_id__in={stage.stage_id for stage in stages}):
        found[row.stage_id].append(wanted(row))
    return found


def _meetings(stages: Sequence[EnrolledStage]) -> dict[UUID, object]:
    rows = Meeting.objects.filter(enrolled_stage__in=stages, state=MeetingState.PLANNED)
    return dict(rows.values_list("enrolled_stage_id", "planned_for"))


def _day(moment: object) -> date | None:
    return timezone.localdate(moment) if moment else None  # type: ignore[arg-type]
