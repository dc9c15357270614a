"""A soft soundtrack: a baby's coos, an adult's replies and talk, each with its gesture."""

from __future__ import annotations

import random
import wave
from array import array
from collections.abc import Iterator, Sequence
from math import pi, sin
from pathlib import Path

from .gestures import VOICED, Turn

RATE = 16_000
TABLE = 1024
QUIET = 32_767 * 0.16
PITCHES = {"baby": 430.0, "high": 228.0, "low": 132.0}
OVERTONES = {
    "baby": (1.0, 0.32, 0.1, 0.03),
    "high": (1.0, 0.5, 0.26, 0.1, 0.05),
    "low": (1.0, 0.6, 0.4, 0.2, 0.12, 0.06),
}
# the melody of each kind of utterance: pitch against the speaker's own, from start to end
MELODIES = {
    "coo": (0.92, 1.12, 1.3, 1.16),
    "reply": (1.0, 1.32, 1.42, 1.05),
    "say": (1.06, 1.12, 1.0, 0.9),
    "ask": (0.96, 1.0, 1.1, 1.34),
    "laugh": (1.2, 1.34, 1.24, 1.1),
}


def tables() -> dict[str, list[float]]:
    """One period of each voice."""
    return {
        voice: [
            sum(size * sin(2 * pi * (n + 1) * step / TABLE) for n, size in enumerate(sizes)) / 1.6
            for step in range(TABLE)
        ]
        for voice, sizes in OVERTONES.items()
    }


def syllables(turn: Turn, dice: random.Random) -> Iterator[tuple[float, float, float]]:
    """When each syllable of a turn starts, how long it sounds, and its pitch within the turn."""
    beats = VOICED[turn.does]
    count = max(1, round(turn.lasts * beats)) if beats > 1 else 1
    each = turn.lasts / count
    for n in range(count):
        if beats > 1 and n and n % 7 == 5:
            continue
        sounds = each * (0.72 if beats > 1 else 0.85) * dice.uniform(0.9, 1.1)
        yield turn.at + n * each, sounds, (n + 0.5) / count


def along(melody: Sequence[float], share: float) -> float:
    """The pitch a share of the way through a melody."""
    place = max(0.0, min(0.999, share)) * (len(melody) - 1)
    step = int(place)
    return melody[step] + (melody[step + 1] - melody[step]) * (place - step)


def sing(
    sound: array[int],
    table: list[float],
    start: float,
    lasts: float,
    pitches: tuple[float, float],
    loud: float,
) -> None:
    """Add one syllable to the sound, swelling and fading."""
    first, count = int(start * RATE), int(lasts * RATE)
    low, high = (pitch * TABLE / RATE for pitch in pitches)
    phase, last = 0.0, len(sound) - 1
    rise = max(1, count // 4)
    for n in range(min(count, last - first)):
        share = n / count
        swell = min(1.0, n / rise, (1 - share) * 2.2)
        phase += low + (high - low) * share
        value = table[int(phase) % TABLE] * swell * swell * loud
        sound[first + n] = max(-32_767, min(32_767, sound[first + n] + int(value)))


def speak(
    turns: Sequence[Turn], voices: tuple[str, str], seconds: float, seed: int, target: Path
) -> Path:
    """The film's voices as a mono WAV file at the target."""
    dice = random.Random(seed)  # noqa: S311
    sound = array("h", bytes(2 * int(seconds * RATE)))
    shapes = tables()
    for turn in turns:
        if turn.does not in VOICED:
            continue
        voice = voices[turn.who]
        melody = MELODIES[turn.does]
        for start, lasts, share in syllables(turn, dice):
            if VOICED[turn.does] > 1:
                base = PITCHES[voice] * along(melody, share) * dice.uniform(0.95, 1.05)
                pitches = (base, base * dice.uniform(0.92, 1.08))
            else:
                pitches = (PITCHES[voice] * melody[0], PITCHES[voice] * melody[2])
            sing(sound, shapes[voice], start, lasts, pitches, QUIET * dice.uniform(0.8, 1.0))
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(sound.tobytes())
    return target
