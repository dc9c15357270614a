"""Reads of the log: the same answer and the same number of queries for one row and for many."""

from dataclasses import fields, is_dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from caselogs import queries, services
from caselogs.kinds import Ending, Scope
from caselogs.models import Case, Cycle
from people.kinds import Role
from tests.caselogs.factories import case, consented_case, cycle, days_ago, goal
from tests.people.factories import actor_of, body, organisation, person, tied

pytestmark = pytest.mark.django_db


# Consent


@pytest.mark.parametrize("scope", Scope)
def test_covered_keeps_the_cases_whose_consent_says_yes_today(scope):
    yes = consented_case(scopes=[Scope.FILMING, scope])
    consented_case(scopes=[Scope.FILMING])
    case()

    kept = Case.objects.filter(queries.covered("pk", scope))

    expected = 2 if scope == Scope.FILMING else 1
    assert kept.count() == expected
    assert yes in kept


def test_covered_is_asked_of_a_row_further_away():
    row = cycle()

    kept = Cycle.objects.filter(queries.covered("case_id", Scope.SUPERVISION))

    assert list(kept) == [row]
    services.withdraw_consent(actor=actor_of(row.case.guider), case_id=row.case_id)
    assert not kept.all().exists()


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (days_ago(81), False),
        (days_ago(80), True),
        (days_ago(1), True),
        (days_ago(0), False),
    ],
)
def test_consent_by_date_when_it_was_withdrawn_today(on, expected):
    row = consented_case(given_on=days_ago(80))
    services.withdraw_consent(actor=actor_of(row.guider), case_id=row.pk)

    assert queries.has_consent(row.pk, Scope.FILMING, on=on) is expected
    assert Case.objects.filter(queries.covered("pk", Scope.FILMING, on)).exists() is expected


# Cycles


def test_cycles_for_says_what_counts_and_why_the_rest_does_not_yet():
    row = consented_case()
    done = cycle(row, days_ago(40), days_ago(33))
    cycle(row, days_ago(20), None)
    cycle(row, days_ago(2), timezone.localdate() + timedelta(days=5))

    lines = queries.cycles_for([row.guider_id])

    assert {line.number: (line.counts, line.reason[:27]) for line in lines} == {
        1: (True, ""),
        2: (False, "Not yet: the shared review "),
        3: (False, "Not yet: the shared review "),
    }
    first = next(line for line in lines if line.number == 1)
    assert (first.case_id, first.case_code, first.filmed_on, first.reviewed_on, first.sealed) == (
        row.pk,
        row.code,
        done.filmed_on,
        done.reviewed_on,
        False,
    )


def test_a_cycle_goes_on_counting_when_consent_ends_afterwards_and_the_case_closes():
    row = cycle()
    actor = actor_of(row.case.guider)
    services.withdraw_consent(actor=actor, case_id=row.case_id)
    services.close(actor=actor, case_id=row.case_id, ending=Ending.FAMILY_STOPPED)

    assert [line.counts for line in queries.cycles_for([row.case.guider_id])] == [True]


@pytest.mark.parametrize("guiders", [1, 4])
def test_cycles_for_takes_two_queries(guiders, django_assert_num_queries):
    rows = [cycle().case for _ in range(guiders)]
    for row in rows:
        cycle(row, days_ago(20))

    with django_assert_num_queries(2):
        lines = queries.cycles_for([row.guider_id for row in rows])

    assert len(lines) == 2 * guiders


def test_a_sealed_cycle_says_so():
    row = cycle()
    officer = actor_of(person(Role.REGISTRAR, body()))
    services.seal_cycles(actor=officer, cycle_ids=[row.pk], label="Stage 1")

    assert [line.sealed for line in queries.cycles_for([row.case.guider_id])] == [True]


# Cases


@pytest.mark.parametrize("rows", [1, 5])
def test_my_cases_takes_three_queries(rows, django_assert_num_queries):
    maya = person()
    for _ in range(rows):
        goal(cycle(consented_case(maya)).case)
    actor = actor_of(maya)

    with django_assert_num_queries(3):
        cards = queries.my_cases(actor)

    assert [(card.cycles, card.counted) for card in cards] == [(1, 1)] * rows


def test_supervised_cases_are_those_of_the_ties_of_today():
    row = case()
    ruth, former = person(Role.SUPERVISOR), person(Role.SUPERVISOR)
    tied(ruth, row.guider)
    tied(former, row.guider, until=days_ago(1))

    assert [card.id for card in queries.supervised_cases(actor_of(ruth))] == [row.pk]
    assert queries.supervised_cases(actor_of(former)) == ()
    assert queries.my_cases(actor_of(ruth)) == ()


