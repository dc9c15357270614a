"""What people do in a demo film and when: gestures on a timeline become a pose at each moment."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sin

from .people import Pose

REACTION = 0.42  # seconds a gesture takes to arrive
RELEASE = 0.55


@dataclass(frozen=True, slots=True)
class Turn:
    """One gesture: at a second of the film, by the person at this place, lasting so long."""

    at: float
    who: int
    does: str
    lasts: float = 1.6


GESTURES: dict[str, dict[str, float]] = {
    "look": {"turn": 0.85, "gaze": 0.7, "down": 0.1, "nod": 0.1},
    "look up": {"turn": 0.75, "gaze": 0.8, "down": -0.6, "nod": -0.3},
    "look down": {"turn": 0.3, "gaze": 0.2, "down": 0.9, "nod": 0.55},
    "look away": {"turn": -0.6, "gaze": -0.8, "down": 0.1, "smile": 0.05},
    "watch": {"turn": 0.7, "gaze": 0.7, "down": 0.45, "nod": 0.25, "smile": 0.45},
    "smile": {"smile": 1.0, "brow": 0.5},
    "greet": {"smile": 0.9, "brow": 1.0, "nod": -0.25, "mouth": 0.25},
    "laugh": {"smile": 1.0, "mouth": 0.75, "brow": 0.7, "nod": -0.2},
    "coo": {"smile": 0.5, "brow": 0.7, "mouth": 0.75, "round": 1.0},
    "reply": {"smile": 0.8, "brow": 0.8, "mouth": 0.55, "tilt": 0.5},
    "say": {"smile": 0.5, "brow": 0.35, "mouth": 0.4},
    "ask": {"smile": 0.5, "brow": 0.9, "mouth": 0.4, "tilt": 0.6},
    "nod": {"smile": 0.6, "nod": 0.5},
    "lean": {"lean": 0.9},
    "sit back": {"lean": -0.4},
    "reach": {"reach": 1.0, "open": 1.0, "lean": 0.5},
    "offer": {"reach": 1.0, "open": 0.4, "lean": 0.6},
    "point": {"reach": 0.75, "open": 0.0, "lean": 0.3},
    "wave": {"lift": 1.0, "open": 1.0},
    "flap": {"wave": 1.0, "open": 1.0},
    "kick": {"kick": 1.0},
    "tilt": {"tilt": 0.9},
    "take": {"reach": 0.35, "open": 0.2},
    "put down": {"reach": 0.3},
}
SHAKEN = {
    "wave": ("lift", 0.18, 2.2),
    "flap": ("wave", 0.4, 2.6),
    "kick": ("kick", 0.6, 1.8),
    "nod": ("nod", 0.35, 1.3),
    "laugh": ("nod", 0.1, 3.0),
}
VOICED = {"coo": 1.0, "reply": 3.2, "say": 4.2, "ask": 4.0, "laugh": 4.6}


def eased(share: float) -> float:
    """A share between 0 and 1, starting and stopping gently."""
    share = max(0.0, min(1.0, share))
    return share * share * (3 - 2 * share)


def strength(turn: Turn, moment: float) -> float:
    """How fully a gesture is there at this second: it arrives, stays, and goes."""
    if not turn.at <= moment <= turn.at + turn.lasts + RELEASE:
        return 0.0
    arrived = eased((moment - turn.at) / REACTION)
    return arrived * (1 - eased((moment - turn.at - turn.lasts) / RELEASE))


def blinks(seed: int, seconds: float) -> tuple[float, ...]:
    """The seconds at which a person blinks: every few seconds, never in step with the other."""
    dice = random.Random(seed)  # noqa: S311
    moments, now = [], dice.uniform(0.8, 2.5)
    while now < seconds:
        moments.append(now)
        now += dice.uniform(2.2, 4.8)
    return tuple(moments)


def pose_at(
    moment: float,
    rest: dict[str, float],
    turns: Sequence[Turn],
    blinking: Sequence[float],
    phase: float,
) -> Pose:
    """How a person holds themself at this second."""
    held = dict(rest)
    for turn in turns:
        full = strength(turn, moment)
        if not full:
            continue
        for channel, target in GESTURES[turn.does].items():
            if channel == "mouth" and turn.does in VOICED:
                beat = (moment - turn.at) * VOICED[turn.does]
                target *= 0.35 + 0.65 * abs(sin(pi * beat)) if turn.does != "coo" else 1.0
            held[channel] = held.get(channel, 0.0) + full * (target - held.get(channel, 0.0))
        if turn.does in SHAKEN:
            channel, size, speed = SHAKEN[turn.does]
            shake = size * full * sin(2 * pi * speed * (moment - turn.at))
            held[channel] = held.get(channel, 0.0) + shake
    held["lean"] = held.get("lean", 0.0) + 0.045 * sin(2 * pi * moment / 3.4 + phase)
    held["tilt"] = held.get("tilt", 0.0) + 0.06 * sin(2 * pi * moment / 5.1 + phase)
    held["blink"] = float(any(start <= moment < start + 0.17 for start in blinking))
    return Pose(**held)
