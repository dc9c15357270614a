"""Bodies under the heads: adults on a mat, a seat or at a table; babies on a mat or in a chair."""

from __future__ import annotations

from .faces import draw_head
from .pen import Pen, bent, ink, mixed, side_by_side
from .people import Look, Pose

ADULT_HEAD = -168j
BABY_HEAD = -93j
SHOULDER = 33 - 104j
BABY_SHOULDER = 22 - 50j


def adult_hand(pose: Pose, meet: complex) -> complex:
    """Where the near hand is, from the hips; a full reach arrives at `meet`."""
    rest, high = 62 - 6j, 96 - 150j
    hand = rest + (meet - rest) * pose.reach
    return hand + (high - hand) * pose.lift


def baby_hand(pose: Pose, meet: complex) -> complex:
    """Where the baby's near hand is, from its seat; a full reach arrives at `meet`."""
    rest, high = 40 - 18j, 50 - 92j
    hand = rest + (meet - rest) * pose.reach
    return hand + (high - hand) * pose.lift + pose.wave * (4 - 52j)


def _hand(pen: Pen, at: complex, towards: complex, look: Look, size: float, spread: float) -> None:
    skin = ink(look.skin)
    aim = towards / (abs(towards) or 1)
    for n in range(4):
        finger = aim * complex(1, (n - 1.5) * (0.16 + 0.3 * spread))
        pen.band(
            [at, at + finger * size * 1.05, at + finger * size * (1.3 + 0.35 * spread)],
            size * 0.27,
            size * 0.22,
            skin,
        )
    thumb = aim * complex(0.45, -0.95)
    pen.band(
        [at, at + thumb * size * 0.7, at + thumb * size * 1.05], size * 0.28, size * 0.24, skin
    )
    pen.oval(at, size * 0.72, size * 0.72, skin)


def _arm(
    pen: Pen,
    look: Look,
    shoulder: complex,
    elbow: complex,
    hand: complex,
    thick: float,
    spread: float,
) -> None:
    """A sleeve, a forearm and a hand."""
    line = bent(shoulder, elbow, hand)
    pen.band(line, thick * 0.85, thick * 0.52, ink(look.skin))
    sleeve = bent(shoulder, elbow, hand, 0.72)
    pen.band(sleeve, thick, thick * 0.84, mixed(look.top, "#1e1a2a", 1))
    pen.shape(side_by_side(sleeve[-3:], thick * 0.93, thick * 0.9), mixed(look.top, look.trim, 3))
    _hand(pen, hand, line[-1] - line[-3], look, thick * 0.72, spread)


def adult(pen: Pen, look: Look, pose: Pose, seat: str, meet: complex) -> None:
    """An adult whose hips are at the pen's origin: seat is mat, chair or table."""
    body = pen.at(0j, angle=pose.lean * 15)
    _far_arm(body, look, pose, 30 - 4j if seat == "mat" else 36 - 18j)
    _legs(pen, look, seat)
    top, dark = ink(look.top), mixed(look.top, "#1e1a2a", 1)
    body.blob(
        [
            -40 + 8j,
            -46 - 40j,
            -46 - 92j,
            -28 - 116j,
            0 - 120j,
            28 - 116j,
            42 - 92j,
            44 - 40j,
            42 + 8j,
            0 + 16j,
        ],
        top,
    )
    body.blob([-40 + 8j, -46 - 40j, -46 - 92j, -34 - 106j, -30 - 60j, -26 + 10j], dark)
    body.band([0 - 112j, 2 - 128j, 3 - 138j], 14, 12, mixed(look.skin, look.shade, 3))
    body.blob([-16 - 119j, 0 - 124j, 16 - 119j, 9 - 108j, 1 - 104j, -8 - 108j], ink(look.skin))
    sway = complex(6 + 5 * pose.lean, 0)
    draw_head(body.at(ADULT_HEAD + sway, angle=-pose.lean * 8), look, pose, 41)
    if look.style == "scarf":
        body.blob(
            [-30 - 128j, 8 - 124j, 36 - 128j, 30 - 106j, 4 - 92j, -26 - 104j],
            mixed(look.hair, "#14202a", 1),
        )
    if seat == "mat":
        _crossed(pen, look)
    hand = adult_hand(pose, meet)
    elbow = (SHOULDER + hand) / 2 + complex(-8, 38 - 20 * pose.lift)
    _arm(pen, look, _leant(SHOULDER, pose), elbow, hand, 14, pose.open)


def _leant(point: complex, pose: Pose) -> complex:
    return point * complex(1, 0.26 * pose.lean)


def _far_arm(pen: Pen, look: Look, pose: Pose, rest: complex) -> None:
    shoulder = -36 - 100j
    hand = rest - 88 + (112 - 52j) * pose.far
    _arm(pen, look, shoulder, (shoulder + hand) / 2 + complex(-26, 16), hand, 13, 0.1)


