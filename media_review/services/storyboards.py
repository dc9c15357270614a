"""A storyboard is begun, put in order with its questions, removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caselogs.models import Case, Cycle
from ledger import services as ledger
from media_review import permissions
from media_review.errors import Stale
from media_review.models import Clip, Still, Storyboard, StoryboardItem
from media_review.timings import MOST_SHOWN
from people.actor import Actor
from people.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Wanted:
    """One place of a board as its page sends it: `clip:id` or `still:id`, and the question."""

    key: str
    question: str = ""


@transaction.atomic
def begin_board(*, actor: Actor, case_id: UUID, cycle_id: UUID | None = None) -> Storyboard:
    """The storyboard of this cycle (or of the case, before it has one) stands; there is one."""
    case = Case.objects.select_for_update().get(pk=case_id)
    permissions.may_begin(actor, case).require()
    if cycle_id and not Cycle.objects.filter(pk=cycle_id, case=case).exists():
        raise RuleBroken("This cycle belongs to another case. Please choose it again.")
    known = Storyboard.objects.filter(case=case, cycle_id=cycle_id).first()
    if known:
        return known
    board = Storyboard.objects.create(case=case, cycle_id=cycle_id, owner_id=actor.user_id)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.storyboard_begun",
        subject=board,
        case=case.pk,
        cycle=cycle_id,
    )
    return board


@transaction.atomic
def arrange_board(
    *, actor: Actor, board_id: UUID, version: int, items: Sequence[Wanted], opening: str = ""
) -> Storyboard:
    """The board shows these in this order; Stale when it was changed since `version`.

    The same sent twice changes nothing. RuleBroken for too many, or one that is not there any more.
    """
    board = owned_board(actor, board_id)
    if _reads(board, items, opening):
        return board
    if board.version != version:
        raise Stale(board)
    _write(board, items)
    board.opening = opening
    board.version += 1
    board.changed_at = timezone.now()
    board.save(update_fields=["opening", "version", "changed_at"])
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.storyboard_arranged",
        subject=board,
        version=board.version,
        shows=[each.key for each in items],
    )
    return board


@transaction.atomic
def remove_board(*, actor: Actor, board_id: UUID) -> None:
    """The board is gone; clips, stills and the times of reviews stay."""
    board = owned_board(actor, board_id)
    ledger.record(user_id=actor.user_id, verb="media_review.storyboard_removed", subject=board)
    board.delete()


def owned_board(actor: Actor, board_id: UUID) -> Storyboard:
    """One's own board, locked."""
    rows = Storyboard.objects.select_for_update(of=("self",)).select_related("case")
    board = rows.get(pk=board_id)
    permissions.may_arrange(actor, board).require()
    return board


def _reads(board: Storyboard, items: Sequence[Wanted], opening: str) -> bool:
    there = [Wanted(row.key, row.question) for row in board.items.all()]
    return there == list(items) and board.opening == opening


def _write(board: Storyboard, items: Sequence[Wanted]) -> None:
    if len(items) > MOST_SHOWN:
        raise RuleBroken(
            f"A board holds {MOST_SHOWN} at most, and two or three are usual: there is more to "
            "say about one good moment than an hour can hold."
        )
    clips = {f"clip:{pk}" for pk in _ids(Clip, board)}
    stills = {f"still:{pk}" for pk in _ids(Still, board)}
    keys = [each.key for each in items]
    if len(set(keys)) != len(keys) or not set(keys) <= clips | stills:
        raise RuleBroken("One of these is not there any more. Please look at the board again.")
    board.items.all().delete()
    StoryboardItem.objects.bulk_create(
        StoryboardItem(
            storyboard=board,
            position=position,
            question=each.question,
            **{f"{each.key.partition(':')[0]}_id": each.key.partition(":")[2]},
        )
        for position, each in enumerate(items, start=1)
    )


def _ids(model: type[Clip] | type[Still], board: Storyboard) -> list[UUID]:
    """Those of this family's films."""
    rows = model.objects.filter(recording__case=board.case_id, recording__owner=board.owner_id)
    return list(rows.values_list("pk", flat=True))
