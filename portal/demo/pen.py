"""A pen for smooth paper-cut shapes, in scene units, on a canvas finer than the film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, radians, sin

from PIL import ImageColor, ImageDraw

Point = complex
Colour = tuple[int, int, int]
TURN = tuple((cos(2 * pi * n / 40), sin(2 * pi * n / 40)) for n in range(40))
HALF_TURN = tuple(complex(cos(pi * n / 6), sin(pi * n / 6)) for n in range(7))
STEPS = tuple(n / 6 for n in range(6))


@lru_cache(maxsize=512)
def ink(name: str) -> Colour:
    """The red, green and blue of a hex colour."""
    return ImageColor.getrgb(name)[:3]


@lru_cache(maxsize=4096)
def mixed(one: str, other: str, tenths: int) -> Colour:
    """A colour so many tenths of the way from one to the other."""
    share = tenths / 10
    return tuple(round(a + (b - a) * share) for a, b in zip(ink(one), ink(other), strict=True))  # type: ignore[return-value]


def spline(before: Point, start: Point, end: Point, after: Point, share: float) -> Point:
    """The point a share of the way along a Catmull-Rom piece."""
    square = share * share
    cube = square * share
    return 0.5 * (
        2 * start
        + (end - before) * share
        + (2 * before - 5 * start + 4 * end - after) * square
        + (3 * start - before - 3 * end + after) * cube
    )


@lru_cache(maxsize=512)
def closed(points: tuple[Point, ...]) -> list[Point]:
    """A smooth ring through the points."""
    size = len(points)
    return [
        spline(points[n - 1], points[n], points[(n + 1) % size], points[(n + 2) % size], share)
        for n in range(size)
        for share in STEPS
    ]


def through(points: Sequence[Point]) -> list[Point]:
    """A smooth open line through the points."""
    ends = [points[0], *points, points[-1]]
    line = [
        spline(ends[n - 1], ends[n], ends[n + 1], ends[n + 2], share)
        for n in range(1, len(ends) - 2)
        for share in STEPS
    ]
    return [*line, points[-1]]


def bent(start: Point, elbow: Point, end: Point, share: float = 1.0) -> list[Point]:
    """Points along a limb bent at the elbow, up to a share of its length."""
    line = []
    for n in range(11):
        t = n / 10 * share
        line.append((1 - t) ** 2 * start + 2 * t * (1 - t) * elbow + t * t * end)
    return line


def side_by_side(line: Sequence[Point], first: float, last: float) -> list[Point]:
    """The outline of a band along a line, its half-width going from first to last."""
    left, right = sides(line, first, last)
    return left + right[::-1]


def rounded(line: Sequence[Point], first: float, last: float) -> list[Point]:
    """The same outline with a half circle at each end."""
    left, right = sides(line, first, last)
    end = [line[-1] + (left[-1] - line[-1]) * step.conjugate() for step in HALF_TURN]
    start = [line[0] + (right[0] - line[0]) * step.conjugate() for step in HALF_TURN]
    return left + end + right[::-1] + start


def sides(line: Sequence[Point], first: float, last: float) -> tuple[list[Point], list[Point]]:
    """The two edges of a band along a line, its half-width going from first to last."""
    left, right = [], []
    size = len(line) - 1
    for n, point in enumerate(line):
        along = line[min(n + 1, size)] - line[max(n - 1, 0)]
        across = along / (abs(along) or 1) * 1j * (first + (last - first) * n / size)
        left.append(point + across)
        right.append(point - across)
    return left, right


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on one canvas; `at` gives the same pen in a moved, turned or mirrored frame."""

    draw: ImageDraw.ImageDraw
    turn: complex = 1 + 0j
    origin: complex = 0j
    flip: bool = False

    def at(self, point: Point, *, angle: float = 0, scale: float = 1, flip: bool = False) -> Pen:
        """A pen whose origin is this point; the angle is in degrees, clockwise."""
        step = complex(cos(radians(angle)), sin(radians(angle))) * scale
        turn = self.turn * (step.conjugate() if self.flip else step)
        return Pen(self.draw, turn, self.on_canvas(point), self.flip != flip)

    def on_canvas(self, point: Point) -> complex:
        """Where a point of this frame lies on the canvas, in canvas pixels."""
        return self.turn * (-point.conjugate() if self.flip else point) + self.origin

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled polygon."""
        turn, origin = self.turn, self.origin
        if self.flip:
            placed = [turn * -point.conjugate() + origin for point in points]
        else:
            placed = [turn * point + origin for point in points]
        self.draw.polygon([(point.real, point.imag) for point in placed], fill)

    def oval(self, at: Point, wide: float, high: float, fill: Colour, angle: float = 0) -> None:
        """A filled ellipse of these half-axes."""
        tilt = complex(cos(radians(angle)), sin(radians(angle))) if angle else 1
        if self.flip:
            tilt = self.turn * (tilt.conjugate() if angle else 1)
        else:
            tilt *= self.turn
        across, along, middle = tilt * wide, tilt * high * 1j, self.on_canvas(at)
        large = max(abs(across), abs(along))
        ring = TURN[::4] if large < 6 else TURN[::2] if large < 26 else TURN
        points = [across * x + along * y + middle for x, y in ring]
        self.draw.polygon([(point.real, point.imag) for point in points], fill)

    def blob(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled smooth ring through the points."""
        self.shape(closed(tuple(points)), fill)

    def band(self, line: Sequence[Point], first: float, last: float, fill: Colour) -> None:
        """A line with round ends whose half-width goes from first to last."""
        self.shape(rounded(line, first, last), fill)

    def stroke(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """A smooth line with round ends through the points."""
        self.band(through(points), width / 2, width / 2, fill)
