"""A shared review is prepared to play without a connection, and what was prepared is wiped."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ledger import services as ledger
from media_review import permissions
from media_review.kinds import Wiped
from media_review.models import Clip, Preparation, Still, Storyboard
from media_review.services.clips import ensure_cut
from media_review.services.storyboards import owned_board
from media_review.timings import PREPARED_FOR
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def prepare_review(*, actor: Actor, board_id: UUID, preparation_id: UUID) -> Preparation:
    """This browser may hold the board's films, sealed, for two hours; consent was asked for each.

    Clips without a film of their own are being cut. RuleBroken, with a sentence, when one of them
    may not be watched now, or its film is not in Attune. Asked twice it is one preparation.
    """
    board = owned_board(actor, board_id)
    known = Preparation.objects.filter(pk=preparation_id, owner_id=actor.user_id).first()
    if known:
        return known
    clips = _watchable(actor, board)
    for clip in clips:
        ensure_cut(clip, actor.user_id)
    now = timezone.now()
    row = Preparation.objects.create(
        pk=preparation_id,
        storyboard=board,
        owner_id=actor.user_id,
        prepared_at=now,
        until=now + PREPARED_FOR,
    )
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.review_prepared",
        subject=row,
        storyboard=board.pk,
        until=row.until,
    )
    return row


def _watchable(actor: Actor, board: Storyboard) -> list[Clip]:
    """The board's clips; RuleBroken unless every clip and still of it may be watched now."""
    items = list(board.items.all())
    if not items:
        raise RuleBroken("There is nothing on the board yet. Add a clip first.")
    wanted = [row.clip_id for row in items if row.clip_id]
    rows = Clip.objects.watchable_by(actor).select_related("recording__film", "film")
    clips = rows.filter(pk__in=wanted)
    stills = Still.objects.watchable_by(actor).filter(
        pk__in=[row.still_id for row in items if row.still_id]
    )
    if len(clips) + stills.count() < len(items):
        raise RuleBroken(
            "The family’s consent for this film is not in force, so nothing was prepared."
        )
    return list(clips)


@transaction.atomic
def note_wiped(*, actor: Actor, preparation_id: UUID, why: str) -> Preparation:
    """The browser says that it holds nothing of this any more; said twice, the first stands."""
    row = Preparation.objects.select_for_update().get(pk=preparation_id)
    permissions.may_keep_prepared(actor, row).require()
    if row.wiped_at:
        return row
    row.wiped_at = timezone.now()
    row.why_wiped = Wiped(why)
    row.save(update_fields=["wiped_at", "why_wiped"])
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.preparation_wiped",
        subject=row,
        why=row.why_wiped,
    )
    return row
