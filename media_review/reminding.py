"""Before a film goes somebody is told, when a case falls quiet too; holds that ran out are over.

Everything here may be done twice and stopped anywhere: what was told is a row, told once.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from caselogs.models import Case
from ledger import services as ledger
from media_review import rules
from media_review.models import Recording, Reminder, RetentionPolicy, SafeguardingHold
from media_review.queries import consents, custody
from media_review.states import HoldStep, hold_after
from notices import services as notices

MONTH = timedelta(days=30)


def remind(today: date | None = None) -> int:
    """Whoever answers for a film knows 14 and 3 days before it goes; says how many films."""
    day = today or timezone.localdate()
    soon = day + timedelta(days=max(rules.AHEAD))
    rows = Recording.objects.here().with_clock().filter(kept_until__lte=soon)
    alike: defaultdict[tuple[Any, ...], list[Recording]] = defaultdict(list)
    for row in rows.exclude(pk__in=Recording.objects.withdrawn()).select_related("case", "owner"):
        ahead = rules.days_ahead(row.kept_until, day)
        alike[row.case_id, row.owner_id, row.kept_until, ahead].append(row)
    return sum(_remind_once(same, key[-1], day) for key, same in alike.items())


@transaction.atomic
def _remind_once(films: list[Recording], ahead: int, today: date) -> int:
    """One message about the films of a case that go on the same day; how many were new in it."""
    Case.objects.select_for_update().get(pk=films[0].case_id)
    known = Reminder.objects.filter(recording__in=films, days_ahead=ahead)
    told = set(known.values_list("recording_id", "kept_until"))
    new = [row for row in films if (row.pk, row.kept_until) not in told]
    if not new:
        return 0
    first = new[0]
    Reminder.objects.bulk_create(
        Reminder(recording=row, kept_until=row.kept_until, days_ahead=ahead, told_on=today)
        for row in new
    )
    told_ids = _told_about(first)
    for person_id in told_ids:
        _post(person_id, first, len(new), ahead, today)
    ledger.record(
        user_id=None,
        verb="media_review.reminded",
        subject=first.case,
        films=[row.pk for row in new],
        kept_until=first.kept_until,
        days_ahead=ahead,
        to=told_ids,
    )
    return len(new)


def _told_about(row: Recording) -> list[UUID]:
    """The guider; where nobody is left, whoever answers for the films of the service."""
    if row.left_on is None:
        return [row.owner_id]
    return custody.managers_of(row.case.organisation_id)


def _post(person_id: UUID, row: Recording, count: int, ahead: int, today: date) -> None:
    notices.post(
        to_id=person_id,
        kind="media_review.film_goes_soon",
        key=f"{row.pk}:{row.kept_until}:{ahead}",
        path=row.get_keeping_url(),
        count=count,
        goes_on=consents.day(rules.goes_on(row.kept_until, None if ahead > 3 else today, today)),
        rule=custody.rule_of(row),
        guider=row.owner.name,
        is_mine=person_id == row.owner_id,
    )


def nudge(today: date | None = None) -> int:
    """The guider of an open case that has been quiet for months is asked; nothing is destroyed."""
    day = today or timezone.localdate()
    quiet = _quiet_months()
    filmed = Recording.objects.here().values("case_id")
    cases = Case.objects.filter(pk__in=filmed, closed_on=None, guider__suspended_at=None)
    active = cases.annotate(
        last=Greatest(
            "opened_at",
            Max("recordings__begun_at"),
            Coalesce(Max("cycles__logged_at"), "opened_at"),
        )
    )
    return sum(
        _nudge_once(case, day, quiet.get(case.organisation_id, rules.QUIET_MONTHS))
        for case in active.order_by("pk").iterator()
    )


def tell_of_leavers() -> int:
    """Whoever answers for a service knows, once, which films a guider left behind."""
    rows = Recording.objects.here().with_clock().filter(left_on__isnull=False)
    left: defaultdict[tuple[Any, ...], list[Recording]] = defaultdict(list)
    for row in rows.select_related("case", "owner").order_by("begun_at"):
        left[row.owner_id, row.case.organisation_id, row.left_on].append(row)
    return sum(_tell_of_leaver(key[1], films) for key, films in left.items())


def _tell_of_leaver(organisation_id: UUID | None, films: list[Recording]) -> int:
    first = films[0]
    for person_id in custody.managers_of(organisation_id):
        notices.post(
            to_id=person_id,
            kind="media_review.left_behind",
            key=f"{first.owner_id}:{first.left_on}",
            path=reverse("media_review:kept-of", args=[organisation_id]),
            guider=first.owner.name,
            count=len(films),
            rule=custody.rule_of(first),
        )
    return len(films)


def _quiet_months() -> dict[UUID, int]:
    rows = RetentionPolicy.objects.filter(ended_at=None)
    return dict(rows.values_list("organisation_id", "quiet_months"))


def _nudge_once(case: Case, today: date, months: int) -> int:
    """Once for each stretch of so many months; 0 when the service does not ask."""
    silent = today - timezone.localdate(case.last)
    times = silent // (MONTH * months) if months else 0
    if not times:
        return 0
    notices.post(
        to_id=case.guider_id,
        kind="media_review.case_quiet",
        key=f"{case.pk}:{case.last:%Y-%m-%d}:{times}",
        path=reverse("media_review:recording-list"),
        months=silent // MONTH,
    )
    return 1


def end_holds() -> int:
    """Safeguarding holds whose moment has passed are over; those concerned are told. How many."""
    late = SafeguardingHold.objects.open().filter(binds_until__lte=timezone.now())
    return sum(_end_hold(pk) for pk in list(late.values_list("pk", flat=True)))


@transaction.atomic
def _end_hold(pk: UUID) -> int:
    recording_id = SafeguardingHold.objects.values_list("recording_id", flat=True).get(pk=pk)
    rows = Recording.objects.select_for_update(of=("self",)).select_related("case")
    recording = rows.get(pk=recording_id)
    open_ones = SafeguardingHold.objects.open().filter(binds_until__lte=timezone.now())
    hold = open_ones.select_for_update().filter(pk=pk).first()
    if hold is None:
        return 0
    hold.state, hold.ended_at = hold_after(hold.state, HoldStep.RUN_OUT), timezone.now()
    hold.save(update_fields=["state", "ended_at"])
    hold.wishes.filter(closed_at=None).update(closed_at=hold.ended_at)
    _say_over(hold, {*custody.second_people(recording), recording.owner_id})
    ledger.record(
        user_id=None, verb="media_review.hold_run_out", subject=hold, recording=recording.pk
    )
    return 1


def _say_over(hold: SafeguardingHold, to: Iterable[UUID]) -> None:
    for person_id in sorted(to):
        notices.post(
            to_id=person_id,
            kind="media_review.hold_over",
            key=str(hold.pk),
            path=hold.get_absolute_url(),
        )
