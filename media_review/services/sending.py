"""A film on its way: tried again when we could not prepare it."""

from uuid import UUID

from django.db import transaction

from caselogs.kinds import Scope
from footage import services as footage
from media_review.models import Recording
from media_review.queries import consents
from media_review.services.recordings import owned
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def retry_film(*, actor: Actor, recording_id: UUID) -> Recording:
    """A film that failed through our fault is prepared again; RuleBroken when it did not fail."""
    recording = owned(actor, recording_id)
    said = consents.said(recording.case, Scope.FILMING)
    if not said.given:
        raise RuleBroken(f"{said.sentence} It cannot be prepared any more.")
    if recording.film is None:
        raise RuleBroken("There is no film here yet, so there is nothing to try again.")
    footage.retry(actor=actor, film_id=recording.film.pk)
    return recording
