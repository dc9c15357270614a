"""Unfinished words: kept as they are typed, forgotten once saved."""

from typing import Any

from django.utils import timezone

from people.actor import Actor
from people.models import Draft

LARGEST_DRAFT = 64_000
LONGEST_KEY = 120


def keep(*, actor: Actor, key: str, fields: dict[str, Any]) -> Draft:
    """The last typed words of this form are on the server."""
    return Draft.objects.update_or_create(
        user_id=actor.user_id, key=key, defaults={"fields": fields, "kept_at": timezone.now()}
    )[0]


def initial(actor: Actor, key: str) -> dict[str, Any]:
    """What was typed into this form before, or nothing."""
    row = Draft.objects.filter(user_id=actor.user_id, key=key).values_list("fields", flat=True)
    return dict(row.first() or {})


def forget(actor: Actor, key: str) -> None:
    """The form was saved: its draft is gone."""
    Draft.objects.filter(user_id=actor.user_id, key=key).delete()
