"""The declared table: one line an address, in a file a room (tables/<room>.txt)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.architecture.authorisation.cast import PARTS, SIGNED, STRANGER, UNFACTORED

TABLES = Path(__file__).with_name("tables")
GROUPS: dict[str, tuple[str, ...]] = {
    "anyone": (STRANGER, *SIGNED),
    "known": (UNFACTORED, *SIGNED),
    "signed": SIGNED,
    "supervisors": tuple(part for part in SIGNED if part.endswith(("supervisor", "external"))),
    "trainees": ("trainee", "colleague", "other_trainee"),
    "guiders": tuple(
        part for part in SIGNED if part.endswith(("trainee", "colleague", "supervisor", "external"))
    ),
    "bodies": ("officer", "other_officer", "registrar", "other_registrar"),
    "home": ("officer", "registrar"),
    "trainers": ("trainer", "other_trainer"),
    "managers": ("manager", "other_manager"),
}


@dataclass(frozen=True)
class Line:
    """Who may GET and who may POST one address; `thing` is what its ids name.

    `thing knows somebody` adds people who see the thing at an address that the table does not join.
    """

    room: str
    name: str
    thing: str
    get: frozenset[str]
    post: frozenset[str]
    knowing: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """What tells this line from every other: one address may stand for several things."""
        return f"{self.name}[{self.thing}]" if self.thing else self.name

    @property
    def group(self) -> str:
        """The thing whose existence a person may know about: `case` for `case/goal`."""
        return self.thing.partition("/")[0]

    def may(self, method: str) -> frozenset[str]:
        """Who may, by this method."""
        return self.get if method == "GET" else self.post


@cache
def lines() -> tuple[Line, ...]:
    """Every line of every table."""
    return tuple(
        _line(path.stem, number, words)
        for path in sorted(TABLES.glob("*.txt"))
        for number, words in enumerate(path.read_text().splitlines(), start=1)
        if words.strip() and not words.startswith("#")
    )


def _line(room: str, number: int, words: str) -> Line:
    parts = [part.strip() for part in words.split("|")]
    if len(parts) != 4:
        raise ValueError(f"tables/{room}.txt:{number} needs: name | thing | GET | POST")
    name, thing, get, post = parts
    thing, _, knowing = thing.partition(" knows ")
    return Line(room, name, thing, parts_of(get), parts_of(post), parts_of(knowing))


def parts_of(words: str) -> frozenset[str]:
    """The parts that a cell names: groups and parts are added, -part is taken out, `-` is none."""
    found: set[str] = set()
    for word in words.split():
        if word == "-":
            continue
        wanted = word.removeprefix("-")
        these = set(GROUPS.get(wanted, (wanted,)))
        unknown = these - {*PARTS, STRANGER, UNFACTORED}
        if unknown:
            raise ValueError(f"Nobody in the cast is called {', '.join(sorted(unknown))}.")
        found = found - these if word.startswith("-") else found | these
    return frozenset(found)
