"""Reads for the pages of a stage meeting."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accreditation import permissions, rules
from accreditation.models import Decision, EnrolledStage, Meeting
from accreditation.queries.evidence import standing_of
from accreditation.rules import CycleRow, Readiness, SessionRow
from accreditation.states import MEETING_STEPS, MeetingState, MeetingStep, StageState
from people.actor import Actor


def with_its_stage(rows: Any) -> Any:
    """Bring along everything a meeting's page prints."""
    return rows.select_related(
        "external",
        "planned_by",
        "enrolled_stage__stage",
        "enrolled_stage__enrolment__trainee",
        "enrolled_stage__enrolment__pathway__body",
    )


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """The evidence of a meeting: as of today while planned, as frozen once decided."""

    readiness: Readiness
    cycles: tuple[CycleRow, ...]
    sessions: tuple[SessionRow, ...]
    decision: Decision | None
    others: tuple[Decision, ...]

    @property
    def cases(self) -> dict[str, list[CycleRow]]:
        """The counted cycles by case code."""
        found: dict[str, list[CycleRow]] = {}
        for cycle in self.cycles:
            found.setdefault(cycle.case_code, []).append(cycle)
        return found


def meeting_page(meeting: Meeting) -> MeetingPage:
    """Everything on the meeting's page, in a fixed number of queries."""
    stage = meeting.enrolled_stage
    decisions = list(
        Decision.objects.filter(meeting__enrolled_stage__enrolment=stage.enrolment_id)
        .select_related("decided_by", "meeting__enrolled_stage__stage")
        .order_by("held_on", "decided_at")
    )
    own = next((row for row in decisions if row.meeting_id == meeting.pk), None)
    readiness, cycles, sessions = _frozen(own) if own else _live(stage)
    return MeetingPage(
        readiness=readiness,
        cycles=cycles,
        sessions=sessions,
        decision=own,
        others=tuple(row for row in decisions if row.meeting_id != meeting.pk),
    )


def _live(stage: EnrolledStage) -> tuple[Readiness, tuple[CycleRow, ...], tuple[SessionRow, ...]]:
    standing = standing_of(stage)
    evidence = standing.evidence
    held = (s for s in evidence.sessions if s.confirmed and evidence.window.holds(s.held_on))
    return standing.readiness, tuple(rules.counted(evidence)), tuple(held)


def _frozen(own: Decision) -> tuple[Readiness, tuple[CycleRow, ...], tuple[SessionRow, ...]]:
    snapshot = own.snapshot
    return rules.thawed(snapshot), rules.thawed_cycles(snapshot), rules.thawed_sessions(snapshot)


@dataclass(frozen=True, slots=True)
class MeetingList:
    """One's meetings: planned, soonest first; over, newest first."""

    planned: tuple[Meeting, ...]
    over: tuple[Meeting, ...]


def meetings_of(actor: Actor) -> MeetingList:
    """The meetings one takes part in: as external, trainee, or the trainee's supervisor."""
    rows = with_its_stage(
        Meeting.objects.filter(
            Q(external_id=actor.user_id)
            | Q(enrolled_stage__enrolment__trainee_id=actor.user_id)
            | Q(enrolled_stage__enrolment__trainee_id__in=actor.supervisee_ids)
        ).select_related("decision")
    )
    return MeetingList(
        tuple(rows.filter(state=MeetingState.PLANNED)),
        tuple(rows.filter(state=MeetingState.DECIDED).order_by("-planned_for")[:50]),
    )


def steps_of(actor: Actor, meeting: Meeting) -> frozenset[str]:
    """What this person may do with the meeting now."""
    state, stage = MeetingState(meeting.state), meeting.enrolled_stage
    found = set()
    if (state, MeetingStep.DECIDE) in MEETING_STEPS and permissions.may_decide(actor, meeting):
        found.add(MeetingStep.DECIDE.value)
    arranges = actor.user_id == meeting.external_id or permissions.may_plan_meeting(actor, stage)
    if (state, MeetingStep.CANCEL) in MEETING_STEPS and arranges:
        found.add(MeetingStep.CANCEL.value)
    mine = actor.user_id == stage.enrolment.trainee_id
    if mine and stage.state != StageState.CLOSED and state == MeetingState.PLANNED:
        found.add("reflect")
    return frozenset(found)
