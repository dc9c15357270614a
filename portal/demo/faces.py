"""Heads that turn, look, raise their brows and smile. Forward is to the right."""

from __future__ import annotations

from math import cos, pi, sin

from .pen import Pen, ink, mixed, through
from .people import Look, Pose

FURTHEST = 0.72
LIP = "#a8443f"
INSIDE = "#6d2530"
BABY_SKULL = (
    -0.86 - 0.15j, -0.93 + 0.35j, -0.6 + 0.82j, 0 + 0.97j, 0.6 + 0.82j,
    0.93 + 0.35j, 0.86 - 0.15j, 0.55 - 0.72j, 0 - 0.92j, -0.55 - 0.72j,
)  # fmt: skip
ADULT_SKULL = (
    -0.86 - 0.2j, -0.84 + 0.3j, -0.5 + 0.86j, 0 + 1.05j, 0.5 + 0.86j,
    0.84 + 0.3j, 0.86 - 0.2j, 0.55 - 0.8j, 0 - 0.95j, -0.55 - 0.8j,
)  # fmt: skip


def side(angle: float) -> float:
    """How far from the middle of a head of radius 1 a point at this angle round it appears."""
    return sin(max(-pi / 2, min(pi / 2, angle)))


def draw_head(pen: Pen, look: Look, pose: Pose, radius: float) -> None:
    """A whole head around the pen's origin."""
    pen = pen.at(0j, angle=pose.tilt * 14, scale=radius)
    angle = pose.turn * FURTHEST
    dip = pose.nod * 0.2
    _back_hair(pen, look, angle, dip)
    _skull(pen, look, angle, dip)
    _cheeks(pen, look, pose, angle, dip)
    if look.beard:
        _beard(pen, look, angle, dip)
    _mouth(pen, look, pose, angle, dip)
    _nose(pen, look, angle, dip)
    for where in (-1, 1):
        _eye(pen, look, pose, angle, dip, where)
    _fringe(pen, look, angle, dip)


def _back_hair(pen: Pen, look: Look, angle: float, dip: float) -> None:
    hair, dark = ink(look.hair), mixed(look.hair, "#1d1412", 3)
    back = -0.13 * sin(angle)
    if look.style == "bun":
        pen.oval(complex(-0.62 * sin(angle), -1.0 + dip * 0.4), 0.38, 0.36, dark)
    if look.style == "bob":
        hang = [-1.08 - 0.2j, -1.0 + 0.75j, -0.62 + 0.98j, 0.62 + 0.98j, 1.0 + 0.75j, 1.08 - 0.2j]
        pen.blob([point + back * 0.9 for point in hang] + [complex(back, -1.12)], dark)
    if look.style == "scarf":
        drape = [-1.05 - 0.3j, -1.12 + 0.7j, -0.95 + 1.35j, 0.7 + 1.35j, 0.95 + 0.6j, 1.0 - 0.3j]
        pen.blob([point + back for point in drape] + [complex(back, -1.15)], hair)
    if look.style == "curls":
        for n in range(9):
            turn = pi * (0.95 + 1.1 * n / 8)
            at = complex(back * 1.4 + 0.92 * cos(turn), -0.12 + 0.95 * sin(turn))
            pen.oval(at, 0.36, 0.34, dark if n % 2 else hair)
    grow = 0.96 if look.style == "tuft" else 1.03
    pen.oval(complex(back, -0.1), grow, grow * 1.02, hair)
    if look.style == "tuft":
        for lean in (-0.16, 0.02, 0.2):
            root = complex(back - 0.05, -1.0)
            pen.stroke(
                [root, root + complex(lean * 0.6, -0.12), root + complex(lean, -0.17)], 0.07, hair
            )


def _skull(pen: Pen, look: Look, angle: float, dip: float) -> None:
    skin, shade = ink(look.skin), mixed(look.skin, look.shade, 2)
    forward = 0.11 * sin(angle)
    if look.style != "scarf":
        for where in (-1, 1):
            ear = angle + where * 1.62
            if abs(ear) < 2.2:
                at = complex(side(ear) * 0.94 if abs(ear) < pi / 2 else where * 0.9, 0.1 + dip)
                pen.oval(at, 0.15, 0.21, skin)
                pen.oval(at, 0.075, 0.12, shade)
    outline, chin = (BABY_SKULL, 0.0) if look.baby else (ADULT_SKULL, 0.6)
    pen.blob([z + forward * (1 + max(0, z.imag) * chin) for z in outline], skin)


