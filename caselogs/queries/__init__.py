"""Reads of the case log that cross models, as frozen values; each subject has its file."""

from caselogs.queries.cases import CaseCard, my_cases, supervised_cases
from caselogs.queries.consents import covered, filming_consents, has_consent, undisturbed
from caselogs.queries.cycles import CycleRow, cycles_for
from caselogs.queries.numbers import ServiceNumbers, service_numbers
from caselogs.queries.thread import CaseThread, case_thread
from caselogs.queries.time import TimeMonth, time_of

__all__ = [
    "CaseCard",
    "CaseThread",
    "CycleRow",
    "ServiceNumbers",
    "TimeMonth",
    "case_thread",
    "covered",
    "cycles_for",
    "filming_consents",
    "has_consent",
    "my_cases",
    "service_numbers",
    "supervised_cases",
    "time_of",
    "undisturbed",
]
