"""Destroying what a locked film consisted of: its key is gone, now the useless bytes go."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from footage import keys
from footage.models import Film
from footage.states import State, Step, after
from footage.stores import store
from ledger import services as ledger

DEAD = (State.PURGING, State.PURGED, State.REJECTED)


def purge(film_id: UUID) -> None:
    """Nothing of the film lies in the store; the ledger holds the receipt. Twice does no more."""
    if Film.objects.filter(pk=film_id).exclude(state__in=DEAD).exists():
        return
    for ring in Film.objects.filter(pk=film_id, shredded=True).values_list("ring", flat=True):
        keys.destroy(ring)  # in case nobody lived to do it when the films were locked
    removed = store().delete(str(film_id))
    with transaction.atomic():
        film = Film.objects.to_destroy().select_for_update().filter(pk=film_id).first()
        if film is None:
            return
        if film.state == State.PURGING:
            film.state = after(film.state, Step.PURGED)
        film.purged_at = timezone.now()
        film.save(update_fields=["state", "purged_at"])
        film.artefacts.all().delete()
        ledger.record(
            user_id=None,
            verb="footage.purged",
            subject=film,
            parts=removed,
            sha256=film.sha256,
            key_destroyed=keys.is_destroyed(film.ring),
            key_fingerprint=keys.fingerprint(film.ring),
        )
