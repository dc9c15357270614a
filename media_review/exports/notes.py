"""What every file is written from: notes on spans of one film, as plain values."""

import re
from dataclasses import dataclass
from datetime import date

UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A principle by its number and its name."""

    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody saw or said about a span; times in milliseconds from the film's start."""

    what: str
    start_ms: int
    end_ms: int
    who: str
    by: str
    words: str
    principles: tuple[Heading, ...] = ()
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The notes on one film, in the order of the film; `name` is good for a file."""

    name: str
    title: str
    filmed_on: date
    length_ms: int
    notes: tuple[Note, ...]

    @property
    def spans(self) -> tuple[Note, ...]:
        """The notes that stand on a span of their own: all but replies."""
        return tuple(note for note in self.notes if not note.is_reply)


def plain(text: str) -> str:
    """The same words without what no text file may hold, on lines that are never empty."""
    kept = UNWRITABLE.sub("\ufffd", text)
    lines = (line.strip() for line in re.split(r"\r\n|\r|\n", kept))
    return "\n".join(line for line in lines if line)


def file_name(text: str) -> str:
    """A name that every computer takes: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower() or "film"
