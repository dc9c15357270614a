"""Words that look as if they point at a person: a pure reading of text, used as a warning."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from caselogs.given_names import ALSO_WORDS, GIVEN_NAMES


class Clue(StrEnum):
    """What a stretch of text looks like."""

    EMAIL = "e-mail address"
    NHS_NUMBER = "NHS number"
    PHONE = "phone number"
    BIRTH = "date of birth"
    POSTCODE = "postcode"
    NAME = "name"


INSTEAD: dict[Clue, str] = {
    Clue.EMAIL: "This looks like an e-mail address. The log travels between organisations: "
    "could you leave it out?",
    Clue.NHS_NUMBER: "This looks like an NHS number. The log travels between organisations: "
    "could you use the code instead?",
    Clue.PHONE: "This looks like a phone number. The log travels between organisations: "
    "could you leave it out?",
    Clue.BIRTH: "This looks like a full date, perhaps a date of birth. The age band says enough: "
    "could you leave it out?",
    Clue.POSTCODE: "This looks like a postcode. The log travels between organisations: "
    "could you leave it out?",
    Clue.NAME: "This looks like a name. The log travels between organisations: "
    "could you use the code instead?",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of text that may point at a person: text[start:end] == words."""

    clue: Clue
    words: str
    start: int
    end: int

    @property
    def sentence(self) -> str:
        """What the page asks about it."""
        return f"“{self.words}”: {INSTEAD[self.clue]}"


_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_FULL_DATE = (
    rf"(?:{_DAY}\s*[./-]\s*(?:1[0-2]|0?[1-9])\s*[./-]\s*(?:\d{{4}}|\d{{2}})"
    rf"|\d{{4}}-(?:1[0-2]|0[1-9])-(?:[12]\d|3[01]|0[1-9])"
    rf"|{_DAY}\s+(?:of\s+)?{_MONTHS},?\s+\d{{4}})"
)
_BORN = (
    r"(?:\b(?:born(?:\s+on)?|d\.?o\.?b\.?|date\s+of\s+birth|birthday)[\s:,is]{0,8}"
    rf"{_DAY}\s*(?:[./-]\s*\d{{1,2}}|{_MONTHS})(?:[\s./-]{{1,2}}\d{{2,4}})?)"
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?!\d)")
_PHONE = re.compile(r"(?<![\d/-])(?:\+44[ -]?(?:\(0\))?|\(?0)(?:[ ()-]?\d){9,10}(?![\d/-])")
_BIRTH = re.compile(rf"(?<![\d/.-])(?:{_FULL_DATE}(?![\d/])|{_BORN})", re.IGNORECASE)
_POSTCODE = re.compile(
    r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d(?!st\b|nd\b|rd\b|th\b)[ABD-HJLNP-UW-Z]{2})\b"
    r"|\b[a-z]{1,2}\d[a-z\d]? ?\d(?!st\b|nd\b|rd\b|th\b)[abd-hjlnp-uw-z]{2}\b"
)
_TITLED = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Sir|Aunt(?:ie|y)?|Uncle|Nan(?:a|ny)?|Gran(?:ny)?|Grandad)"
    r"\.? [^\W\d_a-zß-ÿ][\w'’-]+"
)
_RELATED = re.compile(
    r"\b(?:[Mm]um(?:my)?|[Mm]am|[Mm]other|[Dd]ad(?:dy)?|[Ff]ather|[Bb]aby|[Ss]on|[Dd]aughter|"
    r"[Bb]rother|[Ss]ister|[Pp]artner|[Tt]win|[Tt]oddler|called|named) "
    r"([A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿ'’-]{1,})"
)
_WORD = re.compile(r"[^\W\d_]+")
LONGEST_READ = 20_000
MOST_FOUND = 40
_NOT_A_NAME = frozenset(
    "I Then When Now Still First Led The And But So We She He They It In On At Not VIG".split()  # noqa: SIM905
)


def has_a_valid_check_digit(digits: str) -> bool:
    """True when ten digits could be an NHS number (modulus 11, weights 10 down to 2)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    check = 11 - total % 11
    return check != 10 and (0 if check == 11 else check) == int(digits[9])


def identifying(text: str) -> list[Finding]:
    """What looks like a person in this text, in reading order, no two overlapping."""
    found: list[Finding] = []
    for look in _LOOKS:
        for finding in look(text[:LONGEST_READ]):
            if not any(f.start < finding.end and finding.start < f.end for f in found):
                found.append(finding)
            if len(found) >= MOST_FOUND:
                break
    return sorted(found, key=lambda finding: finding.start)


def _matches(clue: Clue, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Finding]]:
    def look(text: str) -> Iterator[Finding]:
        for match in pattern.finditer(text):
            yield Finding(clue, match.group(), *match.span())

    return look


def _nhs_numbers(text: str) -> Iterator[Finding]:
    for match in _TEN_DIGITS.finditer(text):
        if has_a_valid_check_digit(re.sub(r"\D", "", match.group())):
            yield Finding(Clue.NHS_NUMBER, match.group(), *match.span())


def _related(text: str) -> Iterator[Finding]:
    for match in _RELATED.finditer(text):
        if match.group(1) not in _NOT_A_NAME:
            yield Finding(Clue.NAME, match.group(1), *match.span(1))


def _given_names(text: str) -> Iterator[Finding]:
    for match in _WORD.finditer(text):
        word, plain = match.group(), match.group().casefold()
        if plain in GIVEN_NAMES or (plain in ALSO_WORDS and _is_a_name_here(text, match)):
            yield Finding(Clue.NAME, word, *match.span())


def _is_a_name_here(text: str, match: re.Match[str]) -> bool:
    """A word such as Grace is a name when it has a capital and does not open a sentence."""
    before = text[max(0, match.start() - 12) : match.start()].rstrip(" \t\"“‘'(")
    return match.group()[0].isupper() and before != "" and before[-1] not in ".!?:;\n•-"


_LOOKS: tuple[Callable[[str], Iterator[Finding]], ...] = (
    _matches(Clue.EMAIL, _EMAIL),
    _nhs_numbers,
    _matches(Clue.PHONE, _PHONE),
    _matches(Clue.BIRTH, _BIRTH),
    _matches(Clue.POSTCODE, _POSTCODE),
    _matches(Clue.NAME, _TITLED),
    _related,
    _given_names,
)
