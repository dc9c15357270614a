"""How far two people saw the same: overlap in time, and Cohen's kappa with its interval.

Pure functions over plain values; times in milliseconds. The definitions, with their sources, are in
docs/reference/agreement.md. What cannot be defined is None, and never 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

UNIT_MS = 1000
Z_95 = 1.959964  # the normal deviate that leaves 2.5 % at each end
Span = tuple[int, int]
Table = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa, its standard error, and its 95 % interval kept within -1 and 1."""

    value: float
    error: float
    low: float
    high: float
    units: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Time one marked, the other marked, and both did; `share` is both over either (Jaccard)."""

    first_ms: int
    second_ms: int
    both_ms: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two people's codes of one principle in one clip."""

    overlap: Overlap
    kappa: Kappa | None


def agreement(first: Iterable[Span], second: Iterable[Span], length_ms: int) -> Agreement:
    """How far these spans of two people agree within a clip of this length."""
    one, two = merged(first, length_ms), merged(second, length_ms)
    return Agreement(_overlap(one, two), kappa(_crossed(one, two, length_ms)))


def merged(spans: Iterable[Span], length_ms: int) -> list[Span]:
    """The same time in order, inside the clip, no moment of it twice."""
    inside = sorted((max(0, start), min(end, length_ms)) for start, end in spans)
    found: list[Span] = []
    for start, end in inside:
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def shared(one: Iterable[Span], two: Iterable[Span]) -> list[Span]:
    """The time that lies in both; each of the two must be merged."""
    others = list(two)
    found = [
        (max(start, low), min(end, high))
        for start, end in one
        for low, high in others
        if max(start, low) < min(end, high)
    ]
    return sorted(found)


def _long(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _overlap(one: list[Span], two: list[Span]) -> Overlap:
    first, second, both = _long(one), _long(two), _long(shared(one, two))
    either = first + second - both
    return Overlap(first, second, both, both / either if either else None)


def units(spans: list[Span], length_ms: int, unit_ms: int = UNIT_MS) -> list[bool]:
    """Unit by unit: does the person's time cover at least half of it? The last may be shorter."""
    marks = []
    for start in range(0, length_ms, unit_ms):
        end = min(start + unit_ms, length_ms)
        marks.append(2 * _long(shared([(start, end)], spans)) >= end - start)
    return marks


def _crossed(one: list[Span], two: list[Span], length_ms: int) -> Table:
    """Units that both marked, only one, or neither: a table of two by two."""
    pairs = list(zip(units(one, length_ms), units(two, length_ms), strict=True))
    return [[pairs.count((a, b)) for b in (True, False)] for a in (True, False)]


def kappa(table: Table) -> Kappa | None:
    """Cohen's kappa (1960) of a square table of counts; None where chance alone agrees fully.

    The standard error is that of Fleiss, Cohen and Everitt (1969), for a kappa that is not zero.
    """
    total = sum(map(sum, table))
    if not total:
        return None
    cells = [[count / total for count in row] for row in table]
    rows = [sum(row) for row in cells]
    columns = [sum(column) for column in zip(*cells, strict=True)]
    expected = sum(a * b for a, b in zip(rows, columns, strict=True))
    if 1 - expected < 1e-12:
        return None
    observed = sum(cells[at][at] for at in range(len(cells)))
    value = (observed - expected) / (1 - expected)
    error = sqrt(max(0.0, _spread(cells, rows, columns, value, expected)) / total) / (1 - expected)
    low, high = max(-1.0, value - Z_95 * error), min(1.0, value + Z_95 * error)
    return Kappa(value, error, low, high, total)


def _spread(
    cells: list[list[float]],
    rows: list[float],
    columns: list[float],
    value: float,
    expected: float,
) -> float:
    """A + B - C of Fleiss, Cohen and Everitt: the variance times n (1 - expected) squared."""
    places = range(len(cells))
    same = sum(cells[i][i] * (1 - (rows[i] + columns[i]) * (1 - value)) ** 2 for i in places)
    apart = sum(cells[i][j] * (columns[i] + rows[j]) ** 2 for i in places for j in places if i != j)
    return same + (1 - value) ** 2 * apart - (value - expected * (1 - value)) ** 2
