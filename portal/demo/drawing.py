"""Frames of a demo film: the painted room, and the people in it at each moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import ImageDraw

from . import figures, rooms
from .gestures import blinks, eased, pose_at
from .pen import Pen, ink, mixed
from .people import LOOKS, Pose
from .rooms import PALETTES
from .scenes import Scene

FINE = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person sits, in scene units, how large, and facing which way."""

    at: complex
    scale: float
    flip: bool
    seat: str
    meet: complex = 122 - 50j
    ground: complex = 34j


RESTS: dict[str, dict[str, float]] = {
    "mat": {},
    "sofa": {},
    "high chair": {},
    "table": {"turn": 0.3, "smile": 0.3},
}
BABY_MEET = 74 - 44j
PLACES = {
    "mat": (
        Place(212 + 292j, 1.16, False, "mat"),
        Place(438 + 312j, 1.22, True, "mat", BABY_MEET, 12j),
    ),
    "sofa": (
        Place(220 + 268j, 1.12, False, "chair", ground=12j),
        Place(432 + 280j, 1.18, True, "mat", BABY_MEET, 10j),
    ),
    "high chair": (
        Place(196 + 252j, 1.1, False, "chair", 140 - 72j, 84j),
        Place(446 + 200j, 1.1, True, "chair", 70 - 56j, 122j),
    ),
    "table": (
        Place(196 + 300j, 1.3, False, "table", 66 - 52j),
        Place(444 + 300j, 1.3, True, "table", 66 - 52j),
    ),
}
TALL = {
    "mat": (
        Place(112 + 474j, 1.08, False, "mat", 84 - 34j),
        Place(256 + 540j, 1.12, True, "mat", 52 - 62j, 12j),
    ),
    "sofa": (
        Place(112 + 474j, 1.08, False, "chair", 84 - 34j),
        Place(256 + 500j, 1.12, True, "mat", 52 - 52j, 10j),
    ),
}


def frames(scene: Scene, rate: float) -> Iterator[bytes]:
    """Every frame of the film as raw RGB, `rate` a second."""
    pixels_wide, pixels_high = scene.size
    units = 360 / min(scene.size)
    wide, high = round(pixels_wide * units), round(pixels_high * units)
    fine = FINE / units
    places = (TALL if scene.portrait else PLACES)[scene.activity]
    room = rooms.paint(PALETTES[scene.palette], scene.activity, wide, high, fine, scene.seed)
    room = room.resize((pixels_wide * FINE, pixels_high * FINE))
    room = rooms.shadow(room, [(p.at + p.ground * p.scale, 84 * p.scale) for p in places], fine)
    own = [tuple(turn for turn in scene.turns if turn.who == who) for who in (0, 1)]
    lids = [blinks(scene.seed * 2 + who, scene.seconds) for who in (0, 1)]
    drawn: list[Pose] = []
    picture = b""
    for number in range(round(scene.seconds * rate)):
        moment = number / rate
        poses = [
            pose_at(moment, RESTS[scene.activity], own[who], lids[who], 2.1 * who) for who in (0, 1)
        ]
        if drawn and all(map(Pose.is_near, poses, drawn)):
            yield picture
            continue
        drawn = poses
        canvas = room.copy()
        pen = Pen(ImageDraw.Draw(canvas), complex(fine, 0))
        _people(pen, poses, places, scene, moment)
        rooms.front(pen, PALETTES[scene.palette], scene.activity, wide, high)
        picture = canvas.reduce(FINE).tobytes()
        yield picture


def _people(
    pen: Pen, poses: list[Pose], places: tuple[Place, Place], scene: Scene, moment: float
) -> None:
    for name, pose, place in zip(scene.who, poses, places, strict=True):
        look = LOOKS[name]
        here = pen.at(place.at, scale=place.scale, flip=place.flip)
        if scene.activity == "high chair" and not look.baby:
            _stool(here, scene.palette)
        if look.baby and place.seat == "chair":
            _chair_behind(here, scene.palette)
        (figures.baby if look.baby else figures.adult)(here, look, pose, place.seat, place.meet)
        if look.baby and place.seat == "chair":
            _chair_before(here, scene.palette)
    if scene.activity != "table":
        _toy(pen, _toy_place(places, poses, scene, moment), scene)