def _cheeks(pen: Pen, look: Look, pose: Pose, angle: float, dip: float) -> None:
    glow = mixed(look.skin, "#e2695a", 2 + round(2 * pose.smile))
    for where in (-1, 1):
        at = angle + where * 0.72
        width = 0.19 * max(0.25, cos(at))
        pen.oval(complex(side(at) * 0.9, 0.36 + dip - 0.04 * pose.smile), width, 0.14, glow)


def _beard(pen: Pen, look: Look, angle: float, dip: float) -> None:
    middle = side(angle) * 0.86
    ends = [side(angle - 1.25) * 0.9, side(angle + 1.25) * 0.9]
    drop = 0.45 + dip * 0.7
    pen.blob(
        [
            complex(ends[0], drop - 0.35),
            complex(ends[0] * 0.86, drop + 0.25),
            complex(middle - 0.35, 0.98),
            complex(middle * 0.7, 1.13),
            complex(middle + 0.35, 0.98),
            complex(ends[1] * 0.86, drop + 0.25),
            complex(ends[1], drop - 0.35),
            complex(middle + 0.4, drop + 0.02),
            complex(middle, drop - 0.08),
            complex(middle - 0.4, drop + 0.02),
        ],
        ink(look.hair),
    )


def _mouth(pen: Pen, look: Look, pose: Pose, angle: float, dip: float) -> None:
    middle = complex(side(angle) * 0.84, (0.56 if look.baby else 0.58) + dip)
    wide = (0.26 if look.baby else 0.3) * (1 + 0.35 * pose.smile - 0.5 * pose.round)
    wide *= max(0.45, cos(angle))
    corner = -0.15 * pose.smile * (1 - 0.6 * pose.round)
    upper = 0.07 * pose.smile - 0.06 * pose.mouth
    lower = 0.15 * pose.smile + 0.3 * pose.mouth
    ends = (middle + complex(-wide, corner), middle + complex(wide, corner))
    if pose.mouth < 0.1:
        _closed_lips(pen, look, ends, middle, (upper + lower) / 2)
    elif pose.round > 0.5:
        high = 0.05 + 0.13 * pose.mouth
        pen.oval(middle, wide * 0.85 + 0.04, high + 0.04, ink(LIP))
        pen.oval(middle, wide * 0.85, high, ink(INSIDE))
    else:
        _open_lips(pen, ends, middle + complex(0, upper), middle + complex(0, lower))
        tongue = middle + complex(0, lower - 0.02 - 0.07 * pose.mouth)
        pen.oval(tongue, wide * 0.5, 0.06 + 0.06 * pose.mouth, ink("#d8747a"))
        if not look.baby and pose.smile > 0.5:
            pen.oval(middle + complex(0, upper + 0.05), wide * 0.6, 0.04, ink("#fffaf2"))


def _closed_lips(
    pen: Pen, look: Look, ends: tuple[complex, complex], middle: complex, low: float
) -> None:
    left, right = ends
    bend = (left.imag - middle.imag) * 0.35 + low * 0.65
    half = (right.real - left.real) * 0.3
    line = [left, middle + complex(-half, bend), middle + complex(0, low),
            middle + complex(half, bend), right]  # fmt: skip
    pen.stroke(line, 0.06, mixed(LIP, look.shade, 3))


def _open_lips(pen: Pen, ends: tuple[complex, complex], top: complex, bottom: complex) -> None:
    left, right = ends
    half = (right.real - left.real) * 0.3
    deep = (bottom.imag - left.imag) * 0.28
    below = [right, bottom + complex(half, -deep), bottom, bottom + complex(-half, -deep), left]
    pen.shape([*through([left, top, right]), *through(below)], ink(INSIDE))


def _nose(pen: Pen, look: Look, angle: float, dip: float) -> None:
    shade = mixed(look.skin, look.shade, 4)
    at = complex(side(angle) * 1.0, 0.27 + dip)
    if look.baby:
        pen.oval(at, 0.1, 0.075, mixed(look.skin, look.shade, 2))
        return
    pen.stroke(
        [
            at + complex(0.02 * cos(angle), -0.22),
            at + complex(0.07, 0.0),
            at + complex(-0.05, 0.05),
        ],
        0.06,
        shade,
    )


