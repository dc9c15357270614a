"""What somebody watched is on record before they have it: what was sent, and what was played."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from media_review import rules
from media_review.models import Clip, Keepsake, Recording, Viewing
from people.actor import Actor

Subject = Recording | Clip | Keepsake
NAMES = {Recording: "recording", Clip: "clip", Keepsake: "keepsake"}


def note_served(*, user_id: UUID | None, subject: Subject, film_id: UUID, slices: int) -> None:
    """This person's sitting before this film is open, and these slices of it were sent.

    Nobody (None) stands for the family before its own keepsake.
    """
    mine = Viewing.objects.open().filter(viewer_id=user_id, film_id=film_id)
    now = timezone.now()
    if mine.update(served=F("served").bitor(slices), touched_at=now):
        return
    about = {NAMES[type(subject)]: subject}
    try:
        with transaction.atomic():
            Viewing.objects.create(viewer_id=user_id, film_id=film_id, served=slices, **about)
    except IntegrityError:  # opened by another request in the same moment
        mine.update(served=F("served").bitor(slices), touched_at=now)


@transaction.atomic
def note_played(
    *, actor: Actor, subject: Subject, film_id: UUID, length_ms: int, spans: Iterable[Sequence[int]]
) -> Viewing:
    """These stretches were played, says the player; kept inside the film's length and in order."""
    note_served(user_id=actor.user_id, subject=subject, film_id=film_id, slices=0)
    rows = Viewing.objects.open().select_for_update()
    viewing = rows.get(viewer_id=actor.user_id, film_id=film_id)
    viewing.played = rules.joined([*viewing.played, *spans], length_ms)
    viewing.save(update_fields=["played"])
    return viewing
