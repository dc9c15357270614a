"""A trainee's road as its page shows it: stations, the counts of today, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accreditation import rules
from accreditation.kinds import Measure, Outcome
from accreditation.models import (
    Certificate,
    Decision,
    EnrolledStage,
    Enrolment,
    Meeting,
    Requirement,
    Stage,
)
from accreditation.queries.evidence import Standing, standing_of, wanted
from accreditation.rules import CycleRow, Line, SessionRow
from accreditation.states import MeetingState, StageState


@dataclass(frozen=True, slots=True)
class Station:
    """One stop on the road."""

    label: str
    note: str
    state: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Road:
    """All a trainee's page prints."""

    enrolment: Enrolment
    stations: tuple[Station, ...]
    current: EnrolledStage | None
    standing: Standing | None
    meeting: Meeting | None
    decisions: tuple[Decision, ...]
    certificate: Certificate | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The requirements of the stage that is open now."""
        return self.standing.readiness.lines if self.standing else ()

    @property
    def award_waits(self) -> bool:
        """True between the last decision and the certificate."""
        return self.current is None and self.certificate is None


def road_of(enrolment: Enrolment) -> Road:
    """The whole road of one enrolment, in a fixed number of queries."""
    plan = list(enrolment.pathway.stages.all())
    walked = list(enrolment.stages.select_related("stage", "enrolment__pathway"))
    decisions = list(
        Decision.objects.filter(meeting__enrolled_stage__enrolment=enrolment)
        .select_related("decided_by", "meeting__enrolled_stage__stage")
        .order_by("-held_on", "-decided_at")
    )
    current = next((stage for stage in walked if stage.state != StageState.CLOSED), None)
    certificate = (
        Certificate.objects.filter(decision__meeting__enrolled_stage__enrolment=enrolment)
        .defer("pdf")
        .first()
    )
    return Road(
        enrolment=enrolment,
        stations=_stations(enrolment, plan, walked, decisions, certificate),
        current=current,
        standing=standing_of(current) if current else None,
        meeting=_planned(current),
        decisions=tuple(decisions),
        certificate=certificate,
    )


def _planned(stage: EnrolledStage | None) -> Meeting | None:
    if stage is None or stage.state != StageState.MEETING:
        return None
    planned = Meeting.objects.filter(enrolled_stage=stage, state=MeetingState.PLANNED)
    return planned.select_related("external").first()


def _stations(
    enrolment: Enrolment,
    plan: Sequence[Stage],
    walked: Sequence[EnrolledStage],
    decisions: Sequence[Decision],
    certificate: Certificate | None,
) -> tuple[Station, ...]:
    by_stage = {row.stage_id: row for row in walked}
    closing = {
        row.meeting.enrolled_stage_id: row for row in decisions if row.outcome == Outcome.PROGRESSED
    }
    found = [_station(stage, by_stage.get(stage.pk), closing) for stage in plan]
    issued = certificate is not None and certificate.revoked_at is None
    last = Station(
        "Accredited",
        _day(enrolment.accredited_on) if issued else enrolment.pathway.award_title,
        "done" if issued else "ahead",
        certificate.get_absolute_url() if certificate else "",
    )
    return (*found, last)


def _station(stage: Stage, row: EnrolledStage | None, closing: dict[UUID, Decision]) -> Station:
    if row is None:
        return Station(stage.label, "Ahead", "ahead")
    if row.state != StageState.CLOSED:
        return Station(stage.label, f"Since {_day(row.opened_on)}", "here")
    decision = closing.get(row.pk)
    url = decision.meeting.get_absolute_url() if decision else ""
    return Station(stage.label, f"Progressed {_day(row.closed_on)}", "done", url)


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was looked at for a requirement, whether it counts, and why not."""

    what: str
    when: str
    counts: bool
    why: str = ""
    case_id: UUID | None = None
    session_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A requirement with everything that was looked at for it."""

    stage: EnrolledStage
    line: Line
    ways: tuple[rules.Way, ...]
    counted: tuple[Row, ...]
    others: tuple[Row, ...]


CYCLE_MEASURES = {Measure.CYCLES, Measure.CYCLES_IN_ALL, Measure.NEW_CLIENTS, Measure.CLIENTS}
SESSION_MEASURES = {Measure.SUPERVISION, Measure.SUPERVISION_MINUTES, Measure.INTRODUCTION}


def rows_of(stage: EnrolledStage, requirement: Requirement) -> Rows:
    """The rows behind one number, and the rule that counted them."""
    asked = wanted(requirement)
    evidence = standing_of(stage).evidence
    line = rules.line(asked, evidence)
    if asked.measure in CYCLE_MEASURES:
        rows = _cycle_rows(asked.measure, evidence)
    elif asked.measure in SESSION_MEASURES:
        rows = _session_rows(asked, evidence)
    else:
        rows = _single_row(asked.measure, evidence)
    return Rows(
        stage,
        line,
        asked.ways,
        tuple(row for row in rows if row.counts),
        tuple(row for row in rows if not row.counts),
    )


def _cycle_rows(measure: Measure, evidence: rules.Evidence) -> list[Row]:
    chosen = {
        Measure.CYCLES: rules.counted,
        Measure.NEW_CLIENTS: rules.new_clients,
    }.get(measure, rules.counted_in_all)(evidence)
    ids = {cycle.id for cycle in chosen}
    return [
        _cycle_row(cycle, cycle.id in ids, measure)
        for cycle in evidence.cycles
        if cycle.id in ids or not _elsewhere(cycle, evidence)
    ]


def _elsewhere(cycle: CycleRow, evidence: rules.Evidence) -> bool:
    """True for a cycle of an earlier or later stage, which this page need not explain."""
    return cycle.counts and not evidence.window.holds(cycle.reviewed_on)


def _cycle_row(cycle: CycleRow, counts: bool, measure: Measure) -> Row:
    why = cycle.reason
    if not counts and not why and measure == Measure.NEW_CLIENTS:
        why = "Counts as a cycle; the family was counted with an earlier one."
    dates = (
        f"Film {_day(cycle.filmed_on) or 'not yet'}, review {_day(cycle.reviewed_on) or 'not yet'}"
    )
    return Row(
        f"{cycle.case_code}, cycle {cycle.number}",
        dates,
        counts,
        why,
        case_id=cycle.case_id,
    )


def _session_rows(asked: rules.Wanted, evidence: rules.Evidence) -> list[Row]:
    shortest = min(way.minutes for way in asked.ways)
    if asked.measure == Measure.SUPERVISION_MINUTES:
        chosen = rules.alone_in_all(evidence)
    elif asked.measure == Measure.INTRODUCTION:
        chosen = rules.introductions(evidence, shortest)
    else:
        chosen = rules.supervisions(evidence, shortest)
    ids = {session.id for session in chosen}
    kind = "introduction" if asked.measure == Measure.INTRODUCTION else "supervision"
    return [
        _session_row(session, session.id in ids, shortest)
        for session in evidence.sessions
        if session.id in ids or (session.kind == kind and evidence.window.holds(session.held_on))
    ]


def _session_row(session: SessionRow, counts: bool, shortest: int) -> Row:
    why = ""
    if not session.confirmed:
        why = "Not yet confirmed by both."
    elif session.minutes < shortest:
        why = f"Shorter than {shortest} minutes."
    elif not counts:
        why = "Group supervision, which this number leaves out."
    return Row(
        f"{session.minutes} minutes with {session.supervisor}",
        _day(session.held_on),
        counts,
        why,
        session_id=session.id,
    )


def _single_row(measure: Measure, evidence: rules.Evidence) -> list[Row]:
    if measure == Measure.COURSE_ATTENDED:
        return [Row("Initial training course", "", evidence.course_attended, "Not yet finished.")]
    shared = evidence.reflection_shared_on
    return [Row("Written reflection", _day(shared), shared is not None, "Not yet shared.")]
