"""Before a film goes somebody is told, when a case falls quiet too; holds that ran out are over.

Nothing counts as told that nobody could read: such a film waits.

Everything here may be done twice and stopped anywhere: what was told is a row, told once.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from caselogs.models import Case
from footage import rounds
from ledger import services as ledger
from media_review import rules
from media_review.models import Recording, Reminder, RetentionPolicy, SafeguardingHold
from media_review.queries import consents, custody
from media_review.states import HoldStep, hold_after
from notices import services as notices
from notices.models import Notice
from people.models import Group, GroupMember

MONTH, WEEK = timedelta(days=30), timedelta(days=7)
JOINED = "media_review.group_joined"


def remind(today: date | None = None) -> int:
    """Whoever answers for a film knows 14 and 3 days before it goes; says how many films."""
    day = today or timezone.localdate()
    soon = day + timedelta(days=max(rules.AHEAD))
    rows = Recording.objects.here().with_clock().filter(kept_until__lte=soon)
    alike: defaultdict[tuple[Any, ...], list[Recording]] = defaultdict(list)
    for row in rows.exclude(pk__in=Recording.objects.withdrawn()).select_related("case", "owner"):
        ahead = rules.days_ahead(row.kept_until, day)
        alike[row.case_id, row.owner_id, row.kept_until, ahead].append(row)
    return rounds.each(
        "reminders", alike.items(), lambda alike: _remind_once(alike[1], alike[0][-1], day)
    )


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
    told_ids = custody.readers_of(first)
    keeper_ids = [] if told_ids else custody.keepers()
    if not told_ids and not keeper_ids:
        raise LookupError(f"Nobody can be told of the films of {first.case_id}; they wait.")
    Reminder.objects.bulk_create(
        Reminder(recording=row, kept_until=row.kept_until, days_ahead=ahead, told_on=today)
        for row in new
    )
    facts = _facts(first, len(new), ahead, today)
    for person_id in told_ids:
        _post(person_id, first, facts)
    for person_id in keeper_ids:
        _post_to_keeper(person_id, first, facts)
    ledger.record(
        user_id=None,
        verb="media_review.reminded",
        subject=first.case,
        films=[row.pk for row in new],
        kept_until=first.kept_until,
        days_ahead=ahead,
        to=told_ids or keeper_ids,
    )
    return len(new)


def _facts(row: Recording, count: int, ahead: int, today: date) -> dict[str, Any]:
    goes_on = rules.goes_on(row.kept_until, None if ahead > min(rules.AHEAD) else today, today)
    return {
        "key": f"{row.pk}:{row.kept_until}:{ahead}",
        "count": count,
        "goes_on": consents.day(goes_on),
        "rule": custody.rule_of(row),
    }


def _post(person_id: UUID, row: Recording, facts: dict[str, Any]) -> None:
    notices.post(
        to_id=person_id,
        kind="media_review.film_goes_soon",
        path=row.get_keeping_url(),
        guider=row.owner.name,
        is_mine=person_id == row.owner_id,
        **facts,
    )


def _post_to_keeper(person_id: UUID, row: Recording, facts: dict[str, Any]) -> None:
    """Neither guider nor family is named: who keeps the house has nothing to do with them."""
    place = row.case.organisation
    name = place.name if place else ""
    notices.post(to_id=person_id, kind="media_review.film_of_nobody", place=name, **facts)


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
    return rounds.each(
        "quiet cases",
        active.order_by("pk").iterator(),
        lambda case: _nudge_once(case, day, quiet.get(case.organisation_id, rules.QUIET_MONTHS)),
    )


def tell_of_leavers() -> int:
    """Whoever answers for a service knows, once, which films a guider left behind."""
    rows = Recording.objects.here().with_clock().filter(left_on__isnull=False)
    left: defaultdict[tuple[Any, ...], list[Recording]] = defaultdict(list)
    for row in rows.select_related("case", "owner").order_by("begun_at"):
        left[row.owner_id, row.case.organisation_id, row.left_on].append(row)
    return rounds.each("leavers", left.items(), lambda one: _tell_of_leaver(one[0][1], one[1]))


@transaction.atomic
def _tell_of_leaver(organisation_id: UUID | None, films: list[Recording]) -> int:
    """How many films somebody knows of now: none where nobody answers for the service."""
    first = films[0]
    managers = custody.managers_of(organisation_id)
    for person_id in managers:
        notices.post(
            to_id=person_id,
            kind="media_review.left_behind",
            key=f"{first.owner_id}:{first.left_on}",
            path=reverse("media_review:kept-of", args=[organisation_id]),
            guider=first.owner.name,
            count=len(films),
            rule=custody.rule_of(first),
        )
    return len(films) if managers else 0


def tell_of_joiners(today: date | None = None) -> int:
    """Everybody in a group knows, once, who has joined it: they watch each other's clips."""
    day = today or timezone.localdate()
    rows = GroupMember.objects.holding(day).filter(
        group__in=Group.objects.holding(day).values("pk")
    )
    rows = rows.filter(Q(since__gt=day - WEEK) | Q(group__since__gt=day - WEEK))
    fresh = {str(row.pk): row for row in rows.select_related("user", "group")}
    told = Notice.objects.filter(kind=JOINED, key__in=fresh).values_list("key", flat=True)
    new = [fresh[key] for key in fresh.keys() - set(told)]
    return rounds.each("joiners", new, lambda row: _tell_of_joiner(row, day))


@transaction.atomic
def _tell_of_joiner(joined: GroupMember, today: date) -> int:
    """How many were told: whoever joined is one of them."""
    rows = GroupMember.objects.holding(today).filter(group=joined.group_id)
    members = set(rows.values_list("user_id", flat=True))
    for person_id in sorted(members):
        notices.post(
            to_id=person_id,
            kind=JOINED,
            key=str(joined.pk),
            path=joined.group.get_absolute_url(),
            name=joined.user.name,
            group=joined.group.name,
            is_me=person_id == joined.user_id,
        )
    return len(members)


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
    return rounds.each("holds that ran out", list(late.values_list("pk", flat=True)), _end_hold)


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