@pytest.mark.parametrize("rows", [1, 4])
def test_the_thread_of_a_case_takes_six_queries(rows, django_assert_num_queries):
    row = consented_case()
    actor = actor_of(row.guider)
    for number in range(rows):
        cycle(row, days_ago(60 - 10 * number))
        kept = goal(row, is_helping_question=number == 0)
        services.rate_goal(actor=actor, goal_id=kept.pk, now_score=3 + number)
        services.record_consent(
            actor=actor, case_id=row.pk, scopes=[Scope.FILMING], covered="x", given_on=days_ago(1)
        )

    with django_assert_num_queries(6):
        thread = queries.case_thread(row)

    assert thread.counted == rows
    assert len(thread.earlier_consents) == rows
    assert [knot.title for knot in thread.knots][:3] == ["Referred", "Told about VIG", "Said yes"]


def test_the_thread_tells_a_withdrawal():
    row = consented_case()
    services.withdraw_consent(actor=actor_of(row.guider), case_id=row.pk)

    thread = queries.case_thread(row)

    assert thread.consent is None
    assert [knot.kind for knot in thread.knots][-1] == "withdrawn"


# Numbers


def world(families, cycles=1, closing=Ending.COMPLETED):
    service = organisation()
    maya = person(Role.TRAINEE, service)
    for _ in range(families):
        row = consented_case(maya)
        for number in range(cycles):
            cycle(row, days_ago(60 - 10 * number))
        if closing:
            services.close(actor=actor_of(maya), case_id=row.pk, ending=closing)
    return service, maya


def numbers_of(service):
    return queries.service_numbers(service.pk, days_ago(365), days_ago(0))


def test_the_funnel_counts_each_step():
    service, maya = world(6, cycles=2)
    for _ in range(5):
        case(maya)

    numbers = numbers_of(service)

    assert [(figure.label, figure.count) for figure in numbers.funnel] == [
        ("Referred", 11),
        ("Approached", 6),
        ("Said yes", 6),
        ("Consented", 6),
        ("Filmed", 6),
        ("One cycle", 6),
        ("Two cycles", 6),
        ("Three or more", 0),
        ("Completed", 6),
    ]
    assert numbers.completed_of_approached == 100
    assert [(figure.label, figure.words) for figure in numbers.endings] == [
        ("Completed as planned", "6")
    ]


def small_counts(value):
    """Every whole number from 1 to 4 called `count` in a frozen answer, however deep."""
    if is_dataclass(value):
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name == "count" and inner is not None and 0 < inner < 5:
                yield inner
            yield from small_counts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from small_counts(inner)


@pytest.mark.parametrize("families", [1, 4, 6])
def test_no_small_count_leaves_the_query(families):
    service, maya = world(families)
    for age in ("1y", "1y", "unborn"):
        case(maya, age_band=age)

    numbers = numbers_of(service)

    assert list(small_counts(numbers)) == []
    if families < 5:
        assert numbers.funnel[1].words == "fewer than 5"
        assert numbers.completed_of_approached is None


def test_another_service_and_another_time_are_left_out():
    service, _ = world(5)
    world(7)

    assert numbers_of(service).funnel[0].count == 5
    later = queries.service_numbers(service.pk, days_ago(10), days_ago(0))
    assert later.funnel[0].count == 0


def test_protected_time_is_summed_by_month():
    service, maya = world(0)
    actor = actor_of(maya)
    services.log_time(actor=actor, minutes_planned=420, minutes_used=210, on=days_ago(0))

    assert [(t.planned_hours, t.used_hours) for t in numbers_of(service).time] == [(7.0, 3.5)]


@pytest.mark.parametrize("families", [1, 6])
def test_service_numbers_take_five_queries(families, django_assert_num_queries):
    service, _ = world(families)

    with django_assert_num_queries(5):
        numbers_of(service)


def test_time_of_takes_one_query(django_assert_num_queries):
    maya = actor_of(person())
    for day in (1, 2, 40):
        services.log_time(actor=maya, minutes_planned=60, minutes_used=30, on=days_ago(day))

    with django_assert_num_queries(1):
        months = queries.time_of(maya)

    assert sum(len(month.days) for month in months) == 3
    assert sum(month.used_hours for month in months) == 1.5