def _legs(pen: Pen, look: Look, seat: str) -> None:
    cloth, dark = ink(look.trousers), mixed(look.trousers, "#1e1a2a", 2)
    if seat == "chair":
        pen.band(bent(-14 - 2j, 40 - 16j, 66 - 2j), 24, 19, dark)
        pen.band(bent(66 - 2j, 72 + 34j, 64 + 74j), 18, 13, dark)
        pen.band([58 + 80j, 70 + 82j, 84 + 83j], 10, 8, mixed(look.trim, "#6b4a3c", 6))
        pen.band(bent(-4 + 2j, 30 - 6j, 50 + 6j), 25, 20, cloth)
        pen.band(bent(50 + 6j, 54 + 40j, 44 + 78j), 19, 13, cloth)
        pen.band([38 + 84j, 50 + 87j, 66 + 88j], 10, 8, mixed(look.trim, "#6b4a3c", 5))
    elif seat == "mat":
        pen.band(bent(-14 + 0j, -70 + 4j, -78 + 20j), 25, 19, dark)


def _crossed(pen: Pen, look: Look) -> None:
    cloth = ink(look.trousers)
    dark = mixed(look.trousers, "#1e1a2a", 2)
    sock = mixed(look.trim, look.trousers, 2)
    pen.band([-24 + 33j, -34 + 34j, -48 + 35j], 11, 8, sock)
    pen.band(bent(80 + 18j, 30 + 40j, -22 + 32j), 19, 13, dark)
    pen.band(bent(14 + 2j, 70 + 0j, 82 + 18j), 25, 20, cloth)
    pen.band(bent(-80 + 20j, -30 + 42j, 24 + 36j), 20, 13, cloth)
    pen.band([28 + 37j, 40 + 38j, 54 + 37j], 11, 8, mixed(look.trim, "#ffffff", 2))


def baby(pen: Pen, look: Look, pose: Pose, seat: str, meet: complex) -> None:
    """A baby whose seat is at the pen's origin: seat is mat or chair."""
    body = pen.at(0j, angle=pose.lean * 12)
    _baby_arm(body, look, -BABY_SHOULDER.conjugate(), complex(-40, -14) + pose.wave * (-6 - 50j))
    if seat == "mat":
        _baby_legs(pen, look, pose)
    top, dark = ink(look.top), mixed(look.top, "#5a3020", 2)
    body.blob(
        [-36 + 8j, -40 - 18j, -28 - 52j, -12 - 66j, 12 - 66j, 28 - 52j, 40 - 18j, 36 + 8j, 0 + 17j],
        top,
    )
    body.blob([-36 + 8j, -40 - 18j, -28 - 52j, -20 - 58j, -22 - 20j, -16 + 14j], dark)
    for row in (-38, -20, -2):
        body.stroke(
            [complex(-14, row - 1), complex(8, row + 2), complex(32, row - 3)],
            4,
            mixed(look.top, look.trim, 7),
        )
    body.blob([-20 - 60j, 0 - 66j, 20 - 60j, 10 - 50j, 0 - 47j, -10 - 50j], ink(look.trim))
    draw_head(body.at(BABY_HEAD + 3, angle=-pose.lean * 6), look, pose, 37)
    if seat == "mat":
        _near_leg(pen, look, pose)
    hand = baby_hand(pose, meet)
    _baby_arm(body, look, BABY_SHOULDER, hand, pose.open)


def _baby_arm(pen: Pen, look: Look, shoulder: complex, hand: complex, spread: float = 0.4) -> None:
    outward = 12 if shoulder.real > 0 else -12
    elbow = (shoulder + hand) / 2 + complex(outward, 10)
    _arm(pen, look, shoulder, elbow, hand, 11, spread)


def _baby_legs(pen: Pen, look: Look, pose: Pose) -> None:
    far = -54 + 12j - 12j * pose.kick
    pen.band(bent(-14 + 2j, -44 - 12j, far), 17, 12, mixed(look.trousers, "#5a3020", 2))
    pen.oval(far - 7 - 4j, 10, 13, ink(look.skin), angle=-14)


def _near_leg(pen: Pen, look: Look, pose: Pose) -> None:
    foot = 58 + 13j + (2 - 22j) * pose.kick
    pen.band(bent(16 + 2j, 44 - 12j - 8j * pose.kick, foot), 18, 12, ink(look.trousers))
    sole = foot + 7 - 5j
    pen.oval(sole, 11, 14, ink(look.skin), angle=14)
    for n in range(4):
        pen.oval(sole + complex(-4 + n * 4.4, -14 + n * 1.4), 2.6, 3, ink(look.skin))
    pen.oval(sole + 1 + 2j, 6, 8, mixed(look.skin, "#e2695a", 2))
