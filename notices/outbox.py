"""The slow work of sending: claim a row, send, mark it sent."""

from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from notices import words
from notices.models import Notice
from people.kinds import Digest
from people.models import User

LEASE = timedelta(minutes=2)
BATCH = 200


def send_waiting() -> int:
    """How many letters went out now, to people who want them as things happen."""
    rows = Notice.objects.waiting().filter(to__digest=Digest.AT_ONCE).order_by("posted_at")
    return sum(_send_one(pk) for pk in rows.values_list("pk", flat=True)[:BATCH])


def send_digests() -> int:
    """How many people got one letter about everything since the last."""
    rows = Notice.objects.waiting().filter(to__digest=Digest.DAILY).order_by("to_id", "posted_at")
    groups = groupby(rows.select_related("to"), key=lambda notice: notice.to)
    return sum(_send_digest(person, list(notices)) for person, notices in groups)


def _claim(pks: list[object]) -> list[Notice]:
    now = timezone.now()
    claimed = [
        pk
        for pk in pks
        if Notice.objects.waiting()
        .filter(pk=pk)
        .update(attempt=F("attempt") + 1, lease_until=now + LEASE)
    ]
    return list(Notice.objects.filter(pk__in=claimed).select_related("to").order_by("posted_at"))


def _send_one(pk: object) -> int:
    for notice in _claim([pk]):
        letter = words.letter(notice)
        _mail(notice.to, letter.subject, [letter])
        Notice.objects.filter(pk=pk).update(mailed_at=timezone.now(), lease_until=None)
        return 1
    return 0


def _send_digest(person: User, notices: list[Notice]) -> int:
    mine = _claim([notice.pk for notice in notices])
    if not mine:
        return 0
    count = len(mine)
    subject = "One thing since yesterday" if count == 1 else f"{count} things since yesterday"
    _mail(person, subject, [words.letter(notice) for notice in mine])
    pks = [notice.pk for notice in mine]
    Notice.objects.filter(pk__in=pks).update(mailed_at=timezone.now(), lease_until=None)
    return 1


def _mail(person: User, subject: str, letters: list[words.Letter]) -> None:
    facts = {
        "person": person,
        "letters": letters,
        "subject": subject,
        "site": settings.SITE_ADDRESS,
    }
    mail = EmailMultiAlternatives(
        subject, render_to_string("email/notice.txt", facts), to=[f"{person.name} <{person.email}>"]
    )
    mail.attach_alternative(render_to_string("email/notice.html", facts), "text/html")
    mail.send()
