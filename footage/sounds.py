"""Quiet music made of formulas: nobody's recording, nobody's tune, no licence. 16-bit mono.

Each sound is a loop: a note that rings beyond the end rings on at the beginning.
"""

import math
import random
from array import array
from functools import cache

from footage.kinds import Music

RATE = 24_000
PEAK = 20_000
# Semitones above middle C; pentatonic, so that nothing ever clashes.
TUNE = (0, 7, 12, 16, 14, 12, 7, 9, 4, 7, 12, 9, 7, 4, 2, 7, 0, 7, 12, 16, 19, 16, 14, 12, 9, 12)
CHORDS = ((-12, 0, 4, 7), (-15, -3, 0, 4), (-10, 2, 5, 9), (-17, -5, 2, 7))
MIDDLE_C = 261.626


@cache
def loop(music: Music) -> bytes:
    """The samples of one round, without a seam; empty for no music."""
    make = {Music.BELLS: _bells, Music.WARM: _warm, Music.WAVES: _waves}.get(Music(music))
    return _levelled(make()).tobytes() if make else b""


def _bells() -> list[float]:
    """A music box: one soft note after the other."""
    step = RATE * 6 // 10
    samples = [0.0] * (step * len(TUNE))
    notes = {tone: _note(tone, 2.4) for tone in set(TUNE)}
    for place, tone in enumerate(TUNE):
        _add(samples, notes[tone], place * step, 1.0 if place % 2 else 0.75)
    return samples


def _note(tone: int, seconds: float) -> list[float]:
    """A struck note with two overtones; it fades as a bar of metal does."""
    turn = 2 * math.pi * MIDDLE_C * 2 ** (tone / 12) / RATE
    length = int(seconds * RATE)
    rise = RATE // 100
    return [
        (math.sin(turn * at) + 0.3 * math.sin(2 * turn * at) + 0.08 * math.sin(4 * turn * at))
        * math.exp(-2.4 * at / RATE)
        * min(1.0, at / rise)
        * min(1.0, (length - at) / rise)
        for at in range(length)
    ]


def _warm() -> list[float]:
    """Four chords that swell and give way to each other like breath."""
    step = RATE * 5
    samples = [0.0] * (step * len(CHORDS))
    for place, chord in enumerate(CHORDS):
        for tone in chord:
            _add(samples, _breath(tone, step + RATE * 2), place * step, 1.0)
    return samples


def _breath(tone: int, length: int) -> list[float]:
    turn = 2 * math.pi * MIDDLE_C / 2 * 2 ** (tone / 12) / RATE
    return [
        (math.sin(turn * at) + 0.35 * math.sin(1.002 * 2 * turn * at))
        * math.sin(math.pi * at / length) ** 2
        for at in range(length)
    ]


def _waves() -> list[float]:
    """Water on a flat shore: soft noise that comes and goes, twice in a round."""
    noise, low = random.Random(7), 0.0  # noqa: S311  (a sound, not a secret)
    length = RATE * 16
    samples = []
    for at in range(length):
        low += 0.04 * (noise.uniform(-1, 1) - low)
        samples.append(low * (0.25 + 0.75 * math.sin(2 * math.pi * at / length) ** 2))
    return samples


def _add(samples: list[float], note: list[float], start: int, loud: float) -> None:
    length = len(samples)
    for at, value in enumerate(note):
        samples[(start + at) % length] += loud * value


def _levelled(samples: list[float]) -> "array[int]":
    most = max(map(abs, samples)) or 1.0
    return array("h", (round(PEAK * value / most) for value in samples))
