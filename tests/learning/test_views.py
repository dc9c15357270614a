"""The course in a browser: closed to strangers, calm for readers, cheap for the house."""

import json

import pytest
from django.urls import reverse

from learning import queries
from learning.models import Attendance, Cohort, CohortMember, Progress, ReflectionNote
from people.kinds import Role
from tests.learning.factories import (
    check,
    cohort,
    course,
    film,
    lesson,
    lessons_of,
    read,
    reflection,
    republished,
    text,
    trainer,
)
from tests.people.factories import granted, organisation, person, signed_in

pytestmark = pytest.mark.django_db


def address(page) -> str:
    return f"/course/day-1/{page.slug}/"


def verb(name: str, page, number: int = 0) -> str:
    return reverse(f"learning:{name}", args=[page.pk, page.body[number].id])


def test_a_stranger_is_sent_to_the_door(client):
    page = lesson([text()])

    for path in ["/course/", "/course/day-1/", address(page)]:
        assert client.get(path).url.startswith("/account/login/")
    assert client.post(verb("part-done", page)).url.startswith("/account/login/")
    assert not Progress.objects.exists()


def test_somebody_without_a_role_reads_nothing():
    page = lesson([text()])
    browser = signed_in(person(role=None))

    assert browser.get(address(page)).status_code == 403
    assert browser.get("/course/").status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_everyone_with_a_role_reads(role):
    page = lesson([text("Coming into step")])
    browser = signed_in(person(role))

    assert "Coming into step" in browser.get(address(page)).content.decode()
    assert page.title in browser.get("/course/").content.decode()


@pytest.mark.parametrize("lessons", [8, 60])
def test_a_lesson_page_costs_nine_queries(django_assert_num_queries, lessons):
    top, user = course(lessons, parts=8), person()
    page = lessons_of(top)[3]
    read(user, page, parts=4)
    browser = signed_in(user)
    browser.get(address(page))

    with django_assert_num_queries(9):
        response = browser.get(address(page))

    assert response.content.decode().count('class="part"') == 8


