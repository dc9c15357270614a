"""How a stretch may be shown once it is cut: slowly again, silent, softened in part, with words.

Pure values. Places are percent of the picture, as they were drawn on the film.
"""

from dataclasses import asdict, dataclass
from typing import Any, Self

from people.errors import RuleBroken

BOX, OVAL = "box", "oval"
LONGEST_CAPTION = 140
LEAST, MOST = 3.0, 100.0  # percent of the picture, of a part that can be softened
SLOWER = 2  # the second time lasts so much longer than the first


@dataclass(frozen=True, slots=True)
class Region:
    """A fixed part of the picture: it does not follow anybody."""

    shape: str
    left: float
    top: float
    width: float
    height: float

    def __post_init__(self) -> None:
        """RuleBroken unless it is a box or an oval, large enough to see, inside the picture."""
        sizes = (self.width, self.height)
        inside = self.left >= 0 and self.top >= 0
        inside = inside and self.left + self.width <= 100.5 and self.top + self.height <= 100.5
        if self.shape not in (BOX, OVAL) or not inside:
            raise RuleBroken("Please draw the part to soften inside the picture.")
        if not all(LEAST <= size <= MOST for size in sizes):
            raise RuleBroken("The part to soften is too small. Please draw it a little larger.")

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, width, height in even dots of a picture of this size, rounded outwards."""
        left, right = _even(self.left, self.left + self.width, width)
        top, bottom = _even(self.top, self.top + self.height, height)
        return left, top, right - left, bottom - top


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to a cut; by itself, nothing."""

    slow_again: bool = False
    silent: bool = False
    softened: Region | None = None
    caption: str = ""

    @classmethod
    def of(cls, facts: dict[str, Any]) -> Self:
        """The treatment that `facts` tells of; RuleBroken for one that cannot be."""
        region = facts.get("softened")
        return cls(
            slow_again=bool(facts.get("slow_again")),
            silent=bool(facts.get("silent")),
            softened=Region(**region) if region else None,
            caption=str(facts.get("caption") or "")[:LONGEST_CAPTION],
        )

    def facts(self) -> dict[str, Any]:
        """The same as JSON, without what is not asked for."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def times(self) -> int:
        """How many times as long as the stretch itself the film is."""
        return 1 + SLOWER if self.slow_again else 1


AS_IT_IS = Treatment()


def _even(start: float, end: float, size: int) -> tuple[int, int]:
    first = int(start * size / 100) // 2 * 2
    beyond = min(size, -(-int(end * size / 100 + 0.999) // 2) * 2)
    return min(first, size - 2), max(beyond, first + 2)
