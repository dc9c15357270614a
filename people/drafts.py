"""Unfinished words: kept as they are typed, forgotten once saved."""

from typing import Any

from django.utils import timezone

from people.actor import Actor
from people.models import Draft

LARGEST_DRAFT = 64_000
LONGEST_KEY = 120


def plain(typed: Any) -> Any:
    """The same words without what no database keeps: NUL, and halves of characters."""
    if isinstance(typed, str):
        return typed.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(typed, dict):
        return {plain(name): plain(value) for name, value in typed.items()}
    return [plain(each) for each in typed] if isinstance(typed, list) else typed


def keep(*, actor: Actor, key: str, fields: dict[str, Any]) -> Draft:
    """The last typed words of this form are on the server."""
    return Draft.objects.update_or_create(
        user_id=actor.user_id,
        key=plain(key),
        defaults={"fields": plain(fields), "kept_at": timezone.now()},
    )[0]


def initial(actor: Actor, key: str) -> dict[str, Any]:
    """What was typed into this form before, or nothing."""
    row = Draft.objects.filter(user_id=actor.user_id, key=key).values_list("fields", flat=True)
    return dict(row.first() or {})


def forget(actor: Actor, key: str) -> None:
    """The form was saved: its draft is gone."""
    Draft.objects.filter(user_id=actor.user_id, key=key).delete()
