"""Rounds: the same done to many, in any room above too. One that fails holds nobody else up.

What failed is logged with its traceback, tried again by the next round, and counted meanwhile.
"""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.core.cache import cache as shared

Thing = TypeVar("Thing")
log = logging.getLogger(__name__)
STUMBLED = "footage.stumbled"


def each(name: str, things: Iterable[Thing], deed: Callable[[Thing], object]) -> int:
    """The deed is done to every thing that lets it; the sum of the numbers it says (True is 1)."""
    done = failed = 0
    for thing in things:
        try:
            said = deed(thing)
            done += said if isinstance(said, int) else 0
        except Exception:
            log.exception("footage.round_stumbled %s: %s", name, thing)
            failed += 1
    _note(name, failed)
    return done


def stumbles() -> dict[str, int]:
    """How many things failed in the last round of each name; nothing for one that went well."""
    known: dict[str, int] = shared.get(STUMBLED) or {}
    return known


def _note(name: str, failed: int) -> None:
    """Written only when it changed; two who write at once are put right by their next rounds."""
    known = stumbles()
    if known.get(name, 0) != failed:
        rest = {other: count for other, count in known.items() if other != name}
        shared.set(STUMBLED, rest | ({name: failed} if failed else {}), timeout=None)
