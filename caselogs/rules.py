"""The rules of the log: what counts, which dates fit, which codes are codes. Plain values only."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caselogs.given_names import GIVEN_NAMES
from caselogs.kinds import Scope
from people.verdicts import YES, Verdict, no

SMALLEST_SHOWN = 5
_CODE = re.compile(r"([A-Z]{1,3})(-?)([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """One consent: the day it was given, the first day it no longer held, what it says yes to."""

    given_on: date
    ended_on: date | None
    scopes: frozenset[str]

    def covers(self, scope: str, on: date) -> bool:
        """True when it was in force for this purpose on that day."""
        held = self.given_on <= on and (self.ended_on is None or on < self.ended_on)
        return held and scope in self.scopes


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """The two dates of one cycle."""

    filmed_on: date | None
    reviewed_on: date | None


def said(day: date) -> str:
    """A day as people say it: 3 June 2026."""
    return f"{day.day} {day:%B %Y}"


def counts(cycle: CycleFacts, consents: Iterable[ConsentFacts], today: date) -> Verdict:
    """A film, then its shared review, both past, with consent to filming on the film's day.

    Source: domain.md, "The case log must be able to prove".
    """
    filmed, reviewed = cycle.filmed_on, cycle.reviewed_on
    if filmed is None:
        return no("Not yet: the film has no date.")
    if filmed > today:
        return no(f"Not yet: the film is planned for {said(filmed)}.")
    if reviewed is None:
        return no("Not yet: the shared review has not happened.")
    if reviewed < filmed:
        return no("Not counted: the shared review is dated before its film.")
    if reviewed > today:
        return no(f"Not yet: the shared review is planned for {said(reviewed)}.")
    if not may_film(filmed, consents):
        return no(f"Not counted: there was no consent to filming on {said(filmed)}.")
    return YES


def may_film(on: date, consents: Iterable[ConsentFacts]) -> bool:
    """True when consent to filming was in force on that day."""
    return any(consent.covers(Scope.FILMING, on) for consent in consents)


def dates_fit(cycle: CycleFacts, today: date) -> Verdict:
    """The film is past and the review follows it; a review may be planned ahead."""
    filmed, reviewed = cycle.filmed_on, cycle.reviewed_on
    if filmed is None:
        return no("A cycle begins with its film. On which day did you film?")
    if filmed > today:
        return no(f"{said(filmed)} is still to come. Log the cycle once you have filmed.")
    if reviewed is not None and reviewed < filmed:
        return no(
            f"The shared review ({said(reviewed)}) is dated before its film ({said(filmed)}). "
            "Nothing is lost: please check both dates."
        )
    if reviewed is not None and reviewed > today + timedelta(days=365):
        return no(
            f"The shared review ({said(reviewed)}) is more than a year away. Is it this year?"
        )
    return YES


def consent_came_first(filmed_on: date, consents: Sequence[ConsentFacts]) -> Verdict:
    """Consent to filming was in force on the day of the film."""
    if may_film(filmed_on, consents):
        return YES
    given = [c.given_on for c in consents if Scope.FILMING in c.scopes]
    if given and min(given) > filmed_on:
        found = f"the first consent in this log is of {said(min(given))}"
    elif given:
        found = "the consent in this log had ended by then"
    else:
        found = "this log has no consent yet"
    return no(
        f"Consent to filming comes before the film. You filmed on {said(filmed_on)}, and {found}. "
        "If the form was signed by then, record that consent first; what you typed here is kept."
    )


def plain_code(typed: str) -> str:
    """The code as it is kept: capitals, no spaces."""
    return re.sub(r"\s+", "", typed).upper()


def is_a_code(code: str) -> Verdict:
    """One to three letters, perhaps a dash, one to three digits; the letters are no name."""
    match = _CODE.fullmatch(code)
    if match is None:
        return no("A code is one to three letters and a number, like B7 or KT-12. Never a name.")
    if match[1].lower() in GIVEN_NAMES:
        return no(f"“{code}” begins like a name. Please choose letters that point at nobody.")
    return YES


def next_code(taken: Sequence[str], initials: str) -> str:
    """The next free code: after one's newest (first in `taken`), or from one's own initials."""
    match = next((m for code in taken if (m := _CODE.fullmatch(code))), None)
    letters, dash = (match[1], match[2]) if match else (_letters(initials), "-")
    numbers = [int(m[3]) for code in taken if (m := _CODE.fullmatch(code)) and m[1] == letters]
    number = max(numbers, default=0) + 1
    return f"{letters}{dash}{number}" if number < 1000 else f"{letters[:2]}X{dash}1"


def _letters(initials: str) -> str:
    plain = "".join(letter for letter in initials.upper() if "A" <= letter <= "Z")
    return plain[:2] or "C"


def in_words(count: int) -> str:
    """A number as a manager may read it: nothing between 1 and 4 is shown."""
    if count == 0:
        return "none"
    return "fewer than 5" if count < SMALLEST_SHOWN else str(count)


def hidden(counts: Sequence[int]) -> tuple[bool, ...]:
    """Which of the parts of one whole are not shown.

    Parts from 1 to 4 are hidden; where that is exactly one, the smallest other part is hidden too,
    or the whole minus the rest would tell it.
    """
    small = [0 < count < SMALLEST_SHOWN for count in counts]
    others = [i for i, count in enumerate(counts) if count >= SMALLEST_SHOWN]
    if sum(small) == 1 and others:
        small[min(others, key=lambda i: counts[i])] = True
    return tuple(small)


@dataclass(frozen=True, slots=True)
class Next:
    """The one next step of a case: what, its verb (an address of the room), about how long.

    `press` is true where one press is all it takes.
    """

    words: str
    verb: str = ""
    button: str = ""
    minutes: int = 0
    press: bool = False


def next_step(state: str, cycles: Sequence[CycleFacts], has_question: bool, today: date) -> Next:
    """What helps this family most now."""
    if state in _BEFORE_WORK:
        return _BEFORE_WORK[state]
    waiting = (c for c in cycles if c.reviewed_on is None or c.reviewed_on > today)
    if first := next(waiting, None):
        return _waiting(first.reviewed_on)
    if not has_question:
        return Next("Write down the family’s helping question", "goal-set", "Write it down", 2)
    return Next("Film, then log the cycle", "cycle-log", "Log a cycle", 2)


def _waiting(planned: date | None) -> Next:
    if planned:
        return Next(f"Shared review on {said(planned)}")
    return Next("Look at the film together, then add the day of the shared review", minutes=1)


_BEFORE_WORK = {
    "referred": Next("Tell the family about VIG", "case-approach", "I have told them", 1, True),
    "approached": Next("Ask whether they would like it", "case-accept", "They said yes", 1, True),
    "accepted": Next("Talk about consent and record it", "consent-record", "Record consent", 5),
    "closed": Next("The work has ended"),
}


def hidden_steps(counts: Sequence[int]) -> tuple[bool, ...]:
    """Which steps of a funnel are not shown: those from 1 to 4 families."""
    return tuple(0 < count < SMALLEST_SHOWN for count in counts)


def share(part: int, whole: int) -> int | None:
    """The part in per cent, or None when either is too small to show."""
    if part < SMALLEST_SHOWN or whole < SMALLEST_SHOWN:
        return None
    return round(100 * part / whole)


def months(since: date, until: date) -> list[date]:
    """The first day of every month from `since` to `until`."""
    count = (until.year - since.year) * 12 + until.month - since.month + 1
    first = since.year * 12 + since.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(first, first + count)]
