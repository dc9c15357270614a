"""What both bring to an hour: points of the agenda, and notes that are kept as they are typed."""

from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from accreditation import permissions
from accreditation.models import AgendaItem, HourNote, SupervisionSession
from accreditation.states import SessionState
from people.actor import Actor
from people.errors import RuleBroken

MOST_POINTS = 40


@transaction.atomic
def add_point(*, actor: Actor, session_id: UUID, point_id: UUID, words: str) -> AgendaItem:
    """The point stands on the agenda of both, once, however often it is sent."""
    point_id = key_in(session_id, point_id)
    session = _open_hour(actor, session_id)
    words = " ".join(words.split())
    if not words:
        raise RuleBroken("Please write what you would like to talk about.")
    if found := session.agenda.filter(pk=point_id).first():
        return found
    if session.agenda.count() >= MOST_POINTS:
        raise RuleBroken("There are forty points already. Perhaps some can wait for the next hour?")
    return AgendaItem.objects.create(
        pk=point_id, session=session, added_by_id=actor.user_id, words=words
    )


@transaction.atomic
def tick_point(*, actor: Actor, point_id: UUID, is_done: bool) -> AgendaItem:
    """You have talked about it, or not yet."""
    point = AgendaItem.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=point_id)
    _open_hour(actor, point.session_id)
    if bool(point.done_at) != is_done:
        point.done_at = timezone.now() if is_done else None
        point.save(update_fields=["done_at"])
    return point


@transaction.atomic
def remove_point(*, actor: Actor, point_id: UUID) -> None:
    """A point that one put there oneself is not on the agenda any more."""
    point = AgendaItem.objects.visible_to(actor).get(pk=point_id)
    _open_hour(actor, point.session_id)
    if point.added_by_id != actor.user_id:
        raise RuleBroken("The other one of you put this there. You can tick it when it is done.")
    point.delete()


@transaction.atomic
def keep_note(
    *, actor: Actor, session_id: UUID, words: str, is_shared: bool, version: int
) -> HourNote:
    """What this person has written so far is kept; never over words they have not seen.

    `version` is the one their page began from: another window may have written meanwhile.
    """
    session = _open_hour(actor, session_id, also_after=True)
    note, _ = HourNote.objects.select_for_update().get_or_create(
        session=session, author_id=actor.user_id
    )
    if (note.words, note.is_shared) == (words, is_shared):
        return note
    if note.version != version:
        raise RuleBroken(
            "You have written in another window as well, so this was not kept over it. "
            "Copy what you need, then load this page again."
        )
    note.words, note.is_shared, note.kept_at = words, is_shared, timezone.now()
    note.version += 1
    note.save()
    return note


def key_in(session_id: UUID, point_id: UUID) -> UUID:
    """The name of this point in this hour: the same point may be carried into several."""
    return uuid5(session_id, str(point_id))


def _open_hour(actor: Actor, session_id: UUID, *, also_after: bool = False) -> SupervisionSession:
    session = SupervisionSession.objects.select_for_update().get(pk=session_id)
    permissions.may_share_hour(actor, session).require()
    if session.state == SessionState.WITHDRAWN:
        raise RuleBroken("This hour was called off, so nothing is added to it.")
    if session.state == SessionState.CONFIRMED and not also_after:
        raise RuleBroken("You have both confirmed this hour. New points go on the next agenda.")
    return session
