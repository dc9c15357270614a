"""The rooms people sit in: light on a wall, a floor, a few soft things. Painted once a film."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .pen import Pen, bent, ink, mixed


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one room."""

    wall: str
    floor: str
    rug: str
    wood: str
    cloth: str
    leaf: str = "#6f8f6a"


PALETTES: dict[str, Palette] = {
    "morning": Palette("#f3e3c8", "#d9b48a", "#b9d3c6", "#b98556", "#8fb3a4"),
    "sage": Palette("#dfe5d3", "#cfae88", "#f0c9a4", "#a8784d", "#d98f62"),
    "rose": Palette("#f4ddd2", "#c99f7e", "#c8d2dc", "#9c6b4c", "#9a7fa8"),
    "evening": Palette("#dcc9b4", "#a97f60", "#e3a77a", "#7d5238", "#5d7f86"),
    "sky": Palette("#dbe6e6", "#d3b691", "#f2d59a", "#b18557", "#5f8f98"),
}


def paint(
    palette: Palette,
    activity: str,
    wide: int,
    high: int,
    fine: float,
    seed: int,
) -> Image.Image:
    """The empty room, at so many canvas pixels a scene unit, with light and paper grain."""
    size = (round(wide * fine), round(high * fine))
    image = Image.new("RGB", size, ink(palette.wall))
    pen = Pen(ImageDraw.Draw(image), complex(fine, 0))
    edge = high * (0.62 if activity != "table" else 0.8)
    dice = random.Random(seed)  # noqa: S311
    _window(pen, palette, wide * dice.choice((0.46, 0.5, 0.56)), edge * 0.1, min(edge * 0.62, 190))
    if wide > high:
        _picture(pen, palette, complex(wide * 0.1, edge * 0.3), dice)
    _plant(pen, palette, complex(wide * 0.93, edge + 6), dice)
    pen.shape(
        [complex(0, edge), complex(wide, edge), complex(wide, high), complex(0, high)],
        ink(palette.floor),
    )
    pen.shape(
        [complex(0, edge - 7), complex(wide, edge - 7), complex(wide, edge), complex(0, edge)],
        mixed(palette.wall, "#ffffff", 5),
    )
    _furniture(pen, palette, activity, wide, high)
    return _on_paper(image, seed)


def _box(at: complex, left: float, top: float, wide: float, high: float) -> list[complex]:
    first = at + complex(left, top)
    return [first, first + wide, first + complex(wide, high), first + complex(0, high)]


def _window(pen: Pen, palette: Palette, middle: float, top: float, tall: float) -> None:
    half = tall * 0.44
    frame = mixed(palette.wall, "#ffffff", 7)
    corner = complex(middle, top)
    pen.shape(_box(corner, -half - 6, -6, 2 * half + 12, tall + 12), frame)
    pen.shape(_box(corner, -half, 0, 2 * half, tall), mixed("#bfe0e6", palette.wall, 3))
    pen.blob(
        [
            corner + complex(-half, tall),
            corner + complex(-half, tall * 0.72),
            corner + complex(-half * 0.3, tall * 0.6),
            corner + complex(half * 0.4, tall * 0.74),
            corner + complex(half, tall * 0.64),
            corner + complex(half, tall),
        ],
        mixed(palette.leaf, palette.wall, 5),
    )
    pen.shape(_box(corner, -half, tall, 2 * half, 8), frame)
    pen.shape(_box(corner, -2.5, 0, 5, tall), frame)
    pen.shape(_box(corner, -half, tall * 0.48, 2 * half, 5), frame)
    for where in (-1, 1):
        edge = corner + complex(where * (half + 14), -12)
        pen.blob(
            [
                edge + complex(-14, 0),
                edge + complex(14, 0),
                edge + complex(12, tall * 0.6),
                edge + complex(18, tall + 26),
                edge + complex(-18, tall + 26),
                edge + complex(-12, tall * 0.6),
            ],
            mixed(palette.cloth, palette.wall, 5),
        )


def _picture(pen: Pen, palette: Palette, at: complex, dice: random.Random) -> None:
    pen.shape([at + z for z in (-30 - 24j, 30 - 24j, 30 + 24j, -30 + 24j)], ink(palette.wood))
    pen.shape([at + z for z in (-25 - 19j, 25 - 19j, 25 + 19j, -25 + 19j)], ink("#fbf3e4"))
    wave = [at + complex(x, 5 * (-1) ** n) for n, x in enumerate((-18, -6, 6, 18))]
    shift = dice.choice((4, 5, 6))
    pen.stroke(wave, 3.2, ink("#0f6a62"))
    pen.stroke([point + complex(0, shift) for point in wave], 3.2, ink("#d0703c"))


def _plant(pen: Pen, palette: Palette, at: complex, dice: random.Random) -> None:
    for n in range(7):
        lean = (n - 3) * 13 + dice.uniform(-4, 4)
        tip = at + complex(lean * 1.2, -104 + abs(lean) * 1.1)
        leaf = bent(at - 30j, at + complex(lean * 0.3, -84), tip)
        pen.band(leaf, 8, 1.5, mixed(palette.leaf, "#2f4b3a", n % 3 * 2))
    pen.blob(
        [at + z for z in (-20 - 34j, 0 - 37j, 20 - 34j, 16 + 4j, 0 + 8j, -16 + 4j)],
        mixed("#c9744a", palette.wall, 2),
    )


