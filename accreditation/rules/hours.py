"""How long an hour was, as the page proposes it."""

SHORTEST, LONGEST = 10, 480
STEP = 5


def proposed_minutes(planned: int, elapsed: float | None) -> int:
    """The minutes since the hour began, to the nearest five; as planned while nobody began it.

    A clock that nobody stopped says nothing: beyond twice the plan it is as planned again.
    """
    if elapsed is None or elapsed > 2 * planned:
        return planned
    return min(LONGEST, max(SHORTEST, int((elapsed + STEP / 2) // STEP) * STEP))
