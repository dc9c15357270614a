"""How a line's mark is made: an HMAC over the line and the mark before it. Pure."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST_MARK = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """The plain values of one line. `facts` holds only JSON values; `at` is aware."""

    number: int
    at: datetime
    user_id: str
    verb: str
    subject_kind: str
    subject_id: str
    facts: dict[str, Any]
    previous: str
    mark: str = ""


def mark_of(entry: Entry, key: bytes) -> str:
    """64 hex digits that change when anything in the line, or before it, changes."""
    values = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.user_id,
        entry.verb,
        entry.subject_kind,
        entry.subject_id,
        entry.facts,
        entry.previous,
    ]
    words = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def seal_of(count: int, mark: str, key: bytes) -> str:
    """64 hex digits over the end of the chain, so that a cut tail shows."""
    return hmac.new(key, f"head|{count}|{mark}".encode(), hashlib.sha256).hexdigest()


def faults(entries: Iterable[Entry], key: bytes) -> Iterator[str]:
    """A sentence for every place where the chain does not hold."""
    previous, number = FIRST_MARK, 0
    for entry in entries:
        number += 1
        if entry.number != number:
            yield f"Line {number} is missing: the next one found is {entry.number}."
            number = entry.number
        if entry.previous != previous:
            yield f"Line {entry.number} does not follow the line before it."
        if not hmac.compare_digest(mark_of(entry, key), entry.mark):
            yield f"Line {entry.number} was changed after it was written."
        previous = entry.mark
