"""Pure rules: what counts as a film, how its picture is fitted, byte ranges, time in words."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from footage.errors import BadFilm
from people.errors import RuleBroken

NOT_A_FILM = "This file is not a film. Please choose a film from your phone or computer."
CUT_SHORT = "The film did not arrive whole. Please send it again."
PLAYLIST = "This file only points at other files; it holds no film itself. Please send the film."
NO_PICTURE = "There is no picture in this film, only sound. Please choose another film."
PIECE_GONE = (
    "One of the clips of this film is not here any more, so it could not be made. "
    "Please choose the clips again."
)
LOCKED = (
    "This film is locked and is being destroyed, so nothing more of it is taken. What had arrived "
    "cannot be opened any more."
)
KEPT = (
    "This film is being kept for now, so nothing of it is destroyed. What has arrived is safe; "
    "please ask the person who answers for films in your service."
)
EMPTY = "This file is empty. Please choose the film again."
TOO_WIDE = "The picture of this film is too large for us to prepare. Please film in 4K or less."
UNREADABLE = "This film is damaged and cannot be played. Please send it again or choose another."
UNKNOWN_CODEC = (
    "This film keeps its pictures or its sound in a way we do not read. "
    "Please save it as an MP4 film, or send it as your camera made it."
)
NO_ROOM = (
    "There is no room for more films just now. That is our fault, not yours, and somebody will "
    "see to it. Nothing is lost; please keep the film and send it later."
)
TOO_MANY_ON_THEIR_WAY = (
    "You have {} films on their way already. Please let one of them arrive, or stop it, first."
)
NOTE_TOO_LONG = "A spoken note lasts up to 3 minutes. Please record a shorter one."
NOTHING_HEARD = "There is neither sound nor picture in this recording. Please record it again."
NOT_PREPARED = (
    "We could not prepare this film, and it is our fault, not yours. "
    "The film is safe. Somebody has been told; you can also try again."
)

RATES = tuple(Fraction(rate) for rate in ("24000/1001", "24", "25", "30000/1001", "30"))
WIDEST = 8192
BEYOND_BELIEF_MS = 30 * 24 * 3600 * 1000  # no camera runs for a month: the film lies
NOTE_LONGEST_MS = 185_000  # three minutes, and the moment it takes to press the key
SHORT_SIDE = 720
FINE_SIDE = 1080


@dataclass(frozen=True)
class Facts:
    """What a probe found. Milliseconds, and pixels as displayed (after rotation)."""

    format: str
    duration_ms: int
    width: int
    height: int
    rate: Fraction
    transfer: str = ""
    video: int = 0
    sound: int | None = None
    interlaced: bool = False

    @property
    def has_sound(self) -> bool:
        """Is there a sound track we can use?"""
        return self.sound is not None

    @property
    def has_picture(self) -> bool:
        """Is there anything to look at?"""
        return bool(self.width and self.height)


def refuse_by_size(size: int, largest: int) -> None:
    """Raise RuleBroken for an empty film, or one of more bytes than are taken."""
    if size <= 0:
        raise RuleBroken(EMPTY)
    if size > largest:
        most = f"{largest / 1e9:.1f} GB"
        raise RuleBroken(f"This film is too large. We take films of up to {most}.")


def full(who_has: str, have: int, most: int, size: int) -> str:
    """Why there is no room for a film of this size, and what to do (bytes)."""
    return (
        f"{who_has} {_gigabytes(have)} of films here, and the most is {_gigabytes(most)}. This "
        f"film has {_gigabytes(size)}. Please discard a film that is no longer needed, or ask "
        "whoever looks after Attune in your service for more room."
    )


def _gigabytes(size: int) -> str:
    """In GB, or in MB while that is below a tenth of one."""
    return f"{size / 1e9:.1f} GB" if size >= 100_000_000 or not size else f"{size / 1e6:.1f} MB"


def refuse_by_first_bytes(head: bytes) -> None:
    """Raise BadFilm for a file that begins like a script, a list of films, or nothing at all."""
    if not head:
        raise BadFilm(EMPTY)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"#extm3u", b"ffconcat", b"[playlist]", b"[reference]", b"#exm3u")):
        raise BadFilm(PLAYLIST)
    if text.startswith(b"<") and re.search(rb"<(mpd|smil|asx|xspf|playlist|tt|rss)\b", text):
        raise BadFilm(PLAYLIST)
    if len(head) >= 16 and not head.strip(b"\0"):
        raise BadFilm(CUT_SHORT)


def refuse_by_boxes(boxes: list[tuple[str, int, int]], size: int) -> None:
    """Raise BadFilm when the boxes (type, start, length) of an MP4 or MOV are not all there."""
    if not boxes:
        return
    _, start, length = boxes[-1]
    if start + length > size:
        raise BadFilm(CUT_SHORT)
    if "moov" not in {kind for kind, _, _ in boxes} and "mdat" in {kind for kind, _, _ in boxes}:
        raise BadFilm(CUT_SHORT)


def refuse_by_facts(facts: Facts, longest_ms: int, *, is_note: bool = False) -> None:
    """Raise BadFilm for a film without picture or length, or larger or longer than we take.

    A spoken note needs no picture, and is short.
    """
    if is_note:
        _refuse_note(facts)
    elif not facts.has_picture:
        raise BadFilm(NO_PICTURE)
    if max(facts.width, facts.height) > WIDEST:
        raise BadFilm(TOO_WIDE)
    if facts.duration_ms > BEYOND_BELIEF_MS:
        raise BadFilm(UNREADABLE)
    if facts.duration_ms > longest_ms:
        raise BadFilm(
            f"This film lasts {spoken(facts.duration_ms)}. The longest film we take lasts "
            f"{spoken(longest_ms)}. Please send a shorter one."
        )


def _refuse_note(facts: Facts) -> None:
    if not facts.has_sound:
        raise BadFilm(NOTHING_HEARD)
    if facts.duration_ms > NOTE_LONGEST_MS:
        raise BadFilm(NOTE_TOO_LONG)


def came_out_short(promised_ms: int, made_ms: int) -> bool:
    """Is so much of the promised length missing that the film cannot have arrived whole?"""
    return promised_ms - made_ms > max(2000, promised_ms // 20)


@dataclass(frozen=True)
class Turn:
    """A piece of work: of whom, waiting since when, and how much film it is (milliseconds)."""

    film: UUID
    person: UUID
    account: UUID
    since: datetime
    cost: int


def in_turn(waiting: Iterable[Turn], had: Iterable[Turn]) -> list[UUID]:
    """The films in the order in which they are fairly done.

    Each next one belongs to the person who has had least done, then to the account that has, then
    to who has waited longest. What `had` lists counts as done; so does every film once it is named.
    """
    people: Counter[UUID] = Counter()
    accounts: Counter[UUID] = Counter()
    for turn in had:
        people[turn.person] += turn.cost
        accounts[turn.account] += turn.cost
    left, order = sorted(waiting, key=lambda turn: turn.since), []
    while left:
        first = min(left, key=lambda turn: (people[turn.person], accounts[turn.account]))
        left.remove(first)
        order.append(first.film)
        people[first.person] += first.cost
        accounts[first.account] += first.cost
    return order


def fitted(width: int, height: int, short_side: int = SHORT_SIDE) -> tuple[int, int]:
    """Even sizes with the short side at most 720 and the shape kept. Never enlarges."""
    scale = min(Fraction(1), Fraction(short_side, min(width, height)))
    return tuple(max(2, int(side * scale) // 2 * 2) for side in (width, height))  # type: ignore[return-value]


def steady_rate(rate: Fraction) -> Fraction:
    """The constant frame rate to make: a usual one near the film's own, never more than 30."""
    if rate > 250:  # a recorder that counts milliseconds, not frames
        return Fraction(30)
    while rate > Fraction(31):
        rate = rate / 2
    return min(RATES, key=lambda usual: abs(usual - rate)) if rate > 0 else Fraction(25)


