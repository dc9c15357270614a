"""Working points: taken along when a conversation closes, celebrated, or let go."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ledger import services as ledger
from media_review import permissions
from media_review.kinds import CommentKind
from media_review.models import Comment, Submission, WorkingPoint
from media_review.rules import saying
from people.actor import Actor
from people.errors import RuleBroken


def take_along(
    *,
    actor: Actor,
    submission: Submission,
    words_by_comment: Mapping[UUID, str],
    own: Iterable[str] = (),
) -> list[WorkingPoint]:
    """These working points of the submission are carried by its trainee, in these words.

    For the transaction that closes it: the submission is locked. Twice makes no more.
    """
    rows = Comment.objects.filter(submitted_clip__submission=submission, sent_at__isnull=False)
    offered = rows.filter(kind=CommentKind.WORKING_POINT).in_bulk(list(words_by_comment))
    if set(offered) != set(words_by_comment):
        raise RuleBroken("One of these working points is not there any more. Please choose again.")
    facts: dict[str, Any] = {"trainee_id": actor.user_id, "submission": submission}
    taken = [
        WorkingPoint.objects.get_or_create(
            comment=offered[pk], defaults={**facts, "words": saying.point_words(words)}
        )[0]
        for pk, words in words_by_comment.items()
    ]
    for words in own:
        if words.strip():
            own_words = saying.point_words(words)
            known = WorkingPoint.objects.get_or_create(**facts, comment=None, words=own_words)
            taken.append(known[0])
    return taken


@transaction.atomic
def celebrate_point(*, actor: Actor, point_id: UUID) -> WorkingPoint:
    """The guider has seen it happen: it is carried no more, and stays to be read."""
    return _ended(actor, point_id, "celebrated")


@transaction.atomic
def let_point_go(*, actor: Actor, point_id: UUID) -> WorkingPoint:
    """It is carried no more, without a reason asked."""
    return _ended(actor, point_id, "let_go")


def _ended(actor: Actor, point_id: UUID, how: str) -> WorkingPoint:
    point = WorkingPoint.objects.select_for_update().get(pk=point_id)
    permissions.may_carry(actor, point).require()
    if point.celebrated_on or point.let_go_on:
        return point
    setattr(point, f"{how}_on", timezone.localdate())
    point.save(update_fields=[f"{how}_on"])
    ledger.record(user_id=actor.user_id, verb=f"media_review.point_{how}", subject=point)
    return point
