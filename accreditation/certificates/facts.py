"""What a certificate says: frozen at issue and kept beside its bytes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """What is certified; attendance of a course is never accreditation."""

    ACCREDITATION = "accreditation"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """Everything printed on a certificate; names are as the person writes them."""

    number: str
    holder_name: str
    award_title: str
    body_name: str
    pathway_name: str
    decided_on: date
    issued_on: date
    verify_url: str
    external_supervisor: str = ""
    supervisor_name: str = ""
    signatory_name: str = ""
    signatory_role: str = ""
    demo: bool = False
    kind: Kind = Kind.ACCREDITATION

    def as_json(self) -> dict[str, Any]:
        """The facts as they are kept in the database, dates in ISO form."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The facts from their kept form; keys of later versions are left aside."""
        known = {field.name for field in fields(cls)}
        facts = {name: value for name, value in kept.items() if name in known}
        for name in ("decided_on", "issued_on"):
            facts[name] = date.fromisoformat(facts[name])
        facts["kind"] = Kind(facts.get("kind", Kind.ACCREDITATION))
        return cls(**facts)


def day(when: date) -> str:
    """A date in words, the same in every locale: 14 November 2026."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
