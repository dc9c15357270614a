"""Pathways as versioned rows; enrolments pinned to them; sessions, meetings, decisions, awards."""

from accreditation.models.award import Certificate, RegisterEntry, RegisterWord
from accreditation.models.enrolment import EnrolledStage, Enrolment
from accreditation.models.hour import AgendaItem, HourNote
from accreditation.models.meeting import Decision, Meeting
from accreditation.models.pathway import Pathway, Requirement, Stage
from accreditation.models.session import SupervisionSession

__all__ = [
    "AgendaItem",
    "Certificate",
    "Decision",
    "EnrolledStage",
    "Enrolment",
    "HourNote",
    "Meeting",
    "Pathway",
    "RegisterEntry",
    "RegisterWord",
    "Requirement",
    "Stage",
    "SupervisionSession",
]
