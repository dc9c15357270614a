"""May this session watch this film at this moment? Everything in one question, for the fast lane.

The rules are those of everywhere else: `watchable_by` with an actor whose ties and roles are asked
for inside the same question, and the person's row, which must bear the session out.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, FilteredRelation, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from footage.kinds import ArtefactKind
from footage.models import Artefact, Film
from footage.states import State as FilmState
from media_review.models import Filmed
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
    "otherwise": "a lesser kind",
    "today": date(2999, 12, 31),  # the day of `now`: rules may ask for either
    "now": datetime(2999, 12, 31, tzinfo=timezone.get_default_timezone()),
}


@dataclass(frozen=True, slots=True)
class Pass:
    """What may be watched, and how far this sitting is on record (never touched: not at all)."""

    user_id: UUID
    artefact: Artefact
    served: int
    touched_at: datetime | None


def pass_of(request: HttpRequest, model: Filmed, pk: UUID, kind: ArtefactKind) -> Pass | None:
    """What this request may have of it now, asked afresh: session and all. Two queries."""
    claim = claims.claim_of(request)
    return pass_for(claim, model, pk, kind) if claim else None


def pass_for(claim: Claim, model: Filmed, pk: UUID, kind: ArtefactKind) -> Pass | None:
    """The sealed object with its film, if whoever claims this may watch it now. One query.

    Where no 1080p film was made, the 720p film stands for it.
    """
    now = timezone.now()
    otherwise = ArtefactKind.PROXY if kind == ArtefactKind.FINE else kind
    row = _question(model).ask(
        user_id=claim.user_id,
        pk=pk,
        kind=str(kind),
        otherwise=str(otherwise),
        today=timezone.localdate(now),
        now=now,
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
def _question(model: Filmed) -> Question:
    return Question(lambda **facts: _described(model, **facts), **STAND_INS)


def _described(
    model: Any, user_id: UUID, pk: UUID, kind: str, otherwise: str, today: date, now: datetime
) -> QuerySet[Any]:
    """The rows, best first: none unless the account is open and the film may be watched."""
    person = User.objects.with_open_account().filter(pk=user_id)
    mine = Q(film__viewings__viewer=user_id, film__viewings__ended_at=None)
    return (
        model.objects.watchable_by(actor_inside(user_id, today), now)
        .filter(pk=pk, film__state=FilmState.READY, film__artefacts__kind__in=[kind, otherwise])
        .filter(Exists(person))
        .annotate(
            password=Subquery(person.values("password")),
            sitting=FilteredRelation("film__viewings", condition=mine),
        )
        .order_by("film__artefacts__kind")  # "fine" comes before "proxy"
        .values_list(
            "password",
            "sitting__served",
            "sitting__touched_at",
            *(f"film__{name}" for name in FILM),
            *(f"film__artefacts__{name}" for name in ARTEFACT),
        )
    )
