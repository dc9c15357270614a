"""Objects nobody will ask for: left by processes that were killed between storing and noting."""

import logging
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from footage.kinds import WorkState
from footage.models import Film, Upload, Work
from footage.states import KEYLESS, State
from footage.stores import store

log = logging.getLogger(__name__)


def tidy(film_id: UUID) -> int:
    """Only what rows point at is left of the film, and what is being made; how many parts went."""
    return _tidy(film_id, list(store().names(str(film_id))))


def tidy_store() -> int:
    """Every film's folder is tidy; how many parts went.

    Folders of films no row knows are left and spoken of: they may belong to a newer database than
    the one that was restored.
    """
    removed, strange = 0, 0
    for folder, names in groupby(store().names(""), key=lambda name: name.partition("/")[0]):
        film_id = _known(folder)
        strange += film_id is None
        removed += _tidy(film_id, list(names)) if film_id else 0
    log.info("footage.tidied", extra={"removed": removed, "strange": strange})
    return removed


def _tidy(film_id: UUID, names: list[str]) -> int:
    """The names are older than the work that is asked of, and that is older than the artefacts.

    In this order, since what is published meanwhile goes from the work to the artefacts: asked for
    the other way round, its parts would belong to neither.
    """
    film = Film.objects.get(pk=film_id)
    if film.state == State.RECEIVING:
        return 0
    making = _being_made(film)
    wanted = _parts_of(film)
    litter = [name for name in names if name not in wanted and name.split("/")[1] not in making]
    for name in litter:
        store().delete(name)
    return len(litter)


def _being_made(film: Film) -> set[str]:
    busy = Work.objects.filter(film=film, state=WorkState.RUNNING)
    return {str(token) for token in busy.values_list("token", flat=True)}


def _parts_of(film: Film) -> set[str]:
    objects = [(each.object, each.layout) for each in film.artefacts.all()]
    arrived = Q(film=film) & ~Q(film__state__in=KEYLESS)
    objects += [(each.object, each.layout) for each in Upload.objects.filter(arrived)]
    return {f"{name}/{part}" for name, layout in objects for part, *_ in layout.parts()}


def _known(folder: str) -> UUID | None:
    try:
        return Film.objects.values_list("pk", flat=True).filter(pk=UUID(folder)).first()
    except ValueError:
        return None
