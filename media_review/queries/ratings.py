"""Ratings as two people read them: item by item, side by side. Nothing is added up."""

from dataclasses import dataclass
from uuid import UUID

from attunement.models import Scale
from attunement.queries import scale_for
from media_review import permissions
from media_review.models import Rating, Submission
from media_review.queries import peers
from media_review.states import SENT, State
from people.actor import Actor
from people.verdicts import YES, Verdict, no

OVER = (State.CLOSED, State.WITHDRAWN, State.FILM_EXPIRED)


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two chose on one item."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class RatedItem:
    """One item with both sides; a side is None where nothing was chosen (or not shared yet)."""

    area: str
    words: str
    trainee: Side | None
    supervisor: Side | None


@dataclass(frozen=True, slots=True)
class Rated:
    """A submission on a scale, for the page of the two."""

    scale: str
    items: tuple[RatedItem, ...]
    may_rate: bool
    has_mine: bool


def may_rate(actor: Actor, submission: Submission) -> Verdict:
    """The trainee, and the supervisor it was sent to, until it is closed."""
    if submission.group_id:
        return no("A scale is for you and your supervisor, not for a group.")
    if submission.state in OVER:
        return no("This conversation is over, so what was chosen on the scale stays as it is.")
    if permissions.may_send(actor, submission):
        return YES
    if submission.state not in SENT:
        return no("These clips have not been sent.")
    return peers.may_answer(actor, submission)


def rated_of(submission: Submission, actor: Actor, *, any_yet: bool = True) -> Rated | None:
    """Both sides as this person may read them; None for a group. One query where there is any."""
    if submission.group_id:
        return None
    found = Rating.objects.visible_to(actor).filter(submission=submission)
    told = found.select_related("item__scale", "step").order_by("item__number")
    rows = list(told) if any_yet else []
    by_item: dict[UUID, dict[UUID, Rating]] = {}
    for row in rows:
        by_item.setdefault(row.item_id, {})[row.rater_id] = row
    items = tuple(_item(submission, each) for each in by_item.values())
    return Rated(
        scale=str(rows[0].item.scale) if rows else "",
        items=items,
        may_rate=bool(may_rate(actor, submission)),
        has_mine=any(row.rater_id == actor.user_id for row in rows),
    )


def _item(submission: Submission, sides: dict[UUID, Rating]) -> RatedItem:
    item = next(iter(sides.values())).item
    return RatedItem(
        area=item.area,
        words=item.words,
        trainee=_side(sides.get(submission.trainee_id)),
        supervisor=_side(sides.get(submission.supervisor_id)),
    )


def _side(row: Rating | None) -> Side | None:
    return Side(str(row.step.label), row.words) if row else None


def scale_of(submission: Submission) -> Scale | None:
    """The scale these clips are looked at with: the one begun with, or the trainee's of today."""
    begun = Scale.objects.filter(items__ratings__submission=submission)
    known = begun.prefetch_related("steps", "items").first()
    return known or scale_for(submission.trainee_id)


def chosen_by(actor: Actor, submission: Submission) -> dict[UUID, Rating]:
    """What this person has chosen so far, by item."""
    rows = Rating.objects.filter(submission=submission, rater_id=actor.user_id)
    return {row.item_id: row for row in rows}
