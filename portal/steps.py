"""Which one step matters most now: a choice among plain values. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next, about how long it takes, and where."""

    title: str
    text: str
    label: str
    url: str
    minutes: int = 0
    eyebrow: str = "Next step"

    @property
    def when(self) -> str:
        """How long it takes, in words; nothing when nobody can say."""
        return f"about {self.minutes} minutes" if self.minutes else ""


def first_of(*offers: NextStep | None) -> NextStep | None:
    """The first step that is there: rooms are asked in the order of what cannot wait."""
    return next((offer for offer in offers if offer is not None), None)


def greeting(hour: int) -> str:
    """How one says hello at this hour, 0 to 23."""
    if hour < 5 or hour >= 18:
        return "Good evening"
    return "Good morning" if hour < 12 else "Good afternoon"


def half_days(hours: float) -> str:
    """Hours as days of seven and a half hours, to the nearest half: `2½`."""
    halves = round(hours / 3.75)
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''}" or "0"


def counted(number: int, one: str, many: str) -> str:
    """`1 clip`, `3 clips`."""
    return f"{number} {one if number == 1 else many}"


def listed(names: Iterable[str]) -> str:
    """`Maya, Priya and Tom`."""
    *first, last = list(names)
    return f"{', '.join(first)} and {last}" if first else last
