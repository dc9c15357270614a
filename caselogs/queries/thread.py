"""One case as its page tells it: consent, goals and ratings, cycles as a thread."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from caselogs import rules
from caselogs.kinds import Ending, Scope
from caselogs.models import Case, Consent, Cycle, Goal
from caselogs.queries.consents import first_day_after


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """One purpose and the family's answer."""

    scope: str
    label: str
    granted: bool


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """One consent: what was agreed, when, on which form, and until when it held."""

    id: UUID
    given_on: date
    ended_on: date | None
    withdrawn: bool
    form_version: str
    explained_by: str
    covered: str
    evidence: str
    child_assent: str
    scopes: tuple[ScopeLine, ...]


@dataclass(frozen=True, slots=True)
class Rating:
    """The parent's number on one day."""

    rated_on: date
    now: int
    hoped: int | None


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """One step from 1 to 10: `mark` says what stands on it (now, before, hoped, or nothing)."""

    number: int
    mark: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with its ratings, oldest first."""

    id: UUID
    words: str
    is_helping_question: bool
    set_on: date
    ratings: tuple[Rating, ...]

    @property
    def first(self) -> Rating | None:
        """Where it began."""
        return self.ratings[0] if self.ratings else None

    @property
    def latest(self) -> Rating | None:
        """Where it stands."""
        return self.ratings[-1] if self.ratings else None

    @property
    def steps(self) -> tuple[ScaleStep, ...]:
        """The scale from 1 to 10 with the first and latest numbers and the hope on it."""
        if self.first is None or self.latest is None:
            return ()
        marks = {self.first.now: "before", self.latest.hoped: "hoped", self.latest.now: "now"}
        return tuple(ScaleStep(number, marks.get(number, "")) for number in range(1, 11))


@dataclass(frozen=True, slots=True)
class CycleLine:
    """One cycle, whether it counts, and whether it may still change."""

    id: UUID
    number: int
    filmed_on: date | None
    reviewed_on: date | None
    review_ahead: bool
    review_minutes: int | None
    activity: str
    what_went_well: str
    next_time: str
    counts: bool
    reason: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Knot:
    """Something that happened in a case: `kind` tells the page how to draw it."""

    on: date
    kind: str
    title: str
    note: str = ""
    cycle: CycleLine | None = None


@dataclass(frozen=True, slots=True)
class CaseThread:
    """Everything the page of a case shows."""

    consent: ConsentCard | None
    earlier_consents: tuple[ConsentCard, ...]
    goals: tuple[GoalLine, ...]
    cycles: tuple[CycleLine, ...]
    knots: tuple[Knot, ...]
    next_step: rules.Next

    @property
    def counted(self) -> int:
        """How many cycles count."""
        return sum(cycle.counts for cycle in self.cycles)

    @property
    def open_cycle(self) -> CycleLine | None:
        """The first cycle whose shared review has not happened."""
        waiting = (c for c in self.cycles if c.reviewed_on is None or c.review_ahead)
        return next((cycle for cycle in waiting if not cycle.sealed), None)

    @property
    def helping_question(self) -> GoalLine | None:
        """The family's question, when it is there."""
        return next((goal for goal in self.goals if goal.is_helping_question), None)


def case_thread(case: Case, today: date | None = None) -> CaseThread:
    """The whole story of a case, in six queries however long it is."""
    day = today or timezone.localdate()
    consents = _consents(case)
    cycles = _cycles(case, consents, day)
    goals = _goals(case)
    facts = [rules.CycleFacts(cycle.filmed_on, cycle.reviewed_on) for cycle in cycles]
    has_question = any(goal.is_helping_question for goal in goals)
    return CaseThread(
        consent=next((consent for consent in consents if consent.ended_on is None), None),
        earlier_consents=tuple(consent for consent in consents if consent.ended_on),
        goals=goals,
        cycles=cycles,
        knots=_knots(case, consents, cycles),
        next_step=rules.next_step(case.state, facts, has_question, day),
    )


def _consents(case: Case) -> tuple[ConsentCard, ...]:
    rows = Consent.objects.filter(case_id=case.pk).select_related("explained_by")
    return tuple(_consent(row) for row in rows.prefetch_related("scopes"))


def _consent(row: Consent) -> ConsentCard:
    granted = {line.scope for line in row.scopes.all() if line.granted}
    return ConsentCard(
        id=row.pk,
        given_on=row.given_on,
        ended_on=first_day_after(row.withdrawn_at, row.superseded_at),
        withdrawn=row.withdrawn_at is not None,
        form_version=row.form_version,
        explained_by=row.explained_by.name,
        covered=row.covered,
        evidence=row.evidence,
        child_assent=row.child_assent,
        scopes=tuple(ScopeLine(s.value, s.label, s.value in granted) for s in Scope),
    )


def _goals(case: Case) -> tuple[GoalLine, ...]:
    rows = Goal.objects.filter(case_id=case.pk).prefetch_related("ratings")
    return tuple(
        GoalLine(
            row.pk,
            row.words,
            row.is_helping_question,
            row.set_on,
            tuple(Rating(r.rated_on, r.now_score, r.hoped_score) for r in row.ratings.all()),
        )
        for row in rows
    )


def _cycles(case: Case, consents: tuple[ConsentCard, ...], today: date) -> tuple[CycleLine, ...]:
    facts = [
        rules.ConsentFacts(
            consent.given_on,
            consent.ended_on,
            frozenset(line.scope for line in consent.scopes if line.granted),
        )
        for consent in consents
    ]
    rows = Cycle.objects.filter(case_id=case.pk).prefetch_related("seals").order_by("number")
    return tuple(_cycle(row, facts, today) for row in rows)


def _cycle(row: Cycle, consents: list[rules.ConsentFacts], today: date) -> CycleLine:
    verdict = rules.counts(rules.CycleFacts(row.filmed_on, row.reviewed_on), consents, today)
    return CycleLine(
        id=row.pk,
        number=row.number,
        filmed_on=row.filmed_on,
        reviewed_on=row.reviewed_on,
        review_ahead=row.reviewed_on is not None and row.reviewed_on > today,
        review_minutes=row.review_minutes,
        activity=row.activity,
        what_went_well=row.what_went_well,
        next_time=row.next_time,
        counts=verdict.allowed,
        reason=verdict.reason,
        sealed=", ".join(seal.label for seal in row.seals.all()),
    )


def _knots(
    case: Case, consents: tuple[ConsentCard, ...], cycles: tuple[CycleLine, ...]
) -> tuple[Knot, ...]:
    knots = [Knot(case.referred_on, "step", "Referred", case.get_referral_source_display())]
    if case.approached_on:
        knots.append(Knot(case.approached_on, "step", "Told about VIG"))
    if case.accepted_on:
        knots.append(Knot(case.accepted_on, "step", "Said yes"))
    for consent in reversed(consents):
        yes = sum(line.granted for line in consent.scopes)
        knots.append(Knot(consent.given_on, "consent", "Consent", f"yes to {yes} of 8 purposes"))
        if consent.withdrawn and consent.ended_on:
            knots.append(Knot(consent.ended_on, "withdrawn", "Consent withdrawn"))
    knots += [
        Knot(c.filmed_on or c.reviewed_on or case.referred_on, "cycle", f"Cycle {c.number}", "", c)
        for c in cycles
    ]
    if case.closed_on:
        knots.append(Knot(case.closed_on, "end", "The work ended", Ending(case.ending).label))
    return tuple(sorted(knots, key=lambda knot: knot.on))
