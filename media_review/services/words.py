"""Words leave the house in their guider's hands, and that is on record."""

from uuid import UUID

from django.db import transaction

from ledger import services as ledger
from media_review import permissions
from media_review.models import Recording, Submission
from people.actor import Actor


@transaction.atomic
def take_words(*, actor: Actor, recording_id: UUID, form: str) -> None:
    """It is on record that the guider took the words on this film along, and as what."""
    recording = Recording.objects.get(pk=recording_id)
    permissions.may_mark(actor, recording).require()
    ledger.record(
        user_id=actor.user_id, verb="media_review.words_taken", subject=recording, form=form
    )


@transaction.atomic
def take_submission_words(*, actor: Actor, submission_id: UUID) -> None:
    """It is on record that the guider took the words of this submission along."""
    submission = Submission.objects.get(pk=submission_id)
    permissions.may_send(actor, submission).require()
    ledger.record(
        user_id=actor.user_id, verb="media_review.words_taken", subject=submission, form="zip"
    )