@pytest.mark.parametrize("lessons", [8, 60])
def test_a_tick_costs_seven_queries(django_assert_num_queries, lessons):
    top, user = course(lessons, parts=8), person()
    page = lessons_of(top)[3]
    browser = signed_in(user)

    with django_assert_num_queries(7):
        response = browser.post(verb("part-done", page), headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert Progress.objects.count() == 1


def test_a_tick_without_javascript_goes_on_to_the_next_part():
    page, user = lesson([text("One"), text("Two")]), person()

    response = signed_in(user).post(verb("part-done", page))

    assert response.url == f"{address(page)}#part-{page.body[1].id}"


def test_a_tick_with_htmx_answers_with_what_is_left():
    page, user = lesson([text("One"), reflection("Two")]), person()

    response = signed_in(user).post(verb("part-done", page), headers={"HX-Request": "true"})

    words = response.content.decode()
    assert "1 of 2 parts done" in words
    assert "because your own words make it yours" in words
    assert json.loads(response["HX-Trigger-After-Settle"]) == {
        "lesson:on": {"to": f"part-{page.body[1].id}"}
    }


def test_the_last_tick_shows_the_next_lesson():
    top, user = course(lessons=2, parts=1), person()
    page, after = lessons_of(top)

    response = signed_in(user).post(verb("part-done", page), headers={"HX-Request": "true"})

    words = response.content.decode()
    assert "This lesson is finished" in words
    assert after.title in words


def test_one_comes_back_to_where_one_stopped():
    page, user = lesson([text("One"), text("Two"), text("Three")]), person()
    read(user, page, parts=1)
    browser = signed_in(user)

    words = browser.get(address(page)).content.decode()
    assert f'You stopped before <a href="#part-{page.body[1].id}">Two</a>' in words

    words = browser.get("/course/").content.decode()
    assert "1 of 3 parts done" in words
    assert (
        "Left: some reading, because the parts that follow lean on it; then 1 more part." in words
    )
    assert f"{address(page)}#part-{page.body[1].id}" in words


def test_new_parts_are_shown_to_those_who_have_finished():
    parts, user = [text("One")], person()
    page = lesson(parts)
    read(user, page)
    republished(page, [*parts, text("Added later")])
    browser = signed_in(user)

    words = browser.get(address(page)).content.decode()
    assert "Have a look if you like; your finish stands." in words
    assert "New since you finished" in words

    words = browser.get("/course/").content.decode()
    assert "Finished" in words
    assert "1 new part since then" in words


def test_every_answer_gets_its_own_kind_word():
    page, user = lesson([check(), text()]), person()
    fits, other = queries.lesson_by_id(page.pk).parts[0].choices
    browser = signed_in(user)

    for choice, head in [(other, "Look again"), (fits, "That fits")]:
        response = browser.post(
            verb("part-answer", page), {"choice": choice.id}, headers={"HX-Request": "true"}
        )
        words = response.content.decode()
        assert f"<strong>{head}</strong>" in words
        assert choice.feedback in words

    assert fits.feedback in browser.get(address(page)).content.decode()


def test_the_words_about_an_answer_are_not_on_the_page_before_it_is_chosen():
    page, user = lesson([check()]), person()

    assert "He looked up." not in signed_in(user).get(address(page)).content.decode()


def test_no_answer_chosen_is_said_in_words():
    page, user = lesson([check()]), person()

    response = signed_in(user).post(verb("part-answer", page), {})

    assert response.status_code == 409
    assert "Choose one of the answers first" in response.content.decode()


def test_a_note_is_kept_as_it_is_typed():
    page, user = lesson([reflection()]), person()
    browser = signed_in(user)

    response = browser.post(
        verb("part-note", page),
        json.dumps({"key": "x", "fields": {"words": "I wait."}}),
        content_type="application/json",
    )

    assert "kept_at" in response.json()
    assert not Progress.objects.exists()
    assert "I wait.</textarea>" in browser.get(address(page)).content.decode()


def test_a_note_that_cannot_be_read_is_refused():
    page, user = lesson([reflection()]), person()

    response = signed_in(user).post(
        verb("part-note", page), "not json", content_type="application/json"
    )

    assert response.status_code == 400
    assert not ReflectionNote.objects.exists()


def test_words_and_tick_go_together():
    page, user = lesson([reflection(), text()]), person()

    signed_in(user).post(verb("part-done", page), {"words": "<b>Bold</b> & true"})

    assert ReflectionNote.objects.get().words == "<b>Bold</b> & true"
    words = signed_in(user).get(address(page)).content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; true" in words


def test_a_film_part_without_a_film_shows_its_words():
    page, user = lesson([film()]), person()
    browser = signed_in(user)

    words = browser.get(address(page)).content.decode()

    assert "<video" not in words
    assert "She waits." in words
    path = reverse("learning:part-film", args=[page.pk, page.body[0].id, "proxy"])
    assert browser.get(path).status_code == 404


def test_a_familys_film_can_never_be_shown_in_a_lesson():
    from uuid import uuid4

    from footage.models import Artefact, Film

    user = person()
    private = Film.objects.create(ring=uuid4(), wrapped_key=b"x", sent_by=user)
    Artefact.objects.create(film=private, kind="proxy", object="o", size=1, media_type="video/mp4")
    page = lesson([film(str(private.pk))])

    path = reverse("learning:part-film", args=[page.pk, page.body[0].id, "proxy"])

    assert signed_in(user).get(path).status_code == 404


def test_a_course_that_stands_elsewhere_is_shown_too():
    top, user = course(slug="refresher"), person()
    page = lessons_of(top)[0]
    browser = signed_in(user)

    assert "A course" in browser.get("/refresher/").content.decode()
    assert browser.get("/refresher/day-1/").url == "/refresher/#day-1"
    assert page.title in browser.get(f"/refresher/day-1/{page.slug}/").content.decode()


def test_what_does_not_exist_is_not_found():
    course()
    browser = signed_in(person())

    assert browser.get("/course/day-1/nothing/").status_code == 404
    assert browser.get("/course/day-1/").url == "/course/#day-1"


def test_only_trainers_see_cohorts():
    opened, user = cohort(members=1)
    stranger, _ = trainer()

    assert signed_in(user).get(opened.get_absolute_url()).status_code == 200
    assert signed_in(stranger).get(opened.get_absolute_url()).status_code == 404
    trainee = signed_in(person())
    assert trainee.get(reverse("learning:cohort-list")).status_code == 403
    assert trainee.get(opened.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("members", [1, 10])
def test_a_cohort_page_costs_the_same_for_many(django_assert_num_queries, members):
    opened, user = cohort(members)
    browser = signed_in(user)

    with django_assert_num_queries(17):
        response = browser.get(opened.get_absolute_url())

    assert response.content.decode().count('role="rowheader"') == members


def test_a_trainer_opens_a_cohort_adds_somebody_and_marks_them():
    place = organisation()
    user, _ = trainer(place)
    learner, top = person(Role.TRAINEE, place), course()
    browser = signed_in(user)

    response = browser.post(
        reverse("learning:cohort-open"),
        {
            "name": "Spring",
            "organisation_id": place.pk,
            "course_id": top.pk,
            "starts_on": "2026-03-02",
            "format": "two_days",
        },
    )
    opened = Cohort.objects.get()
    assert response.url == opened.get_absolute_url()

    browser.post(reverse("learning:cohort-join", args=[opened.pk]), {"user_id": learner.pk})
    member = CohortMember.objects.get()
    assert member.user == learner

    mark = reverse("learning:attendance-mark", args=[opened.pk, opened.days.first().pk, member.pk])
    browser.post(mark, {"attended": "yes"})
    assert Attendance.objects.get().attended
    assert "Came" in browser.get(opened.get_absolute_url()).content.decode()


def test_the_editors_door_opens_by_capability():
    top = course()
    user = person(Role.EDITOR)
    browser = signed_in(user)

    assert browser.get("/editor/").status_code == 200
    assert browser.get(f"/editor/pages/{lessons_of(top)[0].pk}/edit/").status_code == 200
    assert signed_in(person(Role.TRAINEE)).get("/editor/").status_code == 403


def test_the_editors_door_closes_when_the_role_ends():
    course()
    place = organisation()
    user = person(Role.TRAINEE, place)
    grant = granted(user, Role.EDITOR, place)
    browser = signed_in(user)
    assert browser.get("/editor/").status_code == 200

    grant.delete()

    assert browser.get("/editor/").status_code == 403