def _eye(pen: Pen, look: Look, pose: Pose, angle: float, dip: float, where: int) -> None:
    at = angle + where * (0.43 if look.baby else 0.4)
    squash = max(0.3, cos(at))
    centre = complex(side(at) * 0.93, (0.08 if look.baby else 0.0) + dip)
    wide = (0.19 if look.baby else 0.165) * squash
    high = (0.21 if look.baby else 0.16) * (1 - 0.22 * pose.smile) * (1 + 0.12 * pose.brow)
    dark = ink("#2a1c18")
    if look.glasses:
        pen.oval(centre, wide * 1.75, 0.29, mixed(look.hair, "#2a1c18", 7))
        pen.oval(centre, wide * 1.55, 0.26, mixed(look.skin, "#ffffff", 2))
    if pose.blink > 0.5:
        pen.stroke(
            [centre + complex(-wide, 0), centre + complex(0, 0.05), centre + complex(wide, 0)],
            0.06,
            dark,
        )
    else:
        pen.oval(centre, wide, high, ink("#fffaf3"))
        iris = complex(pose.gaze * wide * 0.45, pose.down * high * 0.45)
        size = high * (0.8 if look.baby else 0.78)
        pen.oval(centre + iris, min(size, wide * 0.85), size, dark)
        pen.oval(centre + iris + complex(-0.04, -0.06), 0.045, 0.05, ink("#ffffff"))
        if pose.down > 0.3:
            lowered = centre - complex(0, high * (2.1 - 0.85 * pose.down))
            pen.oval(lowered, wide * 1.25, high * 1.15, ink(look.skin))
        lid = -high * (0.95 - 0.75 * max(0.0, pose.down - 0.3))
        pen.stroke(
            [
                centre + complex(-wide * 1.05, lid * 0.3),
                centre + complex(0, lid),
                centre + complex(wide * 1.05, lid * 0.3),
            ],
            0.05,
            dark,
        )
    _brow(pen, look, pose, centre, squash, where)


def _brow(pen: Pen, look: Look, pose: Pose, eye: complex, squash: float, where: int) -> None:
    base = -0.34 if look.baby else -0.32
    at = eye + complex(0, base - 0.13 * pose.brow)
    wide = (0.15 if look.baby else 0.2) * squash
    arch = 0.05 + 0.05 * pose.brow
    colour = mixed(look.skin, look.hair, 6) if look.baby else mixed(look.hair, "#1d1412", 2)
    if look.style == "scarf":
        colour = ink("#3a2a22")
    pen.stroke(
        [
            at + complex(-wide, -0.035 * where),
            at + complex(0, -arch),
            at + complex(wide, 0.035 * where),
        ],
        0.05 if look.baby else 0.065,
        colour,
    )


def _fringe(pen: Pen, look: Look, angle: float, dip: float) -> None:
    hair = ink(look.hair)
    lift = {"tuft": -0.74, "curls": -0.58, "short": -0.6, "scarf": -0.5}.get(look.style, -0.5)
    fall = {"tuft": 0.3, "short": 0.42, "scarf": 0.75}.get(look.style, 0.5)
    reach = 0.88 if look.style == "tuft" else 0.97
    steps = [-1.25, -0.85, -0.4, 0.1, 0.5, 0.9, 1.25]
    line = []
    for n, step in enumerate(steps):
        part = 0.1 if look.style in ("bun", "bob") and n == 3 else 0
        drop = fall * (abs(step) / 1.25) ** 3
        line.append(complex(side(angle + step) * reach, lift - part + drop + dip * 0.55))
    back = -0.1 * sin(angle)
    size = 0.96 if look.style == "tuft" else 1.02
    crown = [
        complex(back + size * sin(a), -0.1 - size * cos(a))
        for a in (1.1, 0.7, 0.35, 0.0, -0.35, -0.7, -1.1)
    ]
    pen.shape([*through(line), *crown], hair)
    if look.style == "curls":
        for n in range(6):
            turn = angle * 0.6 - 1.15 + n * 0.46
            at = complex(side(turn) * 0.82 + back * 0.5, -0.72 + 0.2 * abs(turn) + dip * 0.4)
            pen.oval(at, 0.24, 0.2, hair)