def frames_inside(start_ms: int, end_ms: int, rate: Fraction) -> tuple[int, int]:
    """First frame and number of frames that are shown wholly from start on and begin before end."""
    first = -(-start_ms * rate // 1000)
    beyond = -(-end_ms * rate // 1000)
    return int(first), max(1, int(beyond - first))


def frame_at(ms: int, rate: Fraction) -> int:
    """The number of the frame that is shown at this millisecond.

    Whole milliseconds name a frame by where it begins, rounded down: 33 is the second of thirty.
    """
    shown = int(ms * rate / 1000)
    return shown + 1 if frame_begins(shown + 1, rate) == ms else shown


def frame_begins(number: int, rate: Fraction) -> int:
    """The whole millisecond that names this frame."""
    return int(number * 1000 / rate)


def parse_range(header: str | None, size: int) -> tuple[int, int] | None:
    """(start, stop) of a single byte range; ValueError when it lies outside (RFC 9110, 14.1.2).

    None, which means the whole: without a header, and for one that is to be ignored (not bytes,
    not well formed, or more than one range, which we do not put together).
    """
    unit, _, ranges = (header or "").partition("=")
    wanted = [word.strip() for word in ranges.split(",") if word.strip()]
    match = re.fullmatch(r"(\d*)-(\d*)", wanted[0], re.ASCII) if len(wanted) == 1 else None
    if unit.strip().lower() != "bytes" or not match or match.group(0) == "-":
        return None
    first, last = (_number(digits) for digits in match.groups())
    if first is None:
        start, stop = max(0, size - (last or 0)), size
    elif last is not None and last < first:
        return None
    else:
        start, stop = first, size if last is None else min(size, last + 1)
    if start >= stop:
        raise ValueError("outside the film")
    return start, stop


def _number(digits: str) -> int | None:
    """What the digits say; however many there are, no more than any film has bytes."""
    if not digits:
        return None
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) < 20 else 10**19


def spoken(ms: int) -> str:
    """A length of time in words a person would use: '3 hours 2 minutes', '40 seconds'."""
    seconds = max(1, round(ms / 1000))
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if hours:
        return _count(hours, "hour") + (f" {_count(minutes, 'minute')}" if minutes else "")
    if minutes:
        rest = seconds % 60
        return _count(minutes, "minute") + (f" {_count(rest, 'second')}" if rest else "")
    return _count(seconds, "second")


def left_in_words(seconds: float | None) -> str:
    """How long it may still take, roughly and honestly."""
    if seconds is None:
        return ""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 50:
        return f"about {round(seconds / 10) * 10} seconds left"
    if seconds < 90:
        return "about a minute left"
    if seconds < 3600:
        return f"about {round(seconds / 60)} minutes left"
    return f"about {round(seconds / 3600, 1):g} hours left"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
