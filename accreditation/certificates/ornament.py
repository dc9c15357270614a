"""The drawn parts of a certificate: two lines coming into step, the seal, the code to scan."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from math import cos, pi, sin

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

GREEN, APRICOT, PAPER = "#0f6a62", "#c8662c", "#fdfaf4"
WAVE = 150.0
STEP = WAVE / 8
MASK = 3  # any of the eight masks can be read; trying all of them costs six times as much


def tint(colour: str, share: float) -> HexColor:
    """A colour thinned towards the paper; 1 is full."""
    inks, papers = HexColor(colour).rgb(), HexColor(PAPER).rgb()
    red, green, blue = (
        round((paper + (ink - paper) * share) * 255)
        for ink, paper in zip(inks, papers, strict=True)
    )
    return HexColor(red << 16 | green << 8 | blue)


def smooth(points: list[complex], slopes: list[complex], *, close: bool = False) -> PDFPathObject:
    """A path through the points with these directions, each a third of the way to the next."""
    path = PDFPathObject()
    path.moveTo(round(points[0].real, 1), round(points[0].imag, 1))
    for n in range(len(points) - 1):
        first, second = points[n] + slopes[n], points[n + 1] - slopes[n + 1]
        path.curveTo(*(round(v, 1) for z in (first, second, points[n + 1])
                       for v in (z.real, z.imag)))  # fmt: skip
    if close:
        path.close()
    return path


def height(x: float, share: float, wide: float) -> float:
    """How high the lines run at x: share 0 is one, 1 the other; by three fifths they keep step."""
    settled = min(1.0, x / (wide * 0.62))
    apart = (1 - settled * settled * (3 - 2 * settled)) * 0.92 * pi
    swing = 15.0 + 7.0 * (1 - settled)
    return swing * sin(2 * pi * x / WAVE - 0.6 + apart * share) - 11.0 * share


@lru_cache(maxsize=4)
def lines(wide: float) -> tuple[tuple[PDFPathObject, HexColor, float], ...]:
    """The two lines and the fine ones between them, from the page's left edge to its right."""
    drawn = []
    for n in (1, 2, 3, 4, 0, 5):
        share = n / 5
        places = [m * STEP - STEP for m in range(int(wide / STEP) + 4)]
        points = [complex(x, height(x, share, wide)) for x in places]
        slopes = [
            complex(STEP, (height(x + 1, share, wide) - height(x - 1, share, wide)) / 2 * STEP) / 3
            for x in places
        ]
        main = n in (0, 5)
        colour = tint(GREEN if n < 3 else APRICOT, 1.0 if main else 0.36)
        drawn.append((smooth(points, slopes), colour, 2.4 if main else 0.5))
    return tuple(drawn)


def draw_lines(canvas: Canvas, wide: float, level: float) -> None:
    """The lines run across the page at this level."""
    canvas.saveState()
    canvas.translate(0, level)
    for path, colour, width in lines(wide):
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(width)
        canvas.drawPath(path)
    canvas.restoreState()


@lru_cache(maxsize=8)
def ring(radius: float, swing: float, waves: int) -> PDFPathObject:
    """A closed line that goes round in waves."""
    count = waves * 2
    points, slopes = [], []
    for n in range(count + 1):
        turn = 2 * pi * n / count
        out = radius + swing * (1 if n % 2 else -1)
        direction = complex(cos(turn), sin(turn))
        points.append(direction * out)
        slopes.append(direction * 1j * out * (2 * pi / count) * 0.3642)
    return smooth(points, slopes, close=True)


@lru_cache(maxsize=2)
def mark() -> tuple[PDFPathObject, PDFPathObject]:
    """The mark: two short lines in step."""
    places = [n * 4.75 - 19 for n in range(9)]
    turns = [2 * pi * (x + 19) / 32 - 0.9 for x in places]
    rises = [4.6 * sin(turn) for turn in turns]
    slopes = [complex(4.75, 4.6 * cos(turn) * 2 * pi / 32 * 4.75) / 3 for turn in turns]
    over = smooth([complex(x, y) for x, y in zip(places, rises, strict=True)], slopes)
    under = smooth([complex(x, y - 6.6) for x, y in zip(places, rises, strict=True)], slopes)
    return over, under


def draw_seal(canvas: Canvas, x: float, y: float, *, filled: bool) -> None:
    """The one seal, centred here: rings of waves around the mark; only a filled one accredits."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setFillColor(HexColor(PAPER))
    canvas.circle(0, 0, 69.5, stroke=0, fill=1)
    for radius, colour, width in ((64, GREEN, 1.7), (60, APRICOT, 1.7), (56, GREEN, 0.5)):
        canvas.setStrokeColor(HexColor(colour))
        canvas.setLineWidth(width)
        canvas.drawPath(ring(radius, 3.4, 24))
    canvas.setFillColor(HexColor(GREEN) if filled else HexColor(PAPER))
    canvas.setLineWidth(1)
    canvas.circle(0, 0, 47, stroke=1, fill=1)
    canvas.setLineCap(1)
    canvas.setLineWidth(3.4)
    canvas.translate(0, 10)
    over, under = mark()
    for path, colour in ((over, PAPER if filled else GREEN), (under, "#f3a878")):
        canvas.setStrokeColor(HexColor(colour))
        canvas.drawPath(path)
    canvas.restoreState()


def code(words: str) -> tuple[PDFPathObject, int]:
    """The words as a square to scan, one unit a module, and how many modules it is wide."""
    scanned = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    scanned.add_data(words)
    scanned.make(fit=True)
    size = len(scanned.modules)
    runs = []
    for number, row in enumerate(scanned.modules):
        column = 0
        for dark, modules in groupby(row):
            length = len(list(modules))
            if dark:
                runs.append(f"{column} {size - 1 - number} {length} 1 re")
            column += length
    return PDFPathObject(code=runs), size


def draw_code(canvas: Canvas, words: str, x: float, y: float, side: float) -> None:
    """The words as a code to scan, its lower left corner here."""
    path, size = code(words)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(side / size, side / size)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
