"""What a service holds: every film's record, why it is kept and until when. Never the film itself.

Each row is read with its clock, its consent of today and its holds in two queries, however many.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from footage.states import GONE
from footage.states import State as FilmState
from media_review import rules
from media_review.kinds import Custody
from media_review.models import Receipt, Recording, SafeguardingHold
from media_review.queries import consents, custody
from media_review.states import HoldState

AT_ONCE = 40
IN_A_FILE = 500
SHOWN = {
    "all": "Everything kept",
    "soon": "Goes within 14 days",
    "held": "Held",
    "withdrawn": "Consent withdrawn",
    "elsewhere": "Not in Attune",
    "destroyed": "Destroyed",
}
PLACES = {
    Custody.PLATFORM: "In Attune, sealed",
    Custody.SHOWN_LIVE: "Shown live, on the guider’s device",
    Custody.ELSEWHERE: "Kept by the service, outside Attune",
}


@dataclass(frozen=True, slots=True)
class Holding:
    """One film as the page prints it."""

    id: UUID
    url: str
    code: str
    guider: str
    kind: str
    filmed_on: date
    length: str
    size: int
    place: str
    consent: str
    consent_state: str
    state: str
    word: str
    kept_until: date | None
    rule: str
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the films: its name, how many, whether it is open now."""

    key: str
    label: str
    count: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Holdings:
    """A page of them, and where the next begins."""

    rows: tuple[Holding, ...]
    tabs: tuple[Tab, ...]
    size: int
    more: str


def holdings_of(organisation_id: UUID, shown: str, after: str) -> Holdings:
    """One page of a service's films; `after` is the mark of the last row before it."""
    totals, gone = _totals(organisation_id), _receipts(organisation_id).count()
    tabs = tuple(
        Tab(key, label, gone if key == "destroyed" else totals[key], key == shown)
        for key, label in SHOWN.items()
    )
    if shown == "destroyed":
        found = _page(_receipts(organisation_id), "locked_at", after, newest=True)
        rows = tuple(_gone(each) for each in found[:AT_ONCE])
        more = _mark(found, "locked_at")
    else:
        field = "kept_until" if shown == "soon" else "filmed_on"
        found = _page(_kept(organisation_id, shown), field, after, newest=field == "filmed_on")
        rows = tuple(_holdings(found[:AT_ONCE]))
        more = _mark(found, field)
    return Holdings(rows, tabs, totals["size"] or 0, more)


def every_holding(organisation_id: UUID, shown: str) -> Iterator[Holding]:
    """All of them for a file, read and written a few hundred at a time."""
    if shown == "destroyed":
        yield from (_gone(row) for row in _receipts(organisation_id).iterator(IN_A_FILE))
        return
    rows = _kept(organisation_id, shown).order_by("-filmed_on", "-pk").iterator(IN_A_FILE)
    while several := list(islice(rows, IN_A_FILE)):
        yield from _holdings(several)


def _kept(organisation_id: UUID, shown: str) -> QuerySet[Recording]:
    """The records of films that are not destroyed, narrowed to one way of looking."""
    rows = Recording.objects.filter(case__organisation=organisation_id)
    alive = rows.exclude(film__state__in=GONE).with_clock().with_consent()
    wanted = alive.filter(_filters(timezone.localdate())[shown])
    return wanted.select_related("case", "owner", "film")


def _filters(today: date) -> dict[str, Q]:
    held = Q(held_on__isnull=False) | Q(safe_until__isnull=False)
    soon = today + timedelta(days=max(rules.AHEAD))
    return {
        "all": Q(),
        "soon": Q(kept_until__lte=soon, film__isnull=False),
        "held": held,
        "withdrawn": Q(is_withdrawn=True),
        "elsewhere": ~Q(custody=Custody.PLATFORM),
    }


def _totals(organisation_id: UUID) -> dict[str, int]:
    """How many rows each way of looking opens, and how large the films in Attune are."""
    counts = {
        key: Count("pk", filter=wanted, distinct=True)
        for key, wanted in _filters(timezone.localdate()).items()
    }
    rows = _kept(organisation_id, "all")
    return rows.aggregate(**counts, size=Coalesce(Sum("film__size"), 0))


def _receipts(organisation_id: UUID) -> QuerySet[Receipt]:
    rows = Receipt.objects.filter(organisation=organisation_id).order_by("-locked_at", "-pk")
    return rows.select_related("case", "guider", "film")


