"""What a family has agreed to, in a sentence to stand beside the button that relies on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import NoReverseMatch
from django.utils.formats import date_format

from caselogs.kinds import Scope
from caselogs.models import Case, Consent

PURPOSES = {
    Scope.FILMING: "to be filmed for your work together",
    Scope.SUPERVISION: "that your supervisor may watch clips",
    Scope.INTERVISION: "that your intervision group may watch clips",
    Scope.FAMILY_COPY: "to have a copy of their special moments",
    Scope.ACCREDITATION: "that clips may be watched in an accreditation review",
}


@dataclass(frozen=True, slots=True)
class Said:
    """Whether a purpose is covered, and how to say so."""

    given: bool
    sentence: str
    case_url: str


def said(case: Case, scope: Scope, on: date | None = None) -> Said:
    """What the family of this case has said about this purpose (today, or on that day)."""
    return said_by([case], scope, on)[case.pk]


def said_by(cases: Iterable[Case], scope: Scope, on: date | None = None) -> dict[UUID, Said]:
    """The same for several cases, in two queries at most."""
    known = {case.pk: case for case in cases}
    rows = Consent.objects.filter(case__in=known)
    given = dict(
        rows.in_force(on).covering(scope).order_by("given_on").values_list("case_id", "given_on")
    )
    silent = known.keys() - given.keys()
    taken_back: set[UUID] = set()
    if silent and on is None:
        withdrawn = rows.filter(case__in=silent, withdrawn_at__isnull=False)
        taken_back = set(withdrawn.values_list("case_id", flat=True))
    return {
        pk: Said(
            pk in given,
            _sentence(case, scope, given.get(pk), on, pk in taken_back),
            address(case),
        )
        for pk, case in known.items()
    }


def _sentence(
    case: Case, scope: Scope, given_on: date | None, on: date | None, taken_back: bool
) -> str:
    if given_on:
        sentence = f"{case.code} agreed on {day(given_on)} {PURPOSES[scope]}."
        return f"{sentence} They can change their mind at any time."
    if on:
        return f"On {day(on)} no consent of {case.code} was in force {PURPOSES[scope]}."
    if taken_back and scope == Scope.FILMING:
        return f"{case.code} has withdrawn their consent, so their film is locked."
    return f"{case.code} has not agreed {PURPOSES[scope]}."


def day(on: date) -> str:
    """A day as people say it."""
    return date_format(on, "j F Y")


def address(case: Case) -> str:
    """Where the case is read; nothing while that page is not there."""
    try:
        return case.get_absolute_url()
    except NoReverseMatch:
        return ""
