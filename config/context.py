"""What every page knows about the house and the person who looks."""

from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notices.models import Notice
from people.actor import STRANGER, Actor
from people.questions import SOMEBODY, Question
from portal.navigation import places


def house(request: HttpRequest) -> dict[str, Any]:
    """The demo flag, the actor, the navigation, and how many messages wait (asked if shown)."""
    actor = getattr(request, "actor", STRANGER)
    return {
        "demo": settings.DEMO,
        "actor": actor,
        "navigation": places(actor, request.path),
        "unread_notices": SimpleLazyObject(lambda: _unread(actor)) if actor.is_signed_in else 0,
    }


def _unread(actor: Any) -> int:
    row = _counted().ask(to_id=actor.user_id)
    return row[0] if row else 0


@cache
def _counted() -> Question:
    return Question(
        lambda to_id: (
            Notice.objects.visible_to(Actor(user_id=to_id))
            .unread()
            .order_by()
            .values("to_id")
            .values_list(Count("pk"))
        ),
        to_id=SOMEBODY,
    )
