"""Pure rules: spans of film, how many clips, times as people write them. Times in milliseconds."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from people.errors import RuleBroken

SHORTEST_CLIP_MS = 1_000
SHORTEST_COMMENT_MS = 200
MOST_CLIPS = 3
MOST_MOMENTS = 2_000  # of one film
FEWEST_LINKS, MOST_LINKS = 2, 24  # of one chain
MOST_KEPT_CLIPS = 12
LONGEST_KEEPSAKE_MS = 600_000
LINK_DAYS, LONGEST_LINK_DAYS = 14, 30
SLICES = 60  # of a film, to remember which of them were sent to somebody
FRAME_MS = 50  # a span may touch the film's end within a frame of rounding

USUAL_DAYS = 60  # domain.md, Consent: default retention after the case closes
LONGEST_DAYS = 366
ORIGINAL_DAYS = 30
QUIET_MONTHS = 6
AHEAD = (3, 14)  # days before a film goes on which its guider is told, nearest first
UNCONFIRMED = timedelta(hours=72)  # how long one person alone can keep a film
AGAIN_AFTER = timedelta(days=30)  # before the same person may ask alone again
LONGEST_HOLD_DAYS = 183


def clip_span(start_ms: int, end_ms: int, length_ms: int | None) -> tuple[int, int]:
    """The span of a clip within its film; RuleBroken with what to change."""
    _in_order(start_ms, end_ms)
    if length_ms:
        if start_ms >= length_ms or end_ms > length_ms + FRAME_MS:
            raise RuleBroken(
                f"The film ends at {clock(length_ms)}, and the clip would end at {clock(end_ms)}. "
                "Please choose an out point inside the film."
            )
        end_ms = min(end_ms, length_ms)
    if end_ms - start_ms < SHORTEST_CLIP_MS:
        raise RuleBroken(
            "A clip lasts at least one second, so that there is something to see. "
            "Please move the in or the out point a little."
        )
    return start_ms, end_ms


def moment_span(start_ms: int, end_ms: int, length_ms: int | None) -> tuple[int, int]:
    """The span of a moment within its film, however short; RuleBroken with what to change."""
    _in_order(start_ms, end_ms)
    if length_ms and start_ms >= length_ms:
        raise RuleBroken(
            f"The film ends at {clock(length_ms)}, and this moment would begin after that. "
            "Please mark it inside the film."
        )
    return start_ms, min(end_ms, length_ms or end_ms)


def moments_of_a_film(count: int) -> None:
    """As many as anybody could look at, and an end to what a broken page could send."""
    if count >= MOST_MOMENTS:
        raise RuleBroken(
            f"This film has {MOST_MOMENTS} moments already. Please let some of them go first."
        )


def links_of_a_chain(count: int) -> None:
    """A moment alone answers nobody."""
    if count < FEWEST_LINKS:
        raise RuleBroken("A yes-cycle needs two moments at least: one that the other answers.")
    if count > MOST_LINKS:
        raise RuleBroken(
            f"A yes-cycle holds {MOST_LINKS} moments at most. Please begin another one."
        )


def comment_span(start_ms: int, end_ms: int, length_ms: int) -> tuple[int, int]:
    """The span of a comment, counted from the start of the clip; RuleBroken with what to change."""
    _in_order(start_ms, end_ms)
    if end_ms > length_ms + FRAME_MS:
        raise RuleBroken(
            f"This clip lasts {clock(length_ms)}, and the comment would end at {clock(end_ms)}. "
            "Please choose a span inside the clip."
        )
    end_ms = min(end_ms, length_ms)
    if end_ms - start_ms < SHORTEST_COMMENT_MS:
        raise RuleBroken("Please mark a stretch of the clip, not a single point.")
    return start_ms, end_ms


def _in_order(start_ms: int, end_ms: int) -> None:
    if end_ms <= start_ms:
        raise RuleBroken(
            f"The out point ({clock(end_ms)}) comes before the in point ({clock(start_ms)}). "
            "Please set the out point later in the film."
        )


def clips_of_a_submission(count: int) -> None:
    """One to three; two or three are usual (domain.md, The method)."""
    if count < 1:
        raise RuleBroken("Please choose at least one clip. Two or three are usual.")
    if count > MOST_CLIPS:
        raise RuleBroken(
            f"You chose {count} clips. Please keep the two or three that matter most: "
            "the others stay in your film."
        )


def clips_of_a_keepsake(lengths_ms: Sequence[int]) -> None:
    """One clip to twelve, ten minutes together at the most: a film to keep, not to sit through."""
    if not lengths_ms:
        raise RuleBroken("Please choose at least one clip. Three to six make a good film.")
    if len(lengths_ms) > MOST_KEPT_CLIPS:
        raise RuleBroken(f"Please keep at most {MOST_KEPT_CLIPS} clips: those they will remember.")
    if sum(lengths_ms) > LONGEST_KEEPSAKE_MS:
        raise RuleBroken("These clips last more than ten minutes together. Please choose fewer.")


def days_of_a_link(days: int) -> None:
    """A link lasts a month at the most."""
    if not 1 <= days <= LONGEST_LINK_DAYS:
        raise RuleBroken(f"A link can last from one day to {LONGEST_LINK_DAYS} days.")


def film_date(filmed_on: date, today: date) -> None:
    """A film has been made already."""
    if filmed_on > today:
        raise RuleBroken("This film date lies ahead. Please give the day it was filmed.")


def clock(ms: int) -> str:
    """Minutes, seconds and tenths, as the player shows them: 134360 is 02:14.3."""
    tenths = ms // 100
    return f"{tenths // 600:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"


def clock_exact(ms: int) -> str:
    """The same to the thousandth where it matters: what a time field holds, without loss."""
    text = f"{ms // 60_000:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"
    return text[:-2] if text.endswith("00") else text


def length_words(ms: int) -> str:
    """How long a film lasts, for a corner of its still: 6:12."""
    seconds = round(ms / 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


def parse_clock(text: str) -> int:
    """Milliseconds from 2:14.3, 02:14, 1:02:14.25 or 134.3; ValueError for anything else."""
    match = re.fullmatch(
        r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3})\d*)?", text.strip(), re.ASCII
    )
    if not match:
        raise ValueError(text)
    hours, minutes, seconds, fraction = match.groups()
    if minutes and int(seconds) > 59:
        raise ValueError(text)
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def seconds_words(ms: int) -> str:
    """How long a clip lasts: 9 seconds, 1 minute 20."""
    seconds = max(1, round(ms / 1000))
    if seconds < 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    rest = f" {seconds % 60}" if seconds % 60 else ""
    return f"{seconds // 60} minute{'' if seconds < 120 else 's'}{rest}"


def waited_words(days: int) -> str:
    """How long somebody has been waiting, without hurry."""
    if days <= 0:
        return "since today"
    if days == 1:
        return "since yesterday"
    if days < 14:
        return f"for {days} days"
    return f"for {days // 7} weeks"


def slices(start: int, stop: int, size: int) -> int:
    """The slices of a film of this size that these bytes touch, a bit for each."""
    if start >= stop or size <= 0:
        return 0
    first, last = start * SLICES // size, (stop - 1) * SLICES // size
    return (1 << last + 1) - (1 << first)


def spans_of(served: int, length_ms: int) -> list[list[int]]:
    """The stretches of film, roughly, that these slices hold: [from, until] in milliseconds."""
    found = [
        [place * length_ms // SLICES, (place + 1) * length_ms // SLICES]
        for place in range(SLICES)
        if served >> place & 1
    ]
    return joined(found, length_ms)


def parse_spans(text: str) -> list[list[int]]:
    """Stretches as a player tells them, 0-12300,40000-55000; ValueError for anything else."""
    found = re.fullmatch(r"(?:\d{1,9}-\d{1,9}(?:,|$)){0,500}", text.strip(), re.ASCII)
    if not found:
        raise ValueError(text[:100])
    return [[int(end) for end in span.split("-")] for span in text.strip().split(",") if span]


def joined(spans: Iterable[Sequence[int]], length_ms: int) -> list[list[int]]:
    """The same stretches in order, inside the film, and without overlap; empty ones left out."""
    inside = sorted((max(0, start), min(until, length_ms)) for start, until in spans)
    found: list[list[int]] = []
    for start, until in inside:
        if start >= until:
            continue
        if found and start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], until)
        else:
            found.append([start, until])
    return found


def beyond(sent: Iterable[Sequence[int]], played: Sequence[Sequence[int]], near_ms: int) -> bool:
    """Was more sent than a player fetches around what it plays, or around the film's start?"""
    near = [(start - near_ms, until + near_ms) for start, until in [(0, 0), *played]]
    return any(not any(a <= start and until <= b for a, b in near) for start, until in sent)


