"""How far a stage has come: each requirement held against the evidence."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from accreditation.kinds import Measure
from accreditation.rules.evidence import (
    CycleRow,
    Evidence,
    SessionRow,
    alone_in_all,
    counted,
    counted_in_all,
    introductions,
    new_clients,
    supervisions,
)

SESSION_FACTS = ("id", "kind", "held_on", "minutes", "grouping", "medium", "supervisor")
SHORT = {
    Measure.COURSE_ATTENDED: "course",
    Measure.CYCLES: "cycles",
    Measure.CYCLES_IN_ALL: "cycles",
    Measure.NEW_CLIENTS: "families",
    Measure.CLIENTS: "families",
    Measure.SUPERVISION: "supervisions",
    Measure.SUPERVISION_MINUTES: "minutes",
    Measure.INTRODUCTION: "introduction",
    Measure.REFLECTION: "reflection",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One accepted way to meet a requirement: so many, of so many minutes each (0: any)."""

    count: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """One requirement of a stage, with every accepted way, the usual one first."""

    id: UUID
    measure: Measure
    label: str
    rule: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement held against the evidence, shown by the accepted way that is closest."""

    requirement_id: UUID
    measure: Measure
    label: str
    rule: str
    have: int
    need: int
    minutes: int = 0
    others: str = ""
    note: str = ""

    @property
    def met(self) -> bool:
        """True when one accepted way is complete."""
        return self.have >= self.need

    @property
    def short(self) -> str:
        """The count in three words, for a desk."""
        if self.need == 1:
            return SHORT[self.measure] if self.met else f"no {SHORT[self.measure]} yet"
        return f"{self.have} of {self.need} {SHORT[self.measure]}"

    @property
    def aside(self) -> str:
        """Which way is shown, which others are open, and what else there is to say."""
        way = f"of {self.minutes} minutes" if self.minutes else ""
        return ", ".join(part for part in (way, self.others, self.note) if part)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Every requirement of a stage, in the order the body lists them."""

    lines: tuple[Line, ...]

    @property
    def ready(self) -> bool:
        """True when nothing is left to gather."""
        return all(line.met for line in self.lines)

    @property
    def to_come(self) -> tuple[Line, ...]:
        """The lines not yet complete."""
        return tuple(line for line in self.lines if not line.met)


MEASURES: dict[Measure, Callable[[Evidence, int], int]] = {
    Measure.COURSE_ATTENDED: lambda evidence, _: int(evidence.course_attended),
    Measure.CYCLES: lambda evidence, _: len(counted(evidence)),
    Measure.CYCLES_IN_ALL: lambda evidence, _: len(counted_in_all(evidence)),
    Measure.NEW_CLIENTS: lambda evidence, _: len(new_clients(evidence)),
    Measure.CLIENTS: lambda evidence, _: len({c.case_id for c in counted_in_all(evidence)}),
    Measure.SUPERVISION: lambda evidence, minutes: len(supervisions(evidence, minutes)),
    Measure.SUPERVISION_MINUTES: lambda evidence, _: sum(s.minutes for s in alone_in_all(evidence)),
    Measure.INTRODUCTION: lambda evidence, minutes: len(introductions(evidence, minutes)),
    Measure.REFLECTION: lambda evidence, _: int(evidence.reflection_shared_on is not None),
}


def readiness(requirements: Iterable[Wanted], evidence: Evidence) -> Readiness:
    """Hold the evidence against each requirement, in the order the body lists them."""
    return Readiness(tuple(line(wanted, evidence) for wanted in requirements))


def line(wanted: Wanted, evidence: Evidence) -> Line:
    """The requirement by its closest accepted way; the other ways in words."""
    measure = MEASURES[wanted.measure]
    ways = [(way, measure(evidence, way.minutes)) for way in wanted.ways]
    best, have = max(ways, key=lambda pair: min(pair[1] / pair[0].count, 1))
    others = [f"{n} of {w.count} lasting {w.minutes} minutes" for w, n in ways if w != best]
    return Line(
        requirement_id=wanted.id,
        measure=wanted.measure,
        label=wanted.label,
        rule=wanted.rule,
        have=have,
        need=best.count,
        minutes=best.minutes if len(ways) > 1 else 0,
        others="or " + ", or ".join(others) if others and have < best.count else "",
        note=_reflection_note(evidence) if wanted.measure == Measure.REFLECTION else "",
    )


def _reflection_note(evidence: Evidence) -> str:
    shared, met, days = (
        evidence.reflection_shared_on,
        evidence.meeting_on,
        evidence.reflection_days_before,
    )
    if shared is None:
        return f"Your external reads it at least {days} days before the meeting." if days else ""
    if met and shared > met - timedelta(days=days):
        return f"Shared {max((met - shared).days, 0)} days before the meeting; {days} are asked."
    return f"Shared on {shared:%-d %B %Y}."


def frozen(lines: Readiness, evidence: Evidence) -> dict[str, Any]:
    """The counts and rows of the day as plain JSON, to stand beside a decision for ever."""
    cycles = counted_in_all(evidence)
    here = {cycle.id for cycle in counted(evidence)}
    return {
        "lines": [{k: _plain(v) for k, v in asdict(each).items()} for each in lines.lines],
        "cycles": [
            {
                "id": str(c.id),
                "case": c.case_code,
                "number": c.number,
                "filmed_on": _plain(c.filmed_on),
                "reviewed_on": _plain(c.reviewed_on),
                "in_this_stage": c.id in here,
            }
            for c in cycles
        ],
        "sessions": [
            {name: _plain(getattr(s, name)) for name in SESSION_FACTS}
            for s in evidence.sessions
            if s.confirmed and evidence.window.holds(s.held_on)
        ],
        "course_attended": evidence.course_attended,
        "reflection_shared_on": _plain(evidence.reflection_shared_on),
    }


def thawed(snapshot: dict[str, Any]) -> Readiness:
    """The readiness of the day as it was frozen."""
    return Readiness(
        tuple(
            Line(
                **{
                    **row,
                    "requirement_id": UUID(row["requirement_id"]),
                    "measure": Measure(row["measure"]),
                }
            )
            for row in snapshot.get("lines", [])
        )
    )


def thawed_cycles(snapshot: dict[str, Any]) -> tuple[CycleRow, ...]:
    """The cycles that counted to the stage on the day, as they were frozen."""
    return tuple(
        CycleRow(
            UUID(row["id"]),
            UUID(int=0),
            row["case"],
            row["number"],
            date.fromisoformat(row["filmed_on"]),
            date.fromisoformat(row["reviewed_on"]),
            counts=True,
        )
        for row in snapshot.get("cycles", [])
        if row["in_this_stage"]
    )


def thawed_sessions(snapshot: dict[str, Any]) -> tuple[SessionRow, ...]:
    """The confirmed sessions of the stage on the day, as they were frozen."""
    return tuple(
        SessionRow(
            **{
                **row,
                "id": UUID(row["id"]),
                "held_on": date.fromisoformat(row["held_on"]),
                "confirmed": True,
            }
        )
        for row in snapshot.get("sessions", [])
    )


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)
