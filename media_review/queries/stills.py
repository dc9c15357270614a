"""The pictures kept of a film, as pages and scripts print them."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from footage.states import KEYLESS
from footage.states import State as FilmState
from media_review import rules
from media_review.models import Recording, Still

WORDS = {
    "ready": "",
    "coming": "The picture is being taken.",
    "gone": "This picture is gone with its film. Its name stays.",
    "failed": "The picture could not be taken, and it is our fault. Please keep it once more.",
}


@dataclass(frozen=True, slots=True)
class StillLine:
    """One kept frame: `title` says something always, `name` what its guider called it.

    `address` is empty until there is a picture to see.
    """

    id: UUID
    at_ms: int
    at: str
    title: str
    name: str
    state: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Stills:
    """The kept frames of one film, in its order."""

    lines: tuple[StillLine, ...]

    @property
    def is_waiting(self) -> bool:
        """Is one of them still being taken?"""
        return any(line.state == "coming" for line in self.lines)


def stills_of(recording: Recording) -> Stills:
    """The stills of this recording, in one query."""
    rows = recording.stills.select_related("film").order_by("at_ms")
    return Stills(tuple(still_line(still) for still in rows))


def still_line(still: Still) -> StillLine:
    """One still; needs its film selected."""
    state, at = _state(still), rules.clock(still.at_ms)
    address = reverse("media_review:still-picture", args=[still.pk]) if state == "ready" else ""
    title = still.title or f"Still at {at}"
    return StillLine(still.pk, still.at_ms, at, title, still.title, state, WORDS[state], address)


def _state(still: Still) -> str:
    film = still.film
    if film is None or film.state in KEYLESS:
        return "gone"
    if film.is_ready:
        return "ready"
    return "failed" if film.state == FilmState.FAILED else "coming"
