"""A question put into SQL once, and asked with other values."""

from datetime import date
from uuid import uuid4

import pytest
from django.db.models import Value

from people.models import SupervisionTie, User
from people.questions import Question
from tests.people.factories import person, tied, two_years_ago

pytestmark = pytest.mark.django_db
WHO = uuid4()


def test_it_is_asked_with_other_values(django_assert_num_queries):
    ties = [tied(person(), person()) for _ in range(2)]
    question = Question(
        lambda who, today: (
            SupervisionTie.objects.holding(today)
            .filter(supervisor_id=who)
            .values_list("supervisee_id", "since")
        ),
        who=WHO,
        today=date(2999, 1, 1),
    )

    for tie in ties:
        with django_assert_num_queries(1):
            row = question.ask(who=tie.supervisor_id, today=date.today())
        assert row == (tie.supervisee_id, two_years_ago())
    assert question.ask(who=ties[0].supervisor_id, today=date(2001, 1, 1)) is None


def test_a_value_in_disguise_is_refused():
    with pytest.raises(ValueError, match="cannot be exchanged"):
        Question(lambda who: User.objects.annotate(a=Value(f"x{who}")).values_list("a"), who=WHO)


def test_all_its_rows_are_given():
    mine = person()
    ties = {tied(mine, person()).supervisee_id for _ in range(3)}
    question = Question(
        lambda who: SupervisionTie.objects.filter(supervisor_id=who).values_list("supervisee_id"),
        who=WHO,
    )

    assert {one for (one,) in question.all(who=mine.pk)} == ties
    assert question.all(who=WHO) == []


def test_the_beginning_of_a_word_may_be_asked_for():
    for name in ("Ada Pell", "Ada Quist", "Bo Ada"):
        person(name=name)
    question = Question(
        lambda name: (
            User.objects.filter(name__startswith=name).order_by("name").values_list("name")
        ),
        name="a name",
    )

    assert question.all(name="Ada ") == [("Ada Pell",), ("Ada Quist",)]
