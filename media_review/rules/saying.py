"""Pure rules of what is said about a clip: strengths first, and what is taken along."""

import re
from collections.abc import Iterable

from media_review.kinds import CommentKind
from people.errors import RuleBroken

STRENGTH_FIRST = (
    "Begin with what works: add one strength, however small, and your “more of” can go with it. "
    "Everything you wrote is kept."
)
LONGEST_POINT = 300


def more_of(words: str) -> str:
    """What follows “More of”, however it was typed: the beginning is fixed, and printed once."""
    return re.sub(r"\A\s*(?:more\s+of\b[\s:…,.]*)+", "", words, flags=re.IGNORECASE).strip()


def words_of(kind: str, words: str, *, is_spoken: bool) -> str:
    """A comment's words as they are kept: after “More of” for a working point; or RuleBroken.

    A spoken note may stand alone; a few words beside it let it be found again.
    """
    kept = more_of(words) if kind == CommentKind.WORKING_POINT else words.strip()
    if not kept and not is_spoken:
        raise RuleBroken("Please write what you see in this span, or say it aloud.")
    return kept


def strengths_first(kinds: Iterable[str]) -> None:
    """A working point stands on a strength: RuleBroken while no strength is among these."""
    said = set(kinds)
    if CommentKind.WORKING_POINT in said and CommentKind.STRENGTH not in said:
        raise RuleBroken(STRENGTH_FIRST)


def point_words(words: str) -> str:
    """What a guider carries along, after “More of”; RuleBroken when that is nothing, or a page."""
    point = more_of(words)
    if not point:
        raise RuleBroken("Please write what you would like more of.")
    if len(point) > LONGEST_POINT:
        raise RuleBroken(
            "What you take along is best kept short: a sentence you can remember while you work."
        )
    return point


def kind_of_a_peer(kind: str, *, is_group: bool) -> None:
    """In intervision peers name strengths and wonder; working points belong to supervision."""
    if is_group and kind == CommentKind.WORKING_POINT:
        raise RuleBroken(
            "In a group, peers name strengths and wonder. Working points come from the supervisor."
        )
