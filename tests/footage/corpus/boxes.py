"""Taking an MP4 apart into its boxes, and putting boxes together."""

from collections.abc import Iterator
from dataclasses import dataclass

HOLDERS = {"moov", "trak", "mdia", "minf", "stbl", "edts", "dinf", "udta", "moof", "traf", "mvex"}


@dataclass(frozen=True)
class Box:
    """A box in a film: its kind, where it starts, how long it says it is."""

    kind: str
    at: int
    size: int

    @property
    def inside(self) -> int:
        """Where its contents start."""
        return self.at + 8


def walk(film: bytes, at: int = 0, end: int | None = None) -> Iterator[Box]:
    """Every box, outer before inner."""
    end = len(film) if end is None else end
    while at + 8 <= end:
        size = int.from_bytes(film[at : at + 4], "big")
        box = Box(film[at + 4 : at + 8].decode("latin-1"), at, size)
        yield box
        if box.kind in HOLDERS:
            yield from walk(film, box.inside, at + size)
        if size < 8:
            return
        at += size


def first(film: bytes, kind: str) -> Box:
    """The first box of this kind."""
    return next(box for box in walk(film) if box.kind == kind)


def put(film: bytes, at: int, data: bytes) -> bytes:
    """The film with these bytes written over what stood there."""
    return film[:at] + data + film[at + len(data) :]


def box(kind: str, inside: bytes = b"") -> bytes:
    """A box of this kind around these bytes."""
    return (len(inside) + 8).to_bytes(4, "big") + kind.encode("latin-1") + inside


def grown(film: bytes, parents: tuple[str, ...], more: bytes) -> bytes:
    """The film (its index at the end) with `more` at the end of the innermost parent."""
    innermost = first(film, parents[-1])
    for kind in parents:
        parent = first(film, kind)
        film = put(film, parent.at, (parent.size + len(more)).to_bytes(4, "big"))
    end = innermost.at + innermost.size
    return film[:end] + more + film[end:]
