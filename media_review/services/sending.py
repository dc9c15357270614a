"""A film on its way: expected, measured where it stays, prepared a second time."""

from typing import Any
from uuid import UUID

from django.db import transaction

from caselogs.kinds import Scope
from footage import services as footage
from footage.models import Upload
from ledger import services as ledger
from media_review.kinds import Custody
from media_review.models import Recording
from media_review.queries import consents
from media_review.services.recordings import begin_recording, begin_upload, owned
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def send_film(*, actor: Actor, file_name: str, size: int, **facts: Any) -> Upload:
    """A recording and its upload are there; a film that is refused leaves neither behind."""
    recording = begin_recording(actor=actor, custody=Custody.PLATFORM, **facts)
    return begin_upload(actor=actor, recording_id=recording.pk, file_name=file_name, size=size)


@transaction.atomic
def measure_film(
    *, actor: Actor, recording_id: UUID, sha256: str, length_ms: int | None = None
) -> Recording:
    """A film that is not kept here can be told from every other; once, and for good."""
    recording = owned(actor, recording_id)
    if recording.custody == Custody.PLATFORM:
        raise RuleBroken("This film is kept in Attune, which measures it by itself.")
    said = consents.said(recording.case, Scope.FILMING)
    if not said.given:
        raise RuleBroken(said.sentence)
    if recording.sha256:
        raise RuleBroken("This film is known already, so its fingerprint stays as it is.")
    recording.sha256, recording.length_ms = sha256, length_ms or recording.length_ms
    recording.save(update_fields=["sha256", "length_ms"])
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.recording_measured",
        subject=recording,
        sha256=sha256,
    )
    return recording


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
