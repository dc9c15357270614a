"""The scenes of the demo films: who is in them, where, and what happens when."""

from __future__ import annotations

from dataclasses import dataclass

from .exchanges import (
    BABY,
    away_and_back,
    mouthful,
    toy_given,
    toy_returned,
    watch_together,
    watching,
    what_did_you_see,
    yes_cycle,
)
from .gestures import Turn


@dataclass(frozen=True, slots=True)
class Scene:
    """A film to be made; names of people, activities and palettes are those of the drawings."""

    name: str
    who: tuple[str, str]
    activity: str
    palette: str
    seconds: float
    turns: tuple[Turn, ...]
    seed: int = 1
    portrait: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return (480, 854) if self.portrait else (640, 360)


SCENES: tuple[Scene, ...] = (
    Scene(
        "play-on-the-mat",
        ("mother", "baby"),
        "mat",
        "morning",
        26,
        (
            *watching(0, 26),
            Turn(0, BABY, "look away", 1.0),
            *yes_cycle(1.8),
            *toy_given(9.8),
            *away_and_back(17.4),
            Turn(23.4, BABY, "flap", 1.6),
        ),
        2,
    ),
    Scene(
        "sofa-chat",
        ("father", "dark-haired baby"),
        "sofa",
        "rose",
        24,
        (
            *watching(0, 24),
            Turn(0.2, BABY, "kick", 1.2),
            *away_and_back(1.6),
            *yes_cycle(8.6, "coo", "coo"),
            *yes_cycle(16.2, "flap", "laugh"),
        ),
        3,
    ),
    Scene(
        "lunch-in-the-high-chair",
        ("young mother", "curly baby"),
        "high chair",
        "sage",
        24,
        (
            *watching(0, 24),
            *mouthful(1.0),
            *away_and_back(8.0, 2.2),
            *mouthful(14.6),
            Turn(21.6, BABY, "laugh", 1.2),
        ),
        4,
    ),
    Scene(
        "give-and-take",
        ("aunt", "small baby"),
        "mat",
        "sky",
        24,
        (*watching(0, 24), *toy_given(1.2), *toy_returned(8.8), *yes_cycle(15.6)),
        5,
    ),
    Scene(
        "foster-carer-and-baby",
        ("foster carer", "small baby"),
        "mat",
        "evening",
        22,
        (
            *watching(0, 22),
            Turn(0, BABY, "look away", 1.8),
            *yes_cycle(2.8, "kick", "coo"),
            *away_and_back(10.6, 3.2),
            Turn(17.6, BABY, "coo", 1.2),
            Turn(19.0, 0, "reply", 1.2),
        ),
        6,
        portrait=True,
    ),
    Scene(
        "first-film",
        ("father", "baby"),
        "high chair",
        "morning",
        20,
        (*watching(0, 20), *mouthful(2.0), *yes_cycle(10.2)),
        8,
    ),
    Scene(
        "shared-review",
        ("guider", "mother"),
        "table",
        "sky",
        30,
        (
            *watch_together(0, 4.0),
            *what_did_you_see(4.4),
            *watch_together(15.8, 18.0),
            *what_did_you_see(18.2),
        ),
        7,
    ),
    Scene(
        "shared-review-second",
        ("trainee", "father"),
        "table",
        "sage",
        24,
        (
            *watch_together(0, 5.4),
            *what_did_you_see(5.8),
            *watch_together(17.4, 20.4),
            Turn(20.8, 0, "look", 2.6),
            Turn(21.2, 1, "look", 2.4),
            Turn(21.4, 1, "laugh", 1.2),
            Turn(21.8, 0, "smile", 1.8),
        ),
        9,
    ),
)
