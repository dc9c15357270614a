"""Telling people, in the transaction of what they are told about."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from notices import tasks
from notices.models import Notice
from people.kinds import Digest
from people.models import User


def post(*, to_id: UUID, kind: str, key: str, path: str = "", **facts: Any) -> Notice:
    """The person will be told once, however often this is asked with the same key.

    `kind` names templates/notices/<kind>.txt; `path` is the target of its button; `facts` are JSON.
    """
    written_to = User.objects.filter(pk=to_id, suspended_at=None).exclude(digest=Digest.NEVER)
    notice, made = Notice.objects.get_or_create(
        to_id=to_id,
        kind=kind,
        key=str(key),
        defaults={"path": path, "facts": facts, "mail_wanted": written_to.exists()},
    )
    if made:
        tasks.send_waiting.delay_on_commit()
    return notice


def post_to_address(
    *, email: str, name: str, kind: str, key: str, path: str = "", **facts: Any
) -> Notice:
    """Somebody without an account will have one letter, however often this is asked."""
    notice, made = Notice.objects.get_or_create(
        to=None,
        to_email=email,
        kind=kind,
        key=str(key),
        defaults={"to_name": name, "path": path, "facts": facts},
    )
    if made:
        tasks.send_waiting.delay_on_commit()
    return notice


def hush() -> int:
    """Everything posted so far is old news: read, and no letter about it leaves any more.

    For a demo just loaded, or a house whose mail server was away too long.
    """
    now = timezone.now()
    Notice.objects.filter(mailed_at=None).update(mail_wanted=False)
    return Notice.objects.filter(read_at=None).update(read_at=now)