def _toy_place(
    places: tuple[Place, Place],
    poses: list[Pose],
    scene: Scene,
    moment: float,
) -> complex:
    """Where the toy is: resting between them, or in the hand that last offered or took it."""
    hands = []
    for place, pose, hand in zip(
        places, poses, (figures.adult_hand, figures.baby_hand), strict=True
    ):
        held = hand(pose, place.meet) + complex(8, -6)
        if place.flip:
            held = complex(-held.real, held.imag)
        hands.append(place.at + held * place.scale)
    rest = (places[0].at + places[1].at) / 2 + complex(0, 20)
    if scene.activity == "high chair":
        rest = places[1].at + complex(-58, -36)
    where = rest
    for turn in scene.turns:
        if turn.does in ("offer", "take", "put down") and turn.at <= moment:
            target = rest if turn.does == "put down" else hands[turn.who]
            where += (target - where) * eased((moment - turn.at) / 0.5)
    return where


def _toy(pen: Pen, at: complex, scene: Scene) -> None:
    toy = pen.at(at, scale=1.1)
    if scene.activity == "high chair":
        toy.band([8 + 10j, 0 + 2j, -6 - 4j], 2.4, 2.4, ink("#f4efe6"))
        toy.oval(-11 - 9j, 8, 5.5, ink("#f4efe6"), angle=40)
        toy.oval(-11 - 10j, 5.4, 3.4, ink("#e59a3c"), angle=40)
        return
    bright = ("#d0502f", "#2d7f8f", "#8d5aa0")[scene.seed % 3]
    toy.oval(0j, 15, 15, ink(bright))
    toy.oval(0j, 15, 5.2, mixed(bright, "#ffffff", 7), angle=-24)
    toy.oval(-5 - 7j, 3.6, 2.6, mixed(bright, "#ffffff", 8))


def _stool(pen: Pen, palette: str) -> None:
    wood = PALETTES[palette].wood
    for foot, top in ((-40, -26), (26, 14)):
        pen.band(
            [complex(top, 24), complex((foot + top) / 2, 60), complex(foot, 92)],
            5,
            4,
            mixed(wood, "#2a2020", 2),
        )
    pen.blob([-40 + 12j, 0 + 8j, 36 + 12j, 36 + 24j, 0 + 28j, -40 + 24j], ink(wood))


def _chair_behind(pen: Pen, palette: str) -> None:
    wood = PALETTES[palette].wood
    pen.blob(
        [-46 + 6j, -50 - 60j, -36 - 92j, 22 - 92j, 38 - 60j, 42 + 6j],
        mixed(PALETTES[palette].cloth, "#ffffff", 3),
    )
    for foot, top in ((-58, -30), (58, 34)):
        pen.band(
            [complex(top, 10), complex((foot + top) / 2, 60), complex(foot, 122)],
            6,
            5,
            mixed(wood, "#2a2020", 2),
        )
    pen.band([-42 + 72j, 0 + 72j, 44 + 72j], 4, 4, mixed(wood, "#2a2020", 2))


def _chair_before(pen: Pen, palette: str) -> None:
    wood = PALETTES[palette].wood
    pen.blob(
        [-50 + 2j, 0 - 4j, 84 + 2j, 90 + 8j, 80 + 16j, 0 + 18j, -48 + 14j],
        mixed(wood, "#ffffff", 4),
    )
    pen.band([-44 + 15j, 0 + 18j, 80 + 14j], 3, 3, ink(wood))
    pen.blob([38 - 10j, 54 - 12j, 70 - 10j, 64 + 3j, 54 + 5j, 44 + 3j], ink("#5f8f98"))
    pen.oval(54 - 10j, 15, 3.4, ink("#e59a3c"))
    for foot in (-24, 30):
        pen.band(
            [complex(foot, 16), complex(foot + 4, 34), complex(foot + 8, 44)], 13, 9, ink("#e8c89a")
        )
