"""What can go wrong with two people, or two windows, at one row."""

from typing import Any

from people.errors import RuleBroken


class Stale(RuleBroken):
    """Written over a version that the writer had not read; `theirs` is the row, None once gone."""

    def __init__(self, theirs: Any) -> None:
        super().__init__(
            "This was changed in another window or on another device. Nothing is lost: "
            "please choose which one stays."
        )
        self.theirs = theirs
