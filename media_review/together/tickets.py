"""Tickets to watching together: for one person, one session and one submission, once, for seconds.

The ticket itself tells nothing but where it is kept. What it opens lies in the shared cache, so
that the session's key never reaches a page, and whoever takes it out has taken the only one.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.core.cache import cache

SALT = "media_review.together"
SECONDS = 20
LONGEST = 200  # characters; nothing of ours is longer


@dataclass(frozen=True, slots=True)
class Entry:
    """Which session asks for which room."""

    session_key: str
    submission_id: UUID


def issue(entry: Entry) -> str:
    """A ticket that opens this room once, within the next seconds."""
    place = secrets.token_urlsafe(18)
    cache.set(_key(place), (entry.session_key, str(entry.submission_id)), SECONDS)
    return signing.TimestampSigner(salt=SALT).sign(place)


def redeem(ticket: str) -> Entry | None:
    """What the ticket opens; None when it is not ours, too old, or was shown before."""
    try:
        place = signing.TimestampSigner(salt=SALT).unsign(ticket[:LONGEST], max_age=SECONDS)
    except signing.BadSignature:
        return None
    kept = cache.get(_key(place))
    if kept is None or not cache.delete(_key(place)):  # of two at once, one deletes it
        return None
    return Entry(kept[0], UUID(kept[1]))


def _key(place: str) -> str:
    return f"together:{place}"
