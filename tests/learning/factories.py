"""Courses, lessons and readers for tests: pages are planted and published as an editor would."""

from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from wagtail.models import Page, Site

from learning import queries, services
from learning.kinds import CourseFormat
from learning.models import Cohort, CoursePage, DayPage, LessonPage
from people.actor import Actor
from people.kinds import Role
from people.models import Organisation, User
from tests.people.factories import actor_of, organisation, person

_numbers = count(1)


def text(title: str = "Something to read") -> dict[str, Any]:
    """A part to read."""
    return {"type": "text", "id": str(uuid4()), "value": {"title": title, "body": "<p>Words.</p>"}}


def reflection(title: str = "Your words") -> dict[str, Any]:
    """A part with a place for notes."""
    value = {"title": title, "prompt": "<p>What do you think?</p>"}
    return {"type": "reflection", "id": str(uuid4()), "value": value}


def check(title: str = "Which fits?") -> dict[str, Any]:
    """A part with two answers: the first fits, the second is worth another look."""
    choices = [
        {"words": "Wait", "fits": True, "feedback": "Yes. He looked up."},
        {"words": "Speak", "fits": False, "feedback": "Kindly meant. Look at his eyes."},
    ]
    rows = [{"type": "item", "id": str(uuid4()), "value": choice} for choice in choices]
    value = {"title": title, "situation": "<p>He turns away.</p>", "choices": rows}
    return {"type": "knowledge_check", "id": str(uuid4()), "value": value}


def film(film_id: str = "") -> dict[str, Any]:
    """A part with a film, or only its words."""
    value = {
        "title": "A film",
        "seconds": 40,
        "about": "",
        "look_for": "<p>Turns.</p>",
        "transcript": "00:00 She waits.\n00:04 He looks.",
        "film": film_id,
    }
    return {"type": "film", "id": str(uuid4()), "value": value}


def home() -> Page:
    """The home page of the default site."""
    return Site.objects.select_related("root_page").get(is_default_site=True).root_page


def course(lessons: int = 1, parts: int = 3, slug: str = "course") -> CoursePage:
    """A published course of one day with so many lessons of so many parts."""
    top = _published(home(), CoursePage(title="A course", slug=slug, summary="Short."))
    day = _published(top, DayPage(title="Day 1", slug="day-1", summary="A day."))
    for _ in range(lessons):
        lesson([text(f"Part {number + 1}") for number in range(parts)], day)
    return top


def lesson(body: list[dict[str, Any]], day: DayPage | None = None, minutes: int = 12) -> LessonPage:
    """A published lesson of these parts, in a course of its own when no day is given."""
    number = next(_numbers)
    day = day or DayPage.objects.descendant_of(course(0)).get()
    page = LessonPage(
        title=f"Lesson {number}",
        slug=f"lesson-{number}",
        summary="Short.",
        minutes=minutes,
        body=body,
    )
    return _published(DayPage.objects.get(pk=day.pk), page)


def _published(parent: Page, page: Any) -> Any:
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def lessons_of(top: CoursePage) -> list[LessonPage]:
    """The lessons of a course, in order."""
    return list(LessonPage.objects.descendant_of(top).live().order_by("path"))


def republished(page: LessonPage, body: list[dict[str, Any]]) -> LessonPage:
    """The lesson after an editor published other parts."""
    fresh = LessonPage.objects.get(pk=page.pk)
    fresh.body = body
    fresh.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def read(user: User, page: LessonPage, parts: int | None = None) -> None:
    """The person ticks the first so many parts of a lesson (all, when none is given)."""
    found = queries.lesson_by_id(page.pk)
    assert found is not None
    actor = actor_of(user)
    for part in found.parts[:parts]:
        if part.choices:
            services.answer(
                actor=actor,
                lesson_id=page.pk,
                block_id=part.id,
                choice_id=part.choices[0].id,
            )
        else:
            services.tick(actor=actor, lesson_id=page.pk, block_id=part.id)


def trainer(place: Organisation | None = None) -> tuple[User, Actor]:
    """A trainer and the facts about them."""
    user = person(Role.TRAINER, place or organisation())
    return user, actor_of(user)


def cohort(members: int = 0, lessons: int = 2) -> tuple[Cohort, User]:
    """A cohort in progress and its trainer."""
    place = organisation()
    user, actor = trainer(place)
    opened = services.open_cohort(
        actor=actor,
        course_id=course(lessons).pk,
        organisation_id=place.pk,
        name=f"Cohort {next(_numbers)}",
        starts_on=date(2026, 3, 2),
        format=CourseFormat.TWO_DAYS,
    )
    for _ in range(members):
        learner = person(Role.TRAINEE, place)
        services.join_cohort(cohort_id=opened.pk, user_id=learner.pk, by_id=user.pk)
    return opened, user
