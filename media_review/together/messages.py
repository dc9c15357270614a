"""What a page may say to the room: checked word by word, everything else is refused."""

import json
import math
from dataclasses import dataclass
from typing import Any
from uuid import UUID

LONGEST_BYTES = 1024
LONGEST_FILM_MS = 12 * 3_600_000
SLOWEST, FASTEST = 0.1, 2.0
DEEDS = frozenset({"play", "pause", "seek", "rate", "open"})


@dataclass(frozen=True, slots=True)
class Enter:
    """The first words of everybody: their ticket."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Ping:
    """What time is it with you?"""

    mark: float


@dataclass(frozen=True, slots=True)
class Point:
    """Somebody points at a place of the picture, in fractions of its width and height."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody did something to the film; what holds since then, whole, so that none is missed."""

    what: str
    clip_id: str
    at_ms: float
    is_playing: bool
    rate: float
    since_ms: float


Message = Enter | Ping | Point | Deed


def parse(text: str | bytes) -> Message | None:
    """The message these words hold; None for anything that is not exactly one of ours."""
    if isinstance(text, bytes) or len(text) > LONGEST_BYTES:
        return None
    try:
        said = json.loads(text)
        return _read(said) if isinstance(said, dict) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _read(said: dict[str, Any]) -> Message | None:
    match said["do"]:
        case "enter":
            return Enter(str(said["ticket"]))
        case "clock":
            return Ping(_between(said["mark"], 0, 1e15))
        case "point":
            return Point(_between(said["x"], 0, 1), _between(said["y"], 0, 1))
        case what if what in DEEDS:
            return Deed(
                what=what,
                clip_id=str(UUID(said["clip"])),
                at_ms=_between(said["at"], 0, LONGEST_FILM_MS),
                is_playing=said["on"] is True,
                rate=_between(said["rate"], SLOWEST, FASTEST),
                since_ms=_between(said["since"], 0, 1e15),
            )
    return None


def _between(value: Any, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    if not low <= value <= high:
        raise ValueError("out of bounds")
    return float(value)
