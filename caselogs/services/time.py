"""Protected time: planned and used, one line a person and day."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caselogs import permissions, rules
from caselogs.models import TimeEntry
from caselogs.services.cases import service_of
from ledger import services as ledger
from people.actor import Actor
from people.errors import RuleBroken

LONGEST_DAY = 16 * 60


@transaction.atomic
def log_time(
    *,
    actor: Actor,
    minutes_used: int,
    minutes_planned: int = 0,
    on: date | None = None,
    words: str = "",
    organisation_id: UUID | None = None,
) -> TimeEntry:
    """The day's minutes are as given; a second entry for one day takes the first's place."""
    permissions.may_log(actor).require()
    day = on or timezone.localdate()
    if day > timezone.localdate() and minutes_used:
        raise RuleBroken(f"{rules.said(day)} is still to come: plan it now, fill it in afterwards.")
    if not 0 <= minutes_used <= LONGEST_DAY or not 0 <= minutes_planned <= LONGEST_DAY:
        raise RuleBroken("A day has at most sixteen hours of work in it. Please check the times.")
    entry = TimeEntry.objects.update_or_create(
        user_id=actor.user_id,
        on=day,
        defaults={
            "minutes_planned": minutes_planned,
            "minutes_used": minutes_used,
            "words": words,
            "organisation_id": service_of(actor, organisation_id),
        },
    )[0]
    ledger.record(user_id=actor.user_id, verb="caselogs.time_logged", subject=entry, on=day)
    return entry
