"""Hostile and broken files, made the same way every time: what a stranger might send as a film.

`everything()` gives them by kind. Nothing of it is kept in the repository: the films at the bottom
are synthesised once a session, everything else is cut, bent or written from them by a seeded hand.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from footage import rules
from tests.footage.corpus import (
    bending,
    cutting,
    disguises,
    measures,
    noise,
    strangers,
    streams,
    tails,
)

READY = "ready"
TOO_LONG = "too long"
ENDS = {
    READY: "",
    "not a film": rules.NOT_A_FILM,
    "cut short": rules.CUT_SHORT,
    "points elsewhere": rules.PLAYLIST,
    "no picture": rules.NO_PICTURE,
    "empty": rules.EMPTY,
    "too wide": rules.TOO_WIDE,
    "damaged": rules.UNREADABLE,
    "unknown way of keeping it": rules.UNKNOWN_CODEC,
}


@dataclass(frozen=True)
class Kind:
    """A way of being broken or hostile, the files that are so, and how they may end."""

    name: str
    ends: frozenset[str]
    make: Callable[[], dict[str, bytes]]

    @property
    def files(self) -> dict[str, bytes]:
        """The files by the name they would be sent under, the same every time."""
        return dict(self.make())


def everything() -> Iterator[Kind]:
    """All kinds."""
    for module in (cutting, noise, bending, measures, streams, disguises, strangers, tails):
        for name, ends, make in module.KINDS:
            yield Kind(name, frozenset(ends.split(", ")), make)


def named(name: str) -> Kind:
    """The kind of this name."""
    return next(kind for kind in everything() if kind.name == name)


def row_of(kind: Kind, files: int) -> str:
    """The line of the table in the documents."""
    return f"| {kind.name} | {files} | {', '.join(sorted(kind.ends))} |"
