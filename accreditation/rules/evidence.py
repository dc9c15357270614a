"""What one trainee has done, and which of it counts to a stage."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accreditation.kinds import Grouping, SessionKind


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle of a trainee; `reason` says why it does not count, when it does not."""

    id: UUID
    case_id: UUID
    case_code: str
    number: int
    filmed_on: date | None
    reviewed_on: date | None
    counts: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A supervision session; only one confirmed by both counts."""

    id: UUID
    kind: str
    held_on: date
    minutes: int
    grouping: str
    medium: str
    supervisor: str
    confirmed: bool
    trainee: str = ""
    trainee_id: UUID | None = None
    waits_for: UUID | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a stage. A stage that follows another begins the day after that one closed."""

    opened_on: date
    closed_on: date | None
    first: bool

    def holds(self, day: date | None) -> bool:
        """True when this day belongs to the stage."""
        if day is None or (self.closed_on and day > self.closed_on):
            return False
        return day >= self.opened_on if self.first else day > self.opened_on


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything one trainee has done so far, over all stages, and the days of this stage."""

    window: Window
    began_on: date
    cycles: tuple[CycleRow, ...] = ()
    sessions: tuple[SessionRow, ...] = ()
    course_attended: bool = False
    reflection_shared_on: date | None = None
    meeting_on: date | None = None
    reflection_days_before: int = 0


def counted(evidence: Evidence) -> list[CycleRow]:
    """The cycles that count to this stage: both dates in order, with consent, in its days."""
    return [c for c in evidence.cycles if c.counts and evidence.window.holds(c.reviewed_on)]


def counted_in_all(evidence: Evidence) -> list[CycleRow]:
    """The cycles that count since the trainee began, up to the end of this stage."""
    until = evidence.window.closed_on or date.max
    return [
        c
        for c in evidence.cycles
        if c.counts and c.reviewed_on and evidence.began_on <= c.reviewed_on <= until
    ]


def new_clients(evidence: Evidence) -> list[CycleRow]:
    """The first counted cycle of each client, where it falls in this stage."""
    firsts: dict[UUID, CycleRow] = {}
    for cycle in sorted(counted_in_all(evidence), key=lambda c: (c.reviewed_on, c.number)):
        firsts.setdefault(cycle.case_id, cycle)
    return [c for c in firsts.values() if evidence.window.holds(c.reviewed_on)]


def supervisions(evidence: Evidence, minutes: int = 0) -> list[SessionRow]:
    """Supervision confirmed by both, in this stage, at least this long."""
    return _confirmed(evidence, SessionKind.SUPERVISION, minutes)


def introductions(evidence: Evidence, minutes: int = 0) -> list[SessionRow]:
    """Introductions to this stage, confirmed by both, at least this long."""
    return _confirmed(evidence, SessionKind.INTRODUCTION, minutes)


def alone_in_all(evidence: Evidence) -> list[SessionRow]:
    """Individual supervision confirmed by both since the trainee began, to the stage's end."""
    until = evidence.window.closed_on or date.max
    return [
        s
        for s in evidence.sessions
        if s.confirmed
        and s.kind == SessionKind.SUPERVISION
        and s.grouping == Grouping.INDIVIDUAL
        and evidence.began_on <= s.held_on <= until
    ]


def _confirmed(evidence: Evidence, kind: str, minutes: int) -> list[SessionRow]:
    return [
        s
        for s in evidence.sessions
        if s.confirmed
        and s.kind == kind
        and s.minutes >= minutes
        and evidence.window.holds(s.held_on)
    ]
