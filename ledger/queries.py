"""Reading the ledger: the story of a thing, and whether the chain holds."""

import hmac
from collections.abc import Iterator

from django.db import models

from ledger import rules
from ledger.keys import ledger_key
from ledger.models import Head, Line


def story_of(subject: models.Model) -> models.QuerySet[Line]:
    """Every line about this thing, oldest first."""
    return Line.objects.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))


def faults() -> Iterator[str]:
    """A sentence for every edit, deletion or insertion; nothing when the chain holds."""
    key, last = ledger_key(), rules.FIRST_MARK
    count = 0
    entries = (_entry(line) for line in Line.objects.order_by("number").iterator(2000))

    def seen() -> Iterator[rules.Entry]:
        nonlocal last, count
        for entry in entries:
            last, count = entry.mark, count + 1
            yield entry

    yield from rules.faults(seen(), key)
    head = Head.objects.filter(pk=1).first()
    if head is None:
        if count:
            yield "The end of the chain is missing."
        return
    if head.count == 0 and count == 0:
        return
    if not hmac.compare_digest(rules.seal_of(head.count, head.mark, key), head.seal):
        yield "The end of the chain was changed."
    if (head.count, head.mark) != (count, last):
        yield f"The chain should end at line {head.count}, but {count} lines were found."


def _entry(line: Line) -> rules.Entry:
    return rules.Entry(
        number=line.number,
        at=line.at,
        user_id=str(line.user_id or ""),
        verb=line.verb,
        subject_kind=line.subject_kind,
        subject_id=line.subject_id,
        facts=line.facts,
        previous=line.previous,
        mark=line.mark,
    )