def spans_words(spans: Iterable[Sequence[int]]) -> str:
    """Stretches as one reads them: 0:10-1:30, 2:05-2:40."""
    return ", ".join(f"{length_words(start)}–{length_words(until)}" for start, until in spans)


def days_ahead(kept_until: date, today: date) -> int | None:
    """Which reminder is due: 3 or 14 days ahead, or none yet. A day that passed counts as near."""
    left = (kept_until - today).days
    return next((days for days in AHEAD if left <= days), None)


def goes_on(kept_until: date, told_on: date | None, today: date) -> date:
    """The day a film goes: after its last day, and three days after its guider was told."""
    return max(kept_until + timedelta(days=1), (told_on or today) + timedelta(days=min(AHEAD)))


def hold_end(until: date, today: date) -> None:
    """A hold ends on a day that lies ahead, half a year at most; then two people look again."""
    if until <= today:
        raise RuleBroken("Please choose a last day that lies ahead.")
    if until > today + timedelta(days=LONGEST_HOLD_DAYS):
        raise RuleBroken(
            "A film can be held for half a year at a time. Before that is over, two people can "
            "ask for longer."
        )


def clock_words(closed_on: str, left_on: str, days: int, is_term: bool) -> str:
    """The rule behind a film's last day, in words; days as people write them."""
    agreed = ", as agreed with the family" if is_term else ""
    length = "1 day" if days == 1 else f"{days} days"
    if closed_on:
        return f"{length} after the case closed on {closed_on}{agreed}"
    if left_on:
        return f"{length} after its guider left on {left_on}{agreed}"
    return f"{length} after the case closes{agreed}"


def inert(text: str) -> str:
    """The same words for a cell of a spreadsheet, which must never calculate with them."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
