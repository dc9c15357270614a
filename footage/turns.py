"""Whose turn it is: the next piece of work belongs to whoever has had least done of late."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from footage import rules
from footage.kinds import Recipe, WorkState
from footage.models import Film, Work
from footage.rules import Turn

OF_LATE = timedelta(minutes=30)
SPEED_OF = 10
MOST = 500
LEAST = 1000  # milliseconds of film that a mere look counts as
BY_US = [Recipe.PREPARE, Recipe.CUT, Recipe.JOIN, Recipe.STILL]
FACTS = (
    *("film", "recipe", "made_at", "film__sent_by", "film__account"),
    *("film__duration_ms", "film__cut_start_ms", "film__cut_end_ms"),
)


def due() -> list[UUID]:
    """The films whose work may be done now, one of each person, the first to be done first."""
    now = timezone.now()
    place = Window(RowNumber(), partition_by=F("film__sent_by"), order_by=F("made_at").asc())
    first = Work.objects.open(now).annotate(place=place).filter(place=1).order_by("made_at")
    return _in_turn(_turns(first), now)[:MOST]


def ahead_of(film: Film) -> tuple[int, int]:
    """How many films come before this queued one, and how many milliseconds of film they hold."""
    now = timezone.now()
    waiting = _turns(Work.objects.filter(state=WorkState.WAITING, recipe__in=BY_US))
    order = _in_turn(waiting, now)
    costs = {turn.film: turn.cost for turn in waiting}
    before = order[: order.index(film.pk)] if film.pk in order else []
    running = _turns(Work.objects.filter(state=WorkState.RUNNING, recipe__in=BY_US))
    cost = sum(costs[film_id] for film_id in before) + sum(turn.cost // 2 for turn in running)
    return len(before) + len(running), cost


def speed() -> float | None:
    """Seconds that a second of film took of late, the usual one; None before the first film."""
    done = Work.objects.filter(recipe=Recipe.PREPARE, state=WorkState.DONE)
    done = done.filter(film__duration_ms__gt=0, started_at__isnull=False)
    rows = done.order_by("-finished_at").values_list(
        "started_at", "finished_at", "film__duration_ms"
    )
    found = [
        1000 * (end - start).total_seconds() / length for start, end, length in rows[:SPEED_OF]
    ]
    return median(found) if found else None


def workers() -> int:
    """How many films are being prepared at this moment; one at least will be."""
    return max(1, Work.objects.filter(state=WorkState.RUNNING, recipe__in=BY_US).count())


def _in_turn(waiting: Iterable[Turn], now: datetime) -> list[UUID]:
    lately = Q(state=WorkState.DONE, finished_at__gt=now - OF_LATE)
    had = Work.objects.filter(lately | Q(state=WorkState.RUNNING, lease_until__gte=now))
    return rules.in_turn(waiting, _turns(had.order_by("-made_at")))


def _turns(works: QuerySet[Work, Any]) -> list[Turn]:
    rows = works.order_by("made_at") if not works.query.order_by else works
    return [_turn(*row) for row in rows.values_list(*FACTS)[:MOST]]


def _turn(
    film: UUID,
    recipe: str,
    since: datetime,
    person: UUID,
    account: UUID,
    length: int,
    start: int | None,
    end: int | None,
) -> Turn:
    work = 0 if recipe == Recipe.CHECK else length or (end or 0) - (start or 0)
    return Turn(film, person, account, since, max(LEAST, work))
