"""The slow work of sending: claim a row, send, mark it sent."""

from datetime import timedelta
from email.utils import formataddr
from itertools import groupby

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone

from notices import calendars, words
from notices.models import Notice, Stranger
from people.kinds import Digest
from people.models import User

logger = structlog.get_logger(__name__)
LEASE = timedelta(minutes=2)
BATCH = 200


def send_waiting() -> int:
    """How many letters went out now, to people who want them as things happen."""
    at_once = Q(to__digest=Digest.AT_ONCE) | Q(to=None)
    rows = Notice.objects.waiting().filter(at_once).order_by("posted_at")
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
    return _send(_claim([pk]), "")


def _send_digest(person: User, notices: list[Notice]) -> int:
    mine = _claim([notice.pk for notice in notices])
    count = len(mine)
    subject = "One thing since yesterday" if count == 1 else f"{count} things since yesterday"
    return _send(mine, subject)


def _send(mine: list[Notice], subject: str) -> int:
    """1 when one letter about all of these has left; 0 leaves them to a later try."""
    if not mine:
        return 0
    letters = [words.letter(notice) for notice in mine]
    try:
        _mail(mine[0].reader, subject or letters[0].subject, letters)
    except OSError as away:  # a mail server that is away; SMTPException is an OSError too
        logger.warning("notices.letter_waits", count=len(mine), why=type(away).__name__)
        return 0
    sent = Notice.objects.filter(pk__in=[notice.pk for notice in mine])
    sent.update(mailed_at=timezone.now(), lease_until=None)
    return 1


def _mail(person: User | Stranger, subject: str, letters: list[words.Letter]) -> None:
    facts = {
        "person": person,
        "letters": letters,
        "subject": subject,
        "site": settings.SITE_ADDRESS,
    }
    mail = EmailMultiAlternatives(
        subject,
        render_to_string("email/notice.txt", facts),
        to=[formataddr((person.name, person.email))],
    )
    mail.attach_alternative(render_to_string("email/notice.html", facts), "text/html")
    for meeting in (letter.appointment for letter in letters if letter.appointment):
        kind = f'text/calendar; charset="utf-8"; method={meeting.method}'
        mail.attach(calendars.FILE_NAME, calendars.ics(meeting).decode(), kind)
    mail.send()
