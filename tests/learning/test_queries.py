"""Where people are, in as many queries for many as for few."""

import pytest

from learning import queries, services
from tests.learning.factories import cohort, course, lesson, lessons_of, read, reflection, text
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db


def test_a_lesson_is_found_by_its_address():
    page = lesson([text()])

    found = queries.lesson_at(f"/course/day-1/{page.slug}/")

    assert (found.id, found.key, found.url) == (
        page.pk,
        page.translation_key,
        f"/course/day-1/{page.slug}/",
    )
    assert queries.lesson_at("/course/day-1/another/") is None


def test_a_lesson_taken_off_line_is_not_found():
    page = lesson([text()])
    page.unpublish()

    assert queries.lesson_by_id(page.pk) is None


def test_marks_are_everything_one_person_did(django_assert_num_queries):
    page, user = lesson([text(), reflection()]), person()
    first, second = page.body[0].id, page.body[1].id
    actor = actor_of(user)
    services.keep_note(actor=actor, lesson_id=page.pk, block_id=second, words="Ünser Wörter")
    read(user, page)

    with django_assert_num_queries(1):
        marks = queries.marks_of(user.pk, page.translation_key)

    assert marks == queries.Marks(
        done=frozenset({first, second}),
        notes={second: "Ünser Wörter"},
        answers={},
        finished_with=frozenset({first, second}),
    )


@pytest.mark.parametrize("lessons", [1, 8, 60])
def test_the_outline_costs_four_queries(django_assert_num_queries, lessons):
    top, user = course(lessons), person()
    read(user, lessons_of(top)[0])

    with django_assert_num_queries(4):
        outline = queries.outline(top.pk, user.pk)

    assert (len(outline.lessons), outline.finished) == (lessons, 1)


def test_the_next_lesson_is_the_first_one_left_and_resumes_where_one_stopped(
    django_assert_num_queries,
):
    top, user = course(lessons=3, parts=3), person()
    first, second, _ = lessons_of(top)
    read(user, first)
    read(user, second, parts=1)

    with django_assert_num_queries(4):
        step = queries.next_lesson(user.pk)

    assert step == queries.NextLesson(
        title=second.title,
        url=f"/course/day-1/{second.slug}/#part-{second.body[1].id}",
        minutes_left=8,
        begun=True,
        part="Part 2",
    )


def test_there_is_no_next_lesson_without_a_course_or_after_the_last():
    user = person()
    assert queries.next_lesson(user.pk) is None
    assert queries.progress_of(user.pk) is None

    top = course(lessons=1)
    read(user, lessons_of(top)[0])

    assert queries.next_lesson(user.pk) is None
    assert queries.progress_of(user.pk).finished_at is not None


@pytest.mark.parametrize("people", [1, 20])
def test_progress_of_many_costs_five_queries(django_assert_num_queries, people):
    top = course(lessons=2, parts=2)
    first, second = lessons_of(top)
    users = [person() for _ in range(people)]
    for user in users:
        read(user, first)
        read(user, second, parts=1)

    with django_assert_num_queries(5):
        found = queries.progress_of_many([user.pk for user in users])

    assert found[users[0].pk] == queries.CourseProgress(
        user_id=users[0].pk,
        lessons=2,
        finished=1,
        minutes_left=6,
        here=second.title,
        url=f"/course/day-1/{second.slug}/",
        finished_at=None,
    )
    assert len(found) == people


@pytest.mark.parametrize("members", [1, 12])
def test_a_cohort_costs_eight_queries(django_assert_num_queries, members):
    opened, _ = cohort(members)

    with django_assert_num_queries(8):
        view = queries.cohort_view(opened)

    assert len(view.members) == members
    assert {len(member.presences) for member in view.members} == {2}


def test_who_could_join_is_of_this_house_and_not_in_yet():
    opened, user = cohort(members=1)
    person()

    assert list(queries.who_could_join(opened)) == [user]
