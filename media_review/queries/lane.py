"""May this session watch this film at this moment? Everything in one question, for the fast lane.

The rules are those of everywhere else: `watchable_by` with an actor whose ties are asked for inside
the same question, and the person's row, which must bear the session out.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, FilteredRelation, Q, QuerySet, Subquery
from django.utils import timezone

from footage.kinds import ArtefactKind
from footage.models import Artefact, Film
from footage.states import State as FilmState
from media_review.models import Clip, Recording
from people import claims
from people.claims import Claim
from people.models import User
from people.queries import actor_inside
from people.questions import Question

# Columns of film and artefact, in the order of their models (as from_db takes them).
FILM = ("id", "ring", "account", "wrapped_key", "duration_ms")
ARTEFACT = ("film_id", "kind", "object", "runs", "size", "media_type")
STAND_INS: dict[str, Any] = {
    "user_id": UUID("5eed0000-0000-4000-8000-000000000001"),
    "pk": UUID("5eed0000-0000-4000-8000-000000000002"),
    "kind": "a kind",
    "today": date(2999, 12, 30),
    "now": datetime(2999, 12, 31, tzinfo=timezone.get_default_timezone()),
}


@dataclass(frozen=True, slots=True)
class Pass:
    """What may be watched, and how far this sitting is on record (never touched: not at all)."""

    user_id: UUID
    artefact: Artefact
    served: int
    touched_at: datetime | None


def pass_for(
    claim: Claim, model: type[Recording] | type[Clip], pk: UUID, kind: ArtefactKind
) -> Pass | None:
    """The sealed object with its film, if whoever claims this may watch it now. One query."""
    now = timezone.now()
    row = _question(model).ask(
        user_id=claim.user_id, pk=pk, kind=str(kind), today=timezone.localdate(now), now=now
    )
    if row is None or not claims.is_borne_out(claim, row[0]):
        return None
    artefact = Artefact.from_db(DEFAULT_DB_ALIAS, ARTEFACT, row[8:])
    artefact.film = Film.from_db(DEFAULT_DB_ALIAS, FILM, row[3:8])
    return Pass(claim.user_id, artefact, row[1] or 0, row[2])


def forget() -> None:
    """The questions are put anew (when a rule was changed under a running process)."""
    _question.cache_clear()


@cache
def _question(model: type[Recording] | type[Clip]) -> Question:
    return Question(lambda **facts: _described(model, **facts), **STAND_INS)


def _described(
    model: Any, user_id: UUID, pk: UUID, kind: str, today: date, now: datetime
) -> QuerySet[Any]:
    """The rows: one at most, none unless the account is open and the film may be watched."""
    person = User.objects.with_open_account().filter(pk=user_id)
    mine = Q(film__viewings__viewer=user_id, film__viewings__ended_at=None)
    return (
        model.objects.watchable_by(actor_inside(user_id, today), now)
        .filter(pk=pk, film__state=FilmState.READY, film__artefacts__kind=kind)
        .filter(Exists(person))
        .annotate(
            password=Subquery(person.values("password")),
            sitting=FilteredRelation("film__viewings", condition=mine),
        )
        .order_by()
        .values_list(
            "password",
            "sitting__served",
            "sitting__touched_at",
            *(f"film__{name}" for name in FILM),
            *(f"film__artefacts__{name}" for name in ARTEFACT),
        )
    )
