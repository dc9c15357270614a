"""A service's numbers: the funnel and what surrounds it, with small counts left out at the source.

Nothing that leaves this file carries a count from 1 to 4: a page cannot show what it never gets.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from caselogs import rules
from caselogs.kinds import AgeBand, Ending, ReferralSource
from caselogs.models import Case, Cycle, TimeEntry
from caselogs.queries.consents import filming_consents


@dataclass(frozen=True, slots=True)
class Figure:
    """One number a manager may read: `count` is None where it would point at few families."""

    label: str
    count: int | None
    words: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """One part of the families (a referrer, an age band): how far they came."""

    label: str
    referred: Figure
    consented: Figure
    completed: Figure


@dataclass(frozen=True, slots=True)
class Months:
    """Cycles of one guider, month by month."""

    guider: str
    total: Figure
    months: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class TimeFigure:
    """Protected hours of all guiders together in one month."""

    first: date
    planned_hours: float
    used_hours: float


@dataclass(frozen=True, slots=True)
class ServiceNumbers:
    """What the page of a service shows, already suppressed."""

    since: date
    until: date
    funnel: tuple[Figure, ...]
    completed_of_approached: int | None
    by_referrer: tuple[Split, ...]
    by_age: tuple[Split, ...]
    endings: tuple[Figure, ...]
    month_names: tuple[date, ...]
    by_guider: tuple[Months, ...]
    time: tuple[TimeFigure, ...]


@dataclass(frozen=True, slots=True)
class _Family:
    referral_source: str
    age_band: str
    ending: str
    approached: bool
    accepted: bool
    consented: bool
    filmed: bool
    counted: int

    @property
    def completed(self) -> bool:
        return self.ending == Ending.COMPLETED


FUNNEL: tuple[tuple[str, str, Callable[[_Family], bool]], ...] = (
    ("Referred", "Families referred in this time.", lambda f: True),
    ("Approached", "Of these, told about VIG.", lambda f: f.approached),
    ("Said yes", "Of these, said yes to VIG.", lambda f: f.accepted),
    ("Consented", "Of these, agreed to filming on a form.", lambda f: f.consented),
    ("Filmed", "Of these, filmed at least once.", lambda f: f.filmed),
    ("One cycle", "A film and its shared review, at least once.", lambda f: f.counted >= 1),
    ("Two cycles", "A film and its shared review, at least twice.", lambda f: f.counted >= 2),
    ("Three or more", "A film and its shared review, three times.", lambda f: f.counted >= 3),
    ("Completed", "The work ended as planned.", lambda f: f.completed),
)


def service_numbers(
    organisation_id: UUID, since: date, until: date, today: date | None = None
) -> ServiceNumbers:
    """The numbers of the families referred from `since` to `until` (both included)."""
    day = today or timezone.localdate()
    cases = _cases(organisation_id, since, until)
    cycles = _cycles(organisation_id)
    families = _families(cases, cycles, day)
    counts = [sum(map(reached, families)) for _, _, reached in FUNNEL]
    hidden = rules.hidden_steps(counts)
    months = tuple(rules.months(since, until))
    return ServiceNumbers(
        since=since,
        until=until,
        funnel=tuple(
            _figure(label, count, hide, rule)
            for (label, rule, _), count, hide in zip(FUNNEL, counts, hidden, strict=True)
        ),
        completed_of_approached=rules.share(counts[8], counts[1]),
        by_referrer=_split(families, "referral_source", ReferralSource),
        by_age=_split(families, "age_band", AgeBand),
        endings=_parts(Ending, Counter(family.ending for family in families)),
        month_names=months,
        by_guider=_by_guider(cycles, months, day),
        time=_time(organisation_id, since, until),
    )


def _cases(organisation_id: UUID, since: date, until: date) -> list[tuple]:
    rows = Case.objects.filter(organisation_id=organisation_id, referred_on__range=(since, until))
    fields = ("pk", "referral_source", "age_band", "ending", "approached_on", "accepted_on")
    return list(rows.values_list(*fields))


def _cycles(organisation_id: UUID) -> list[dict[str, Any]]:
    rows = Cycle.objects.filter(case__organisation_id=organisation_id)
    fields = ("case_id", "case__guider__name", "case__guider_id", "filmed_on", "reviewed_on")
    found = list(rows.order_by("case__guider__name").values(*fields))
    consents = filming_consents({row["case_id"] for row in found})
    return [{**row, "consents": consents.get(row["case_id"], ())} for row in found]


def _counts(cycle: dict[str, Any], today: date) -> bool:
    dates = rules.CycleFacts(cycle["filmed_on"], cycle["reviewed_on"])
    return bool(rules.counts(dates, cycle["consents"], today))


def _families(cases: list[tuple], cycles: list[dict[str, Any]], today: date) -> list[_Family]:
    filmed = {cycle["case_id"] for cycle in cycles if cycle["filmed_on"]}
    counted = Counter(cycle["case_id"] for cycle in cycles if _counts(cycle, today))
    agreed = filming_consents({case[0] for case in cases})
    return [
        _Family(
            source,
            age,
            ending,
            approached is not None,
            accepted is not None,
            pk in agreed,
            pk in filmed,
            counted[pk],
        )
        for pk, source, age, ending, approached, accepted in cases
    ]


def _figure(label: str, count: int, hide: bool, rule: str = "") -> Figure:
    if hide:
        return Figure(
            label, None, rules.in_words(min(count, 1)) if count < 5 else "not shown", rule
        )
    return Figure(label, count, rules.in_words(count), rule)


def _parts(kinds: Any, counts: Counter[str]) -> tuple[Figure, ...]:
    """The parts of one whole: the closed families by how the work ended."""
    numbers = [counts[kind.value] for kind in kinds]
    hidden = rules.hidden(numbers)
    return tuple(
        _figure(kind.label, count, hide)
        for kind, count, hide in zip(kinds, numbers, hidden, strict=True)
        if count
    )


def _split(families: Iterable[_Family], field: str, kinds: Any) -> tuple[Split, ...]:
    groups = {kind: [f for f in families if getattr(f, field) == kind.value] for kind in kinds}
    groups = {kind: group for kind, group in groups.items() if group}
    columns = {
        name: [sum(test(family) for family in group) for group in groups.values()]
        for name, test in _COLUMNS.items()
    }
    hidden = {name: rules.hidden(counts) for name, counts in columns.items()}
    return tuple(
        Split(
            kind.label,
            **{n: _figure(kind.label, columns[n][i], hidden[n][i]) for n in _COLUMNS},
        )
        for i, kind in enumerate(groups)
    )


_COLUMNS: dict[str, Callable[[_Family], bool]] = {
    "referred": lambda family: True,
    "consented": lambda family: family.consented,
    "completed": lambda family: family.completed,
}


def _by_guider(
    cycles: list[dict[str, Any]], months: tuple[date, ...], today: date
) -> tuple[Months, ...]:
    counted = [cycle for cycle in cycles if _counts(cycle, today)]
    guiders = {cycle["case__guider_id"]: cycle["case__guider__name"] for cycle in cycles}
    lines = []
    for guider_id, name in guiders.items():
        mine = Counter(
            c["reviewed_on"].replace(day=1) for c in counted if c["case__guider_id"] == guider_id
        )
        numbers = [mine[month] for month in months]
        figures = tuple(
            _figure(f"{month:%B %Y}", number, hide)
            for month, number, hide in zip(months, numbers, rules.hidden(numbers), strict=True)
        )
        total = sum(numbers)
        lines.append(Months(name, _figure(name, total, 0 < total < 5), figures))
    return tuple(lines)


def _time(organisation_id: UUID, since: date, until: date) -> tuple[TimeFigure, ...]:
    rows = TimeEntry.objects.filter(organisation_id=organisation_id, on__range=(since, until))
    sums = rows.annotate(month=TruncMonth("on")).values("month").order_by("month")
    return tuple(
        TimeFigure(row["month"], row["planned"] / 60, row["used"] / 60)
        for row in sums.annotate(planned=Sum("minutes_planned"), used=Sum("minutes_used"))
    )
