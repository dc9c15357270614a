"""A guider's films, and what can be filmed next."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from caselogs.kinds import Scope
from caselogs.models import Case, Cycle
from footage import queries as footage
from footage.states import GONE, State
from media_review import rules
from media_review.kinds import Custody
from media_review.models import Recording
from media_review.queries import consents
from media_review.queries.stages import title_of
from people.actor import Actor

AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class FilmCard:
    """One film as the list shows it."""

    url: str
    title: str
    meta: str
    poster: str
    length: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A case that a film can be added to, with what its family has agreed to."""

    case: Case
    label: str
    said: consents.Said


def films_of(actor: Actor, case_id: UUID | None = None) -> tuple[FilmCard, ...]:
    """The person's own films (of one case), newest first, in a fixed number of queries."""
    rows = Recording.objects.visible_to(actor).for_list().with_clock()
    if case_id:
        rows = rows.filter(case_id=case_id)
    return tuple(_card(row) for row in rows[:AT_ONCE])


def _card(row: Recording) -> FilmCard:
    state, word = _standing(row)
    parts = [consents.day(row.filmed_on)]
    if row.cycle:
        parts.append(f"cycle {row.cycle.number}")
    if row.clip_count:
        parts.append("1 clip" if row.clip_count == 1 else f"{row.clip_count} clips")
    if row.film and row.kept_until and row.is_covered:
        parts.append(f"kept until {consents.day(row.kept_until)}")
    ready = row.film is not None and row.film.is_ready and row.is_covered
    return FilmCard(
        url=row.get_absolute_url(),
        title=title_of(row),
        meta=" · ".join(parts),
        poster=reverse("media_review:recording-poster", args=[row.pk]) if ready else "",
        length=rules.length_words(row.span_ms) if row.span_ms else "",
        state=state,
        word=word,
    )


def _standing(row: Recording) -> tuple[str, str]:
    if row.film and row.film.state in GONE:
        return "ending", "Film destroyed, words kept"
    if not row.is_covered:
        return "stopped", "Locked: consent withdrawn"
    if row.custody == Custody.SHOWN_LIVE:
        return "done", "Stays on your device"
    if row.custody == Custody.ELSEWHERE:
        return "done", "Kept by your service"
    if row.film is None:
        return "waiting", "Waiting for the film"
    if row.film.is_ready:
        return "ready", "Ready to watch"
    if row.film.state in (State.REJECTED, State.FAILED):
        return "refused", "Could not be used"
    return "arriving", footage.WORDS.get(State(row.film.state), "Being prepared").rstrip(".")


def cases_to_film(actor: Actor) -> tuple[CaseChoice, ...]:
    """The person's open cases, those with consent to film first."""
    cases = list(open_cases(actor))
    said = consents.said_by(cases, Scope.FILMING)
    choices = [
        CaseChoice(case, f"{case.code}, {case.get_client_type_display().lower()}", said[case.pk])
        for case in cases
    ]
    return tuple(sorted(choices, key=lambda choice: not choice.said.given))


def open_cases(actor: Actor) -> Any:
    """The person's own cases that are not closed."""
    return Case.objects.filter(guider_id=actor.user_id, closed_on=None).order_by("code")


def open_cycles(actor: Actor) -> Any:
    """Cycles of the person's open cases, newest first in each."""
    rows = Cycle.objects.filter(case__guider_id=actor.user_id, case__closed_on=None)
    return rows.select_related("case").order_by("case__code", "-number")
