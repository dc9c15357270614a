"""Writing to the ledger, always inside the transaction of what is recorded."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from ledger import rules
from ledger.keys import ledger_key
from ledger.models import Head, Line


def record(*, user_id: UUID | None, verb: str, subject: models.Model, **facts: Any) -> Line:
    """One line more at the end of the chain; raises outside a transaction (no line, no deed).

    Call it last in a service: it holds the head of the chain until the transaction ends.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A ledger line needs its transaction.")
    head = Head.objects.select_for_update().get_or_create(pk=1)[0]
    plain = _plain(facts)
    entry = rules.Entry(
        number=head.count + 1,
        at=timezone.now(),
        user_id=str(user_id or ""),
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        facts=plain,
        previous=head.mark,
    )
    mark = rules.mark_of(entry, ledger_key())
    line = Line.objects.create(
        number=entry.number,
        at=entry.at,
        user_id=user_id,
        verb=verb,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        facts=plain,
        previous=entry.previous,
        mark=mark,
    )
    seal = rules.seal_of(entry.number, mark, ledger_key())
    Head.objects.filter(pk=1).update(count=entry.number, mark=mark, seal=seal)
    return line


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in facts.items()}


def _plain_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dict):
        return {str(name): _plain_value(inner) for name, inner in value.items()}
    if isinstance(value, Iterable):
        return [_plain_value(inner) for inner in value]
    return str(value)