def _furniture(pen: Pen, palette: Palette, activity: str, wide: int, high: int) -> None:
    middle = wide / 2
    if activity == "high chair":
        pen.oval(complex(middle, high * 0.93), wide * 0.42, high * 0.07, ink(palette.rug))
    if activity == "mat":
        rug = complex(middle, high * 0.86)
        pen.oval(rug, wide * 0.49, high * 0.14, mixed(palette.rug, palette.wood, 2))
        pen.oval(rug - 3j, wide * 0.48, high * 0.132, ink(palette.rug))
        pen.oval(rug - 3j, wide * 0.42, high * 0.11, mixed(palette.rug, "#ffffff", 3))
        pen.oval(rug - 3j, wide * 0.41, high * 0.106, ink(palette.rug))
        _bricks(pen, complex(wide * 0.1, high * 0.84))
    elif activity == "sofa":
        _sofa(pen, palette, wide, high)


def _bricks(pen: Pen, at: complex) -> None:
    for shift, colour in ((0, "#d0703c"), (24 + 2j, "#5f8f98"), (11 - 22j, "#e3b64a")):
        pen.shape([at + shift + z for z in (0, 21, 21 + 21j, 0 + 21j)], ink(colour))
        pen.shape([at + shift + z for z in (0, 21, 25 - 5j, 5 - 5j)], mixed(colour, "#ffffff", 3))


def _sofa(pen: Pen, palette: Palette, wide: int, high: int) -> None:
    base, light = mixed(palette.cloth, "#2a2020", 1), mixed(palette.cloth, "#ffffff", 1)
    left, right, seat = wide * 0.12, wide * 0.88, high * 0.78
    centre = complex(wide / 2, seat)
    half = wide * 0.38
    back = (-half - 118j, 0 - 128j, half - 118j, half + 6 + 30j, 0 + 34j, -half - 6 + 30j)
    pen.blob([centre + z for z in back], base)
    for start, end in ((left + 8, wide / 2 - 3), (wide / 2 + 3, right - 8)):
        middle, reach = complex((start + end) / 2, seat), (end - start) / 2
        cushion = (-reach - 12j, 0 - 17j, reach - 12j, reach + 26j, 0 + 29j, -reach + 26j)
        pen.blob([middle + z for z in cushion], light)
    pen.shape(_box(centre, -half, 22, 2 * half, 36), base)
    for side in (left, right):
        arm = [complex(side, seat - 40), complex(side, seat + 10), complex(side, seat + 52)]
        pen.band(arm, 24, 22, mixed(palette.cloth, "#2a2020", 2))


LID = (-55 + 9j, -58 - 8j, -57 - 54j, -51 - 59j, 51 - 59j, 57 - 54j, 58 - 8j, 55 + 9j)


def front(pen: Pen, palette: Palette, activity: str, wide: int, high: int) -> None:
    """What stands before the people, drawn over them in every frame: a table and a laptop."""
    if activity != "table":
        return
    edge, near = high * 0.8, high * 0.9
    top = [complex(wide * 0.04, edge), complex(wide * 0.96, edge), complex(wide, near), near * 1j]
    pen.shape(top, mixed(palette.wood, "#ffffff", 2))
    pen.shape(_box(0j, 0, near, wide, high - near), ink(palette.wood))
    middle = complex(wide / 2, edge + 14)
    pen.shape([middle + z for z in (-58 + 8j, 58 + 8j, 66 + 16j, -66 + 16j)], ink("#8d979b"))
    pen.blob([middle + z for z in LID], ink("#c4ccce"))
    pen.stroke([middle + z for z in (-14 - 26j, -5 - 30j, 5 - 22j, 14 - 26j)], 3, ink("#0f6a62"))
    pen.stroke([middle + z for z in (-14 - 21j, -5 - 25j, 5 - 17j, 14 - 21j)], 3, ink("#d0703c"))
    _mug(pen, palette, complex(wide * 0.13, edge + 16))


def _mug(pen: Pen, palette: Palette, at: complex) -> None:
    china = ink("#fbf3e4")
    pen.oval(at + 15 - 2j, 9, 9, china)
    pen.oval(at + 15 - 2j, 5, 5, mixed(palette.wood, "#ffffff", 2))
    pen.blob([at + z for z in (-13 - 16j, 13 - 16j, 13 + 8j, 0 + 13j, -13 + 8j)], china)
    pen.oval(at - 16j, 12, 3.4, ink("#7a4b32"))


def _on_paper(image: Image.Image, seed: int) -> Image.Image:
    """The same picture, lit from the window side and on slightly grained paper."""
    small = (image.width // 8, image.height // 8)
    light = Image.new("L", small, 226)
    shape = ImageDraw.Draw(light)
    shape.ellipse((small[0] * 0.08, -small[1] * 0.3, small[0] * 0.92, small[1] * 1.1), fill=255)
    light = light.filter(ImageFilter.GaussianBlur(small[0] / 9)).resize(image.size)
    dice = random.Random(seed)  # noqa: S311
    grain = Image.frombytes(
        "L",
        (image.width // 2, image.height // 2),
        dice.randbytes(image.width // 2 * (image.height // 2)),
    )
    grain = grain.point([248 + n // 37 for n in range(256)]).resize(image.size)
    return ImageChops.multiply(image, Image.merge("RGB", [ImageChops.multiply(light, grain)] * 3))


def shadow(image: Image.Image, places: list[tuple[complex, float]], fine: float) -> Image.Image:
    """The same picture with soft shadows where people touch the ground."""
    small = Image.new("L", (image.width // 4, image.height // 4), 255)
    shape = ImageDraw.Draw(small)
    for at, wide in places:
        x, y, half = at.real * fine / 4, at.imag * fine / 4, wide * fine / 4
        shape.ellipse((x - half, y - half * 0.2, x + half, y + half * 0.2), fill=196)
    soft = small.filter(ImageFilter.GaussianBlur(5)).resize(image.size)
    return ImageChops.multiply(image, Image.merge("RGB", [soft] * 3))
