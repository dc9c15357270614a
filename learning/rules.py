"""What a lesson's parts are, what is done, what is left and why. Pure: no queries, no clock."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from math import ceil
from typing import Any
from uuid import UUID

from learning.kinds import DONE_LABELS, ICONS, LEFT, OWN_WORDS, WHY, PartKind

# Teaching films hang on this ring and no other: a family's film can never be shown in a lesson.
TEACHING_RING = UUID("2b7c1f0e-6f4e-4d55-8a57-3a4f6f1f9c11")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a lesson as it is stored: `value` holds the raw fields of its block.

    `mark` changes with any word of the part: two parts of one mark look the same, as long as they
    are `lasting`, which is to say without links to pages (whose addresses may change).
    """

    id: str
    kind: str
    title: str
    value: Mapping[str, Any] = field(compare=False)
    mark: str = ""
    lasting: bool = field(default=True, compare=False)

    @property
    def label(self) -> str:
        """What kind of part this is, in words."""
        return str(PartKind(self.kind).label)

    @property
    def icon(self) -> str:
        """The sign that stands before its label."""
        return ICONS[self.kind]

    @property
    def why(self) -> str:
        """Why it is worth coming back for."""
        return WHY[self.kind]

    @property
    def has_words(self) -> bool:
        """True when there is a place for the reader's own words."""
        return self.kind in OWN_WORDS

    @property
    def done_label(self) -> str:
        """What the button that ticks it says."""
        return DONE_LABELS.get(self.kind, "Done, next")

    @property
    def anchor(self) -> str:
        """Where on the page it is."""
        return f"part-{self.id}"

    @property
    def choices(self) -> tuple["Choice", ...]:
        """The answers of a check; nothing for other parts."""
        rows = self.value.get("choices") or []
        return tuple(Choice(str(row["id"]), **row["value"]) for row in rows)

    def choice(self, choice_id: str) -> "Choice | None":
        """The answer with this id, if it is still one of the answers."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The transcript of a film, as (time, words)."""
        rows = str(self.value.get("transcript") or "").splitlines()
        return tuple((row.partition(" ")[0], row.partition(" ")[2]) for row in rows if row.strip())


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a check, whether it fits, and what to say about it."""

    id: str
    words: str
    feedback: str
    fits: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is in a lesson. `new` are the parts added since they finished it."""

    parts: tuple[Part, ...]
    done: frozenset[str]
    finished_with: frozenset[str] | None = None
    minutes: int = 0

    @property
    def left(self) -> tuple[Part, ...]:
        """The parts not done yet, in order."""
        return tuple(part for part in self.parts if part.id not in self.done)

    @property
    def new(self) -> tuple[Part, ...]:
        """The parts not done that were not there when the person finished; else nothing."""
        if self.finished_with is None:
            return ()
        return tuple(part for part in self.left if part.id not in self.finished_with)

    @property
    def is_finished(self) -> bool:
        """True for ever once the lesson was finished, whatever an edit adds."""
        return self.finished_with is not None

    @property
    def is_complete(self) -> bool:
        """True when no part is left as the lesson stands now."""
        return bool(self.parts) and not self.left

    @property
    def is_begun(self) -> bool:
        """True when at least one part is done."""
        return len(self.left) < len(self.parts)

    @property
    def done_count(self) -> int:
        """How many of the parts are done."""
        return len(self.parts) - len(self.left)

    @property
    def next(self) -> Part | None:
        """The first part that is left: where to go on."""
        return self.left[0] if self.left else None

    def next_after(self, part_id: str) -> Part | None:
        """The first part left after this one, or the first one left at all."""
        ids = [part.id for part in self.parts]
        later = self.parts[ids.index(part_id) + 1 :] if part_id in ids else ()
        return next((part for part in later if part.id not in self.done), self.next)

    @property
    def minutes_left(self) -> int:
        """About how long the parts that are left take, rounded up; 0 once finished."""
        if not self.parts or self.is_finished:
            return 0
        return ceil(self.minutes * len(self.left) / len(self.parts))

    @property
    def reason(self) -> str:
        """What is left and why it is worth coming back for; nothing when all is done."""
        if not self.left:
            return ""
        kind, more = self.left[0].kind, len(self.left) - 1
        also = f"; then {more} more part{'s' * (more > 1)}" if more else ""
        return f"Left: {LEFT[kind]}, {WHY[kind]}{also}."


def parts_of(raw: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    """The parts of a lesson's body, from the raw data of its stream."""
    known = set(PartKind.values)
    return tuple(_part(row) for row in raw if row["type"] in known)


def _part(row: Mapping[str, Any]) -> Part:
    text = json.dumps(row, sort_keys=True)
    return Part(
        id=str(row.get("id") or ""),
        kind=row["type"],
        title=row["value"].get("title", ""),
        value=row["value"],
        mark=sha256(text.encode()).hexdigest(),
        lasting="linktype" not in text,
    )


@lru_cache(maxsize=512)
def parts_in(text: str) -> tuple[Part, ...]:
    """The parts of a lesson's body as it is stored; a body read twice is parsed once."""
    return parts_of(json.loads(text or "[]"))


def standing(
    parts: tuple[Part, ...],
    done: Collection[str],
    finished_with: Collection[str] | None,
    minutes: int = 0,
) -> Standing:
    """Where somebody is, from the ids they ticked and the ids the lesson had at their finish."""
    kept = None if finished_with is None else frozenset(finished_with)
    return Standing(parts, frozenset(done), kept, minutes)
