"""Read marks, and a writer's own openings."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from media_review.kinds import ABOUT_A_SPAN
from media_review.models import Opening, ReadMark
from people.actor import Actor
from people.errors import RuleBroken

MOST_OPENINGS = 40


def mark_read(*, actor: Actor, comment_ids: Iterable[UUID]) -> None:
    """These comments of others are read by this person; what was read before stays as it was.

    The caller has read them from `Comment.objects.visible_to(actor)`. One query, none without new.
    """
    marks = [ReadMark(comment_id=pk, reader_id=actor.user_id) for pk in comment_ids]
    if marks:
        ReadMark.objects.bulk_create(marks, ignore_conflicts=True)


@transaction.atomic
def add_opening(*, actor: Actor, kind: str, words: str, opening_id: UUID | None = None) -> Opening:
    """One more beginning is at hand, after the others of its kind; the same one twice is one."""
    kept = _words(words)
    if kind not in ABOUT_A_SPAN:
        raise RuleBroken("Please say whether this begins a strength, a wondering or a “more of”.")
    mine = Opening.objects.visible_to(actor)
    if known := mine.filter(pk=opening_id).first() or mine.filter(kind=kind, words=kept).first():
        return known
    if mine.count() >= MOST_OPENINGS:
        raise RuleBroken(f"You have {MOST_OPENINGS} openings. Please remove one first.")
    if opening_id and Opening.objects.filter(pk=opening_id).exists():
        raise RuleBroken("Please open this page again, then add it once more.")
    last = mine.filter(kind=kind).aggregate(last=Max("position"))["last"]
    key = {"pk": opening_id} if opening_id else {}
    facts = {"owner_id": actor.user_id, "kind": kind, "words": kept, "position": (last or 0) + 1}
    return Opening.objects.create(**key, **facts)


@transaction.atomic
def change_opening(*, actor: Actor, opening_id: UUID, words: str) -> Opening:
    """The opening has these words."""
    opening = _own(actor, opening_id)
    opening.words = _words(words)
    try:
        with transaction.atomic():
            opening.save(update_fields=["words"])
    except IntegrityError:
        raise RuleBroken("You have this opening already.") from None
    return opening


@transaction.atomic
def move_opening_up(*, actor: Actor, opening_id: UUID) -> None:
    """It stands one place earlier among those of its kind."""
    opening = _own(actor, opening_id)
    rows = list(Opening.objects.visible_to(actor).filter(kind=opening.kind).select_for_update())
    at = rows.index(opening)
    rows.insert(max(0, at - 1), rows.pop(at))
    for position, row in enumerate(rows, start=1):
        row.position = position
    Opening.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_opening(*, actor: Actor, opening_id: UUID) -> None:
    """It is at hand no more; what was written with it stays."""
    _own(actor, opening_id).delete()


def _own(actor: Actor, opening_id: UUID) -> Opening:
    opening = Opening.objects.visible_to(actor).filter(pk=opening_id).first()
    if opening is None:
        raise RuleBroken("This opening is not there any more.")
    return opening


def _words(words: str) -> str:
    kept = " ".join(words.split())
    if not kept:
        raise RuleBroken("Please write how you like to begin.")
    if len(kept) > 200:
        raise RuleBroken("An opening is a few words; the rest is written each time anew.")
    return kept
