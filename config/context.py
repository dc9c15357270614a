"""What every page knows about the house and the person who looks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notices.models import Notice
from people.actor import STRANGER
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
    return Notice.objects.visible_to(actor).unread().count()
