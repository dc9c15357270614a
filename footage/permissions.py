"""Who may send to an upload. Who may watch is decided above, by consent."""

from footage.models import Film
from people.actor import Actor
from people.kinds import Capability
from people.verdicts import YES, Verdict


def may_begin(actor: Actor) -> Verdict:
    """Whoever holds a role of today that may send film, or makes the course's teaching films."""
    if not any(map(actor.can, (Capability.SEND_FILM, Capability.EDIT_COURSE))):
        return Verdict(False, "Your role does not include sending film.")
    return YES


def may_send(actor: Actor, film: Film) -> Verdict:
    """Only the person who began to send a film may carry on, stop or repeat it."""
    if actor.user_id is None or actor.user_id != film.sent_by_id:
        return Verdict(False, "Only the person who began to send this film can do that.")
    return YES


def may_keep_house(actor: Actor) -> Verdict:
    """Those who keep the house see how it is and have its own failures tried again."""
    if not actor.can(Capability.KEEP_HOUSE):
        return Verdict(False, "This page is for the people who keep the house.")
    return YES
