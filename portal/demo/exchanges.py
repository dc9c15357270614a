"""Little exchanges that films are made of: an initiative, its reception, the turn, the wait."""

from __future__ import annotations

from .gestures import Turn

ADULT, BABY = 0, 1
GUIDER, PARENT = 0, 1
Turns = tuple[Turn, ...]


def watching(start: float, end: float) -> Turns:
    """The adult has turned to the baby and enjoys watching."""
    return (Turn(start, ADULT, "watch", end - start),)


def yes_cycle(at: float, initiative: str = "coo", answer: str = "laugh") -> Turns:
    """Initiative, reception a beat later, the adult's turn, a wait, the baby's turn; 7.5 s."""
    return (
        Turn(at, BABY, "look", 6.9),
        Turn(at + 0.6, BABY, initiative, 1.0),
        Turn(at + 1.5, ADULT, "look", 5.6),
        Turn(at + 1.6, ADULT, "greet", 0.7),
        Turn(at + 2.6, ADULT, "reply", 1.3),
        Turn(at + 2.9, BABY, "smile", 3.6),
        Turn(at + 4.3, ADULT, "smile", 2.4),
        Turn(at + 4.9, BABY, answer, 1.1),
        Turn(at + 5.1, BABY, "kick", 1.2),
        Turn(at + 6.2, ADULT, "nod", 0.8),
    )


def away_and_back(at: float, away: float = 2.6) -> Turns:
    """The baby looks away; the adult waits without filling the gap; the baby comes back; +4 s."""
    back = at + away
    return (
        Turn(at, BABY, "look away", away - 0.5),
        Turn(at + 0.4, ADULT, "sit back", away + 0.2),
        Turn(at + 0.2, ADULT, "watch", away + 0.6),
        Turn(back, BABY, "look up", 3.4),
        Turn(back + 0.5, BABY, "smile", 2.6),
        Turn(back + 1.0, ADULT, "greet", 1.5),
        Turn(back + 1.8, ADULT, "reply", 1.0),
    )


def toy_given(at: float) -> Turns:
    """The adult shows a toy and waits; the baby looks, reaches and takes it; 7 s."""
    return (
        Turn(at, ADULT, "offer", 3.6),
        Turn(at + 0.2, ADULT, "watch", 5.6),
        Turn(at + 0.9, BABY, "look", 2.0),
        Turn(at + 1.4, BABY, "smile", 4.6),
        Turn(at + 2.2, BABY, "reach", 2.0),
        Turn(at + 3.0, BABY, "take", 2.0),
        Turn(at + 4.2, BABY, "look down", 1.2),
        Turn(at + 4.4, ADULT, "smile", 2.2),
        Turn(at + 5.5, BABY, "look up", 2.0),
        Turn(at + 5.7, ADULT, "reply", 1.1),
    )


def toy_returned(at: float) -> Turns:
    """The baby offers the toy; the adult receives it with words and a smile; 6 s."""
    return (
        Turn(at, BABY, "look up", 5.4),
        Turn(at + 0.4, BABY, "reach", 2.2),
        Turn(at + 1.0, ADULT, "look", 4.6),
        Turn(at + 1.2, ADULT, "reach", 1.6),
        Turn(at + 2.0, ADULT, "take", 1.0),
        Turn(at + 2.3, ADULT, "greet", 0.7),
        Turn(at + 3.1, ADULT, "reply", 1.1),
        Turn(at + 3.5, BABY, "flap", 1.3),
        Turn(at + 3.6, BABY, "smile", 2.4),
    )


def mouthful(at: float) -> Turns:
    """The spoon waits half-way until the baby leans in for it, and is told so; 6.5 s."""
    return (
        Turn(at, ADULT, "offer", 3.8),
        Turn(at + 0.1, ADULT, "look", 6.0),
        Turn(at + 1.3, BABY, "look", 4.8),
        Turn(at + 2.0, BABY, "lean", 1.8),
        Turn(at + 2.2, BABY, "coo", 0.9),
        Turn(at + 2.3, ADULT, "greet", 0.8),
        Turn(at + 4.0, ADULT, "reply", 1.2),
        Turn(at + 4.3, BABY, "smile", 1.9),
        Turn(at + 4.6, BABY, "flap", 1.1),
        Turn(at + 5.4, ADULT, "smile", 1.0),
    )


def watch_together(start: float, end: float) -> Turns:
    """Both look at the clip on the screen."""
    return tuple(Turn(start, who, "look down", end - start) for who in (GUIDER, PARENT))


def what_did_you_see(at: float) -> Turns:
    """The guider turns and asks, waits, and receives what the parent saw; 11 s."""
    return (
        Turn(at, GUIDER, "look", 10.5),
        Turn(at + 0.4, GUIDER, "ask", 1.6),
        Turn(at + 1.5, PARENT, "look", 2.2),
        Turn(at + 3.4, PARENT, "look down", 1.4),
        Turn(at + 3.6, PARENT, "point", 2.2),
        Turn(at + 4.6, PARENT, "look", 5.6),
        Turn(at + 4.8, PARENT, "say", 2.3),
        Turn(at + 5.6, GUIDER, "nod", 1.2),
        Turn(at + 7.2, GUIDER, "smile", 3.2),
        Turn(at + 7.6, GUIDER, "say", 1.5),
        Turn(at + 8.2, PARENT, "smile", 2.4),
        Turn(at + 9.2, PARENT, "laugh", 1.0),
    )
