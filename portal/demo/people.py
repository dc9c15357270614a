"""Who appears in the demo films: their colours, their hair, and how they hold themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How one drawn person looks; colours are hex."""

    skin: str
    hair: str
    style: str
    top: str
    trousers: str = "#5b6770"
    trim: str = "#f6ead8"
    glasses: bool = False
    beard: bool = False
    baby: bool = False
    voice: str = "high"

    @property
    def shade(self) -> str:
        """The colour the skin is mixed with where it turns from the light."""
        return "#8f4b3c"


LOOKS: dict[str, Look] = {
    "mother": Look("#eab892", "#5a3427", "bun", "#2f7f76", "#54606e"),
    "father": Look("#c98d63", "#2d211d", "short", "#c96f3f", "#4b5a57", beard=True, voice="low"),
    "foster carer": Look("#f0c6a6", "#a9a3a0", "bob", "#7d6298", "#5c5a66", glasses=True),
    "young mother": Look("#8d5a3c", "#241a18", "curls", "#d99a2b", "#3f5468"),
    "aunt": Look("#d19a70", "#356a86", "scarf", "#a84f5f", "#574a58"),
    "guider": Look("#f0c3a0", "#8a4a26", "bob", "#3c6d8c", "#4d5560"),
    "trainee": Look("#a96f4a", "#2b1f1c", "bun", "#4f6d8f", "#4d5560", glasses=True),
    "baby": Look(
        "#f1c6a3", "#8a5a35", "tuft", "#f2c14e", "#e8a13a", "#fdf1d6", baby=True, voice="baby"
    ),
    "dark-haired baby": Look(
        "#d39a70", "#33241e", "tuft", "#8cbfae", "#6aa595", baby=True, voice="baby"
    ),
    "curly baby": Look(
        "#9a6443", "#2a1d19", "curls", "#ef9a7a", "#d97b5c", baby=True, voice="baby"
    ),
    "small baby": Look("#f3cdb0", "#d0a868", "tuft", "#a9c4e4", "#86a8cf", baby=True, voice="baby"),
}


@dataclass(slots=True)
class Pose:
    """How a person is held at one moment; 0 is at rest, 1 is fully; forward is to the other."""

    turn: float = 0.35
    nod: float = 0.0
    tilt: float = 0.0
    gaze: float = 0.3
    down: float = 0.0
    brow: float = 0.0
    smile: float = 0.25
    mouth: float = 0.0
    round: float = 0.0
    blink: float = 0.0
    lean: float = 0.0
    reach: float = 0.0
    lift: float = 0.0
    wave: float = 0.0
    open: float = 0.3
    kick: float = 0.0
    far: float = 0.0

    def is_near(self, other: Pose) -> bool:
        """Whether hardly anything would be seen to move between the two."""
        return all(abs(getattr(self, name) - getattr(other, name)) < HARDLY for name in CHANNELS)


HARDLY = 0.026
CHANNELS = tuple(Pose.__dataclass_fields__)
