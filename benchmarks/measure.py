"""CPU seconds of this process and everything it started, per unit of work."""

import os
import resource
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")
LEAST_CPU_SECONDS = 0.2
MOST_CALLS = 400


@dataclass(frozen=True)
class Result:
    """Milliseconds of CPU for one unit of each, and the ratios of the rounds."""

    floor: float
    ours: float
    ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.ratios)


def cpu_seconds() -> float:
    """Seconds spent so far by this process, its ended children and its living descendants."""
    own, ended = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    spent = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    return spent + sum(seconds_of(pid) for pid in descendants(os.getpid()))


def descendants(pid: int) -> list[int]:
    """Every living process below this one."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [found for child in map(int, children) for found in (child, *descendants(child))]


def seconds_of(pid: int) -> float:
    """What a living process and its own ended children have spent."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, words[11:15])) / TICKS


def batch(work: Callable[[Any], Any], state: Any, calls: int) -> float:
    """CPU seconds of one call, over so many calls."""
    begun = cpu_seconds()
    for _ in range(calls):
        work(state)
    return (cpu_seconds() - begun) / calls


def enough(work: Callable[[Any], Any], state: Any) -> int:
    """How many calls give a batch worth measuring; also warms the work up."""
    once = batch(work, state, 3)
    return max(1, min(MOST_CALLS, int(LEAST_CPU_SECONDS / max(once, 1e-6))))


def compare(
    floor: Callable[[Any], Any], ours: Callable[[Any], Any], state: Any, rounds: int
) -> Result:
    """Floor and ours, one after the other in every round."""
    floor_calls, our_calls = enough(floor, state), enough(ours, state)
    pairs = [
        (batch(floor, state, floor_calls), batch(ours, state, our_calls)) for _ in range(rounds)
    ]
    return Result(
        floor=1000 * statistics.median(low for low, _ in pairs),
        ours=1000 * statistics.median(high for _, high in pairs),
        ratios=tuple(high / max(low, 1e-9) for low, high in pairs),
    )
