"""Room for films: of a person, of an account, and on the disk. Asked before the first byte."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import F, QuerySet, Sum

from footage import rules
from footage.models import Allowance, Film, Upload
from footage.states import KEYLESS, State
from footage.stores import store
from people.errors import RuleBroken


def held(films: QuerySet[Film]) -> int:
    """Bytes that these films take, or will when what was announced has come."""
    living = films.exclude(state__in=KEYLESS)
    kept = living.aggregate(bytes=Sum("artefacts__size"))["bytes"] or 0
    coming = living.filter(artefacts=None).aggregate(bytes=Sum("size"))["bytes"] or 0
    return kept + coming


def require_room(*, user_id: UUID | None, account: UUID, size: int) -> None:
    """RuleBroken when a film of this size would be too much for its sender, account or disk.

    Needs a transaction: until it ends, nobody else begins a film for this person or account.
    """
    people = get_user_model().objects.filter(pk=user_id)
    list(people.select_for_update(no_key=True).values_list("pk"))
    Allowance.objects.get_or_create(account=account)
    allowance = Allowance.objects.select_for_update().get(account=account)
    mine = Film.objects.filter(sent_by=user_id)
    if mine.filter(state=State.RECEIVING).count() >= settings.FILM_OPEN_UPLOADS:
        raise RuleBroken(rules.TOO_MANY_ON_THEIR_WAY.format(settings.FILM_OPEN_UPLOADS))
    have = held(mine)
    if have + size > settings.FILM_PERSON_BYTES:
        raise RuleBroken(rules.full("You have", have, settings.FILM_PERSON_BYTES, size))
    have = held(Film.objects.filter(account=account))
    if have + size > allowance.most:
        raise RuleBroken(rules.full("Your service has", have, allowance.most, size))
    _require_disk(size)


def _require_disk(size: int) -> None:
    free = store().free()
    if free is None:
        return
    open_ones = Upload.objects.filter(film__state=State.RECEIVING)
    coming = open_ones.aggregate(bytes=Sum(F("size") - F("offset")))["bytes"] or 0
    if size + coming > free:
        raise RuleBroken(rules.NO_ROOM)
