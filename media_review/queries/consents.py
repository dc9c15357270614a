"""What a family has agreed to, in a sentence to stand beside the button that relies on it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format

from caselogs.kinds import Scope
from caselogs.models import Case, Consent

PURPOSES = {
    Scope.FILMING: "to be filmed for your work together",
    Scope.SUPERVISION: "that your supervisor may watch clips",
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
    in_force = Consent.objects.filter(case=case).in_force(on).covering(scope)
    given_on = in_force.values_list("given_on", flat=True).first()
    if given_on:
        sentence = f"{case.code} agreed on {day(given_on)} {PURPOSES[scope]}."
        return Said(True, f"{sentence} They can change their mind at any time.", _url(case))
    if on:
        sentence = f"On {day(on)} no consent of {case.code} was in force {PURPOSES[scope]}."
    elif Consent.objects.filter(case=case, withdrawn_at__isnull=False).exists():
        sentence = f"{case.code} has withdrawn their consent, so their film is locked."
    else:
        sentence = f"{case.code} has not agreed {PURPOSES[scope]}."
    return Said(False, sentence, _url(case))


def is_covered(case_id: UUID, scope: Scope) -> bool:
    """Does a consent in force now say yes to this purpose?"""
    return Consent.objects.filter(case_id=case_id).in_force().covering(scope).exists()


def day(on: date) -> str:
    """A day as people say it."""
    return date_format(on, "j F Y")


def _url(case: Case) -> str:
    return f"/cases/{case.pk}/"
