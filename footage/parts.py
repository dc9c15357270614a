"""New rows of films: on a living ring, whole or a part of another, with their work noted."""

from typing import Any
from uuid import UUID, uuid4

from footage import keys
from footage.errors import KeyGone
from footage.kinds import Recipe
from footage.models import Film, Grave, Work
from footage.states import FIRST_OF_A_CUT
from people.errors import RuleBroken

NOT_READY = "This film is not ready yet. Please wait until it can be watched."
RING_GONE = "The films of this case have been destroyed. No new film can be added."


def new_film(ring: UUID, *, account: UUID, **facts: Any) -> Film:
    """A film on this ring; RuleBroken once the ring has been destroyed."""
    film_id = uuid4()
    try:
        if Grave.objects.filter(ring=ring).exists():
            raise KeyGone(f"ring {ring} has a grave")
        key = keys.wrapped_for(film_id, ring, account)
    except KeyGone:
        raise RuleBroken(RING_GONE) from None
    return Film.objects.create(pk=film_id, ring=ring, account=account, wrapped_key=key, **facts)


def whole(film_id: UUID, start_ms: int) -> Film:
    """The film, locked, of which a part is made from this moment on."""
    film = Film.objects.select_for_update().get(pk=film_id)
    if not film.is_ready:
        raise RuleBroken(NOT_READY)
    if start_ms >= film.duration_ms:
        raise RuleBroken("The beginning lies after the end of the film.")
    return film


def part_of(film: Film, recipe: Recipe, *, start: int, end: int, **facts: Any) -> Film:
    """A stretch (milliseconds) of this locked film is a film to be made, on the same ring."""
    span = {"cut_from": film, "cut_start_ms": start, "cut_end_ms": end}
    first = FIRST_OF_A_CUT
    part = new_film(film.ring, account=film.account, state=first, **span, **facts)
    Work.objects.create(film=part, recipe=recipe)
    return part
