"""Certificates by number, and the public register by name or place."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from accreditation.models import Certificate, RegisterEntry, RegisterWord
from accreditation.rules import numbers
from accreditation.rules.register import words_of

PAGE = 30


@dataclass(frozen=True, slots=True)
class Verification:
    """What anybody may know about a number: the facts of the certificate, nothing else."""

    typed: str
    number: str | None
    facts: dict[str, str] | None
    revoked_on: object = None

    @property
    def issued_on(self) -> date | None:
        """The day that stands on the certificate."""
        return date.fromisoformat(self.facts["issued_on"]) if self.facts else None

    @property
    def article(self) -> str:
        """The word before the award: an Accredited Guider, a Guider."""
        title = self.facts["award_title"] if self.facts else ""
        return "an" if title[:1].lower() in "aeiou" else "a"

    @property
    def stands(self) -> bool:
        """True when there is such a certificate and it was not revoked."""
        return self.facts is not None and self.revoked_on is None


def verification(typed: str) -> Verification:
    """What this number says, in one query; forgiving of case, spaces and dashes."""
    number = numbers.read(typed)
    row = (
        Certificate.objects.filter(number=number).values_list("facts", "revoked_at").first()
        if number
        else None
    )
    if row is None:
        return Verification(typed[:40], number, None)
    return Verification(typed, number, *row)


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Some names of the register in order, and where the next begin."""

    entries: tuple[RegisterEntry, ...]
    more: tuple[str, str] | None


def register_page(search: str = "", after: tuple[str, UUID] | None = None) -> RegisterPage:
    """The names whose words begin like these words, thirty at a time, after that one."""
    rows = RegisterEntry.objects.public().select_related("certificate")
    rows = rows.defer("certificate__pdf").order_by("public_name", "pk")
    for word in words_of(search)[:4]:
        rows = rows.filter(pk__in=RegisterWord.objects.filter(begins(word)).values("entry_id"))
    if after:
        name, pk = after
        rows = rows.filter(public_name__gte=name).exclude(public_name=name, pk__lte=pk)
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return RegisterPage(tuple(found[:PAGE]), (last.public_name, str(last.pk)) if last else None)


def begins(word: str) -> Q:
    """The words that begin so, by an index on either database."""
    if connection.vendor == "postgresql":
        return Q(word__startswith=word)
    return Q(word__gte=word, word__lt=word + chr(0x10FFFF))
