"""Pure rules: what counts, how far a stage has come, how certificates are numbered."""

from accreditation.rules.evidence import (
    CycleRow,
    Evidence,
    SessionRow,
    Window,
    alone_in_all,
    counted,
    counted_in_all,
    introductions,
    new_clients,
    supervisions,
)
from accreditation.rules.hours import proposed_minutes
from accreditation.rules.readiness import (
    Line,
    Readiness,
    Wanted,
    Way,
    frozen,
    line,
    readiness,
    thawed,
    thawed_cycles,
    thawed_sessions,
)

__all__ = [
    "CycleRow",
    "Evidence",
    "Line",
    "Readiness",
    "SessionRow",
    "Wanted",
    "Way",
    "Window",
    "alone_in_all",
    "counted",
    "counted_in_all",
    "frozen",
    "introductions",
    "line",
    "new_clients",
    "proposed_minutes",
    "readiness",
    "supervisions",
    "thawed",
    "thawed_cycles",
    "thawed_sessions",
]