def _page(rows: QuerySet[Any], field: str, after: str, *, newest: bool) -> list[Any]:
    """The rows after this mark and one more, which says that there are more."""
    sign, than = ("-", "lt") if newest else ("", "gt")
    mark = _read_mark(after, is_moment=field == "locked_at")
    if mark:
        value, pk = mark
        later = Q(**{f"{field}__{than}": value}) | Q(**{field: value, f"pk__{than}": pk})
        rows = rows.filter(later)
    return list(rows.order_by(f"{sign}{field}", f"{sign}pk")[: AT_ONCE + 1])


def _read_mark(words: str, *, is_moment: bool) -> tuple[date, UUID] | None:
    """The value and the id of the row a page begins after; None for anything else."""
    value, _, pk = words.partition("_")
    try:
        return (datetime if is_moment else date).fromisoformat(value), UUID(pk)
    except ValueError:
        return None


def _mark(found: list[Any], field: str) -> str:
    """Where the next page begins; empty at the end."""
    if len(found) <= AT_ONCE:
        return ""
    last = found[AT_ONCE - 1]
    return f"{getattr(last, field).isoformat()}_{last.pk}"


def _holdings(rows: Iterable[Recording]) -> Iterator[Holding]:
    rows = list(rows)
    open_ones = SafeguardingHold.objects.binding().filter(recording__in=[row.pk for row in rows])
    holds = {hold.recording_id: hold for hold in open_ones}
    return (holding_of(row, holds.get(row.pk)) for row in rows)


def holding_of(row: Recording, hold: SafeguardingHold | None) -> Holding:
    """One film's line; needs with_clock, is_covered and is_withdrawn."""
    state, word = _standing(row, hold)
    return Holding(
        **_facts(row, row.case.code, row.owner.name),
        id=row.pk,
        url=row.get_keeping_url(),
        length=rules.length_words(row.span_ms) if row.span_ms else "",
        size=row.film.size if row.film else 0,
        place=PLACES[Custody(row.custody)],
        consent="In force" if row.is_covered else "Withdrawn" if row.is_withdrawn else "None",
        consent_state="done" if row.is_covered else "withdrawn",
        state=state,
        word=word,
        kept_until=row.kept_until if row.film and not row.is_withdrawn else None,
        rule=rule_words(row, hold),
        holds=holds_words(row, hold),
    )


def _facts(row: Any, code: str, guider: str) -> dict[str, Any]:
    kind = row.get_kind_display().partition(":")[0]
    return {"code": code, "guider": guider, "kind": kind, "filmed_on": row.filmed_on}


def rule_words(row: Recording, hold: SafeguardingHold | None) -> str:
    """The rule behind the last day; needs with_clock."""
    if row.is_withdrawn and row.film:
        if hold:
            return "the family withdrew: it goes when the hold ends"
        return "the family withdrew: it goes at once"
    if row.film is None:
        return "Attune holds no film of it"
    return custody.rule_of(row)


def holds_words(row: Recording, hold: SafeguardingHold | None) -> tuple[str, ...]:
    """What keeps the film beyond its rule, in words without anybody's reasons."""
    said = []
    if hold:
        waits = " (waits for a second person)" if hold.state == HoldState.ASKED else ""
        last = timezone.localdate(hold.binds_until) if waits else hold.until
        said.append(f"Safeguarding hold until {consents.day(last)}{waits}")
    if row.held_on:
        said.append(f"For a stage meeting until {consents.day(row.held_on)}")
    return tuple(said)


def _standing(row: Recording, hold: SafeguardingHold | None) -> tuple[str, str]:
    if row.is_withdrawn:
        return "stopped", "Locked, held" if hold else "Withdrawn"
    if row.film is None:
        return (
            ("waiting", "No film yet")
            if row.custody == Custody.PLATFORM
            else ("done", "Only noted")
        )
    if row.film.state == FilmState.REJECTED:
        return "stopped", "Could not be used"
    return ("ready" if row.film.is_ready else "open"), FilmState(row.film.state).label.capitalize()


def _gone(row: Receipt) -> Holding:
    when = timezone.localtime(row.locked_at)
    over = row.film.purged_at is not None
    return Holding(
        **_facts(row, row.case.code, row.guider.name),
        id=row.pk,
        url=reverse("media_review:receipt", args=[row.pk]),
        length=rules.length_words(row.length_ms) if row.length_ms else "",
        size=row.size,
        place="Nowhere any more" if over else "Locked, being removed",
        consent=row.get_ending_display(),
        consent_state="ending",
        state="ending",
        word=f"Destroyed on {consents.day(when.date())}",
        kept_until=None,
        rule=row.rule,
        holds=(),
    )
