"""Pure rules of a shared review's times. Milliseconds count from the start of the review."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_MS = 4 * 60 * 60 * 1000  # a review that was never ended stops here
OLDEST = timedelta(days=14)  # a tablet that comes back later than this brings no times any more
PREPARED_FOR = timedelta(hours=2)
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that was on the screen: `key` names it as `clip:id` or `still:id`."""

    key: str
    from_ms: int
    until_ms: int


def in_order(showings: Iterable[Shown]) -> tuple[Shown, ...]:
    """The same, one after the other: each ends where the next begins; empty ones are left out."""
    rows = sorted((s for s in showings if s.from_ms < LONGEST_MS), key=lambda s: s.from_ms)
    found: list[Shown] = []
    for at, row in enumerate(rows):
        follows = rows[at + 1].from_ms if at + 1 < len(rows) else LONGEST_MS
        until = min(row.until_ms, follows)
        if until > row.from_ms:
            found.append(Shown(row.key, row.from_ms, until))
    return tuple(found)


def in_film(showings: Sequence[Shown], film_at_ms: int) -> tuple[Shown, ...]:
    """The same counted from the start of a film in which the first showing begins at that time."""
    if not showings:
        return ()
    ahead = film_at_ms - showings[0].from_ms
    return tuple(Shown(s.key, s.from_ms + ahead, s.until_ms + ahead) for s in showings)


def on_screen(showings: Iterable[Shown], start_ms: int, end_ms: int) -> str:
    """What was longest on the screen between these two; empty when nothing was."""
    best, key = 0, ""
    for each in showings:
        overlap = min(each.until_ms, end_ms) - max(each.from_ms, start_ms)
        if overlap > best:
            best, key = overlap, each.key
    return key


def minutes_of(started_at: datetime, ended_at: datetime) -> int:
    """Whole minutes, at least one."""
    return max(1, round((ended_at - started_at).total_seconds() / 60))
