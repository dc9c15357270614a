"""Who watched which stretches of a film, and when, for the page of its guider."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from media_review import rules
from media_review.models import Recording, Viewing
from media_review.queries import consents
from people.actor import Actor

MOST = 20
NEAR_MS = 60_000  # what a player fetches ahead of where it plays


@dataclass(frozen=True, slots=True)
class Seen:
    """One sitting, in words. `sent` is empty unless much more was sent than played."""

    who: str
    day: str
    what: str
    played: str
    sent: str


def seen_of(recording: Recording, actor: Actor) -> tuple[Seen, ...]:
    """The latest sittings before this film and the clips from it, in one query."""
    rows = Viewing.objects.visible_to(actor).filter(
        Q(recording=recording) | Q(clip__recording=recording)
    )
    found = rows.select_related("viewer", "clip", "film").order_by("-opened_at")[:MOST]
    return tuple(_seen(viewing, actor) for viewing in found)


def _seen(viewing: Viewing, actor: Actor) -> Seen:
    length = viewing.film.duration_ms
    sent = rules.spans_of(viewing.served, length)
    return Seen(
        who="You" if viewing.viewer_id == actor.user_id else str(viewing.viewer),
        day=consents.day(timezone.localdate(viewing.opened_at)),
        what=f"the clip “{viewing.clip}”" if viewing.clip else "the film",
        played=rules.spans_words(viewing.played),
        sent=rules.spans_words(sent) if rules.beyond(sent, viewing.played, NEAR_MS) else "",
    )
