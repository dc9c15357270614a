"""Rooms and who sits in them: what holds now, and who is told what. Knows no sockets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol
from uuid import UUID

from media_review.together.messages import Deed
from media_review.together.rights import Seat

Told = dict[str, Any]
MOST_IN_A_ROOM = 12
MOST_OF_A_PERSON = 4
LATEST_MS = 2_000  # a deed may have happened so long before we heard of it
WORDS_A_SECOND, WORDS_AT_ONCE = 40.0, 120.0


class Line(Protocol):
    """A way to one page."""

    def tell(self, told: Told) -> None:
        """The page will be told, unless it has gone."""


@dataclass
class Member:
    """One page of one person; what it may say in a second is limited."""

    line: Line
    seat: Seat
    number: int
    words_left: float = WORDS_AT_ONCE
    counted_at_ms: float = 0.0

    def may_speak(self, now_ms: float) -> bool:
        """True while this page keeps to the pace a hand and a clock can make."""
        more = (now_ms - self.counted_at_ms) / 1000 * WORDS_A_SECOND
        self.words_left = min(WORDS_AT_ONCE, self.words_left + more) - 1
        self.counted_at_ms = now_ms
        return self.words_left >= 0


@dataclass
class Room:
    """Everybody who watches one submission together, and where its film stands."""

    members: list[Member] = field(default_factory=list)
    held: Deed | None = None
    by: str = ""

    def enter(self, line: Line, seat: Seat, number: int, now_ms: float) -> Member | None:
        """The new member, who hears what holds; None when there is no chair left."""
        mine = sum(other.seat.user_id == seat.user_id for other in self.members)
        if len(self.members) >= MOST_IN_A_ROOM or mine >= MOST_OF_A_PERSON:
            return None
        member = Member(line, seat, number, counted_at_ms=now_ms)
        self.members.append(member)
        known = self.held is not None and self.held.clip_id in seat.clip_ids
        film = told_of(self.held, self.by) if known and self.held else None
        line.tell({"is": "entered", "now": now_ms, "you": number, "film": film})
        self._tell_who("came", member)
        return member

    def leave(self, member: Member) -> None:
        """The others hear it, and nothing else changes for them."""
        if member in self.members:
            self.members.remove(member)
            self._tell_who("went", member)

    def do(self, member: Member, deed: Deed, now_ms: float) -> None:
        """It holds for everybody from the moment it was done; only for clips one may watch."""
        if deed.clip_id not in member.seat.clip_ids:
            return
        since = min(now_ms, max(now_ms - LATEST_MS, deed.since_ms))
        self.held = Deed(deed.what, deed.clip_id, deed.at_ms, deed.is_playing, deed.rate, since)
        self.by = member.seat.name
        told = {**told_of(self.held, self.by), "from": member.number}
        self._tell(told, lambda other: deed.clip_id in other.seat.clip_ids)

    def point(self, member: Member, x: float, y: float) -> None:
        """The others see where this person points, if they may see the picture."""
        if self.held is None or self.held.clip_id not in member.seat.clip_ids:
            return
        clip_id = self.held.clip_id
        told = {"is": "point", "from": member.number, "by": member.seat.name, "x": x, "y": y}
        told["clip"] = clip_id
        self._tell(told, lambda other: other is not member and clip_id in other.seat.clip_ids)

    def _tell_who(self, happened: str, about: Member) -> None:
        here = [{"id": one.number, "name": one.seat.name} for one in self.members]
        told = {"is": happened, "id": about.number, "name": about.seat.name, "here": here}
        self._tell(told, lambda _: True)

    def _tell(self, told: Told, wanted: Callable[[Member], bool]) -> None:
        for member in filter(wanted, list(self.members)):
            member.line.tell(told)


def told_of(deed: Deed, by: str) -> Told:
    """What holds, as pages hear it; `since` is a moment of our clock."""
    return {
        "is": "film",
        "what": deed.what,
        "clip": deed.clip_id,
        "at": deed.at_ms,
        "on": deed.is_playing,
        "rate": deed.rate,
        "since": deed.since_ms,
        "by": by,
    }


class House:
    """Every room of this process; a room is there while somebody sits in it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.rooms: dict[UUID, Room] = {}
        self.numbers: Iterator[int] = count(1)
        self.seated = 0

    def enter(self, submission_id: UUID, line: Line, seat: Seat, now_ms: float) -> Member | None:
        """A seat in the room of this submission, or None when the house or the room is full."""
        if self.seated >= self.most:
            return None
        room = self.rooms.setdefault(submission_id, Room())
        member = room.enter(line, seat, next(self.numbers), now_ms)
        if member:
            self.seated += 1
        elif not room.members:
            del self.rooms[submission_id]
        return member

    def leave(self, submission_id: UUID, member: Member) -> None:
        """The seat is free; an empty room is forgotten, with where its film stood."""
        room = self.rooms.get(submission_id)
        if room and member in room.members:
            room.leave(member)
            self.seated -= 1
            if not room.members:
                del self.rooms[submission_id]
