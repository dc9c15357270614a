"""Films that are half here: which file to choose again, and how much of it is safe."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from footage.states import State
from media_review.models import Recording
from media_review.queries import consents
from media_review.queries.stages import title_of
from people.actor import Actor


@dataclass(frozen=True, slots=True)
class Half:
    """One film that did not arrive whole yet."""

    id: UUID
    name: str
    size: int
    safe: int
    title: str
    day: str

    @property
    def percent(self) -> int:
        """How much of it is safe, never said to be all."""
        return min(99, self.safe * 100 // max(1, self.size))


def half_here(actor: Actor) -> tuple[Half, ...]:
    """The person's films that can still be carried on with, the latest first, in one query."""
    rows = Recording.objects.visible_to(actor).filter(
        film__state=State.RECEIVING, film__upload__expires_at__gt=timezone.now()
    )
    found = rows.select_related("case", "film__upload").order_by("-film__upload__touched_at")
    return tuple(half_of(row) for row in found)


def half_of(recording: Recording) -> Half:
    """This film as a page lists it; needs its case and its film's upload."""
    upload = recording.film.upload
    return Half(
        id=recording.pk,
        name=recording.film.name,
        size=upload.size,
        safe=upload.offset,
        title=title_of(recording),
        day=consents.day(recording.filmed_on),
    )
