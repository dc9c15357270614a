"""Intervision groups: begun, joined, left and ended by whoever may, and by nobody else."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ledger.models import Line
from people import queries, services
from people.errors import RuleBroken
from people.kinds import Capability, Role
from people.models import Group, GroupMember, User
from tests.people.factories import actor_of, body, organisation, person, signed_in, tied

pytestmark = pytest.mark.django_db
LEADERS = {
    role
    for role in Role
    if {Capability.SUPERVISE, Capability.INVITE} & set(queries.CAPABILITIES[role])
}


def day(days):
    return timezone.localdate() + timedelta(days=days)


def group(place=None, *members, **facts):
    """A group of this place, led by its manager, with these members."""
    place = place or organisation()
    leader = actor_of(person(Role.SERVICE_MANAGER, place))
    row = services.begin_group(actor=leader, name="Tuesday", organisation_id=place.pk, **facts)
    for each in members:
        services.join_group(actor=leader, group_id=row.pk, user_id=each.pk)
    return row


@pytest.mark.parametrize("role", list(Role))
def test_who_may_begin_a_group(role):
    place = body()
    actor = actor_of(person(role, place))

    if role in LEADERS:
        made = services.begin_group(actor=actor, name="Tuesday", organisation_id=place.pk)
        assert (made.led_by_id, made.organisation_id) == (actor.user_id, place.pk)
    else:
        with pytest.raises(PermissionDenied):
            services.begin_group(actor=actor, name="Tuesday", organisation_id=place.pk)


def test_one_leads_in_ones_own_place_only():
    actor = actor_of(person(Role.SUPERVISOR))

    with pytest.raises(PermissionDenied):
        services.begin_group(actor=actor, name="Tuesday", organisation_id=organisation().pk)


def test_begun_and_joined_twice_is_once():
    place, member = organisation(), person(Role.TRAINEE)
    leader = actor_of(person(Role.SUPERVISOR, place))
    key = UUID("5f0c2f6e-6a3f-4f8e-9d52-6a1d5f8c9f01")
    facts = {"actor": leader, "name": "Tuesday", "organisation_id": place.pk, "group_id": key}

    first, second = services.begin_group(**facts), services.begin_group(**facts)
    for _ in range(2):
        services.join_group(actor=leader, group_id=first.pk, user_id=member.pk)

    assert first.pk == second.pk
    assert GroupMember.objects.count() == 1
    assert [line.verb for line in Line.objects.filter(verb__startswith="people.group")] == [
        "people.group_begun",
        "people.group_joined",
    ]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.SERVICE_MANAGER])
def test_only_those_who_work_with_film_belong_to_one(role):
    with pytest.raises(RuleBroken, match="works with film"):
        group(None, person(role))


MOMENTS = {
    "today": ({}, {}, True),
    "not begun": ({"since": day(1)}, {}, False),
    "last day": ({"until": day(0)}, {}, True),
    "its time is over": ({"since": day(-9), "until": day(-1)}, {}, False),
    "ended before the day was out": ({"until": day(0), "ended_at": timezone.now()}, {}, False),
    "joins tomorrow": ({}, {"since": day(1)}, False),
    "leaves today": ({}, {"until": day(0)}, True),
    "left yesterday": ({}, {"since": day(-9), "until": day(-1)}, False),
    "left before the day was out": ({}, {"until": day(0), "ended_at": timezone.now()}, False),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_who_belongs_today(moment):
    about_group, about_member, belongs = MOMENTS[moment]
    member = person(Role.TRAINEE)
    row = group(None, member)
    Group.objects.filter(pk=row.pk).update(**about_group)
    GroupMember.objects.update(**about_member)

    assert Group.objects.of_member(member.pk).exists() == belongs
    assert User.objects.filter(queries.belongs(row.pk, member.pk)).exists() == belongs
    assert Group.objects.visible_to(actor_of(member)).exists() == belongs


def test_a_group_that_has_not_begun_can_be_ended():
    row = group(since=day(7))

    services.end_group(actor=actor_of(row.led_by), group_id=row.pk)

    row.refresh_from_db()
    assert (row.until, row.ended_at is None) == (day(7), False)


@pytest.mark.parametrize(
    "facts", [{"until": day(-800)}, {"ended_at": timezone.now()}], ids=["before it began", "no day"]
)
@pytest.mark.parametrize("model", [Group, GroupMember])
def test_the_database_keeps_the_days_in_order(model, facts):
    group(None, person(Role.TRAINEE))

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**facts)


def test_who_may_change_a_group():
    place, member = organisation(), person(Role.TRAINEE)
    row = group(place, member)
    other = person(Role.TRAINEE, place)
    runs = person(Role.SERVICE_MANAGER, place)

    for stranger in (member, other, person(Role.SUPERVISOR, place), person(Role.SERVICE_MANAGER)):
        with pytest.raises(PermissionDenied):
            services.join_group(actor=actor_of(stranger), group_id=row.pk, user_id=other.pk)
        with pytest.raises(PermissionDenied):
            services.end_group(actor=actor_of(stranger), group_id=row.pk)
    services.join_group(actor=actor_of(runs), group_id=row.pk, user_id=other.pk)
    services.end_group(actor=actor_of(runs), group_id=row.pk)
    with pytest.raises(RuleBroken, match="has ended"):
        services.join_group(actor=actor_of(runs), group_id=row.pk, user_id=other.pk)


def test_a_member_may_leave_and_nobody_else_makes_them():
    member, peer = person(Role.TRAINEE), person(Role.TRAINEE)
    row = group(None, member, peer)
    mine = row.members.get(user=member)

    with pytest.raises(PermissionDenied):
        services.leave_group(actor=actor_of(peer), member_id=mine.pk)
    services.leave_group(actor=actor_of(member), member_id=mine.pk)

    assert list(Group.objects.of_member(member.pk)) == []
    assert list(Group.objects.of_member(peer.pk)) == [row]


def test_a_supervisor_begins_a_group_and_says_who_belongs_to_it():
    place = organisation()
    supervisor = person(Role.SUPERVISOR, place)
    own, far = person(Role.TRAINEE, name="Maya Osei"), person(Role.TRAINEE, name="Priya Nair")
    tied(supervisor, own)
    browser = signed_in(supervisor)
    form = {"group_id": "5f0c2f6e-6a3f-4f8e-9d52-6a1d5f8c9f02", "name": "Tuesday"}
    form |= {"organisation": place.pk, "since": day(0)}
    page = browser.post(reverse("people:group-begin"), form).url
    join = reverse("people:group-join", args=[Group.objects.get().pk])

    assert "Priya Nair" not in browser.get(page).content.decode()
    browser.post(join, {"person": own.pk})
    browser.post(join, {"email": far.email.upper()})
    wrong = browser.post(join, {"email": "nobody@example.org"})

    assert wrong.status_code == 422
    assert "nobody@example.org" in wrong.content.decode()
    seen = browser.get(page).content.decode()
    assert "Maya Osei" in seen
    assert "Priya Nair" in seen
    assert signed_in(far).get(page).status_code == 200
    assert signed_in(person(Role.TRAINEE)).get(page).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_many(rows, django_assert_num_queries):
    place = organisation()
    member = person(Role.TRAINEE, place)
    groups = [
        group(place, member, *(person(Role.TRAINEE, place) for _ in range(rows)))
        for _ in range(rows)
    ]
    browser = signed_in(groups[0].led_by)

    with django_assert_num_queries(7):
        browser.get(reverse("people:group-list"))
    with django_assert_num_queries(8):
        browser.get(groups[0].get_absolute_url())
