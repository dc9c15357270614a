"""A lesson's page for somebody who has read half of it, in courses of two lengths."""

from typing import Any

from benchmarks.floors.bare_view import bare_view
from benchmarks.pages import ask, house, person, session_of

NAME = "lesson page, lessons"
BAR = 3.3
QUERIES = 10
SIZES = (8, 60)


def prepare(lessons: int) -> tuple[Any, Any, str, str]:
    """A course of so many real lessons, and somebody in the middle of the second."""
    user = learner("reader@example.org")
    pages = planted(lessons)
    from learning import queries, services
    from people.queries import actor_for

    page = queries.lesson_by_id(pages[1].pk)
    for part in [part for part in page.parts if not part.choices][:4]:
        services.tick(actor=actor_for(user), lesson_id=page.id, block_id=part.id)
    return bare_view(), house(), session_of(user), page.url


def floor(state: tuple[Any, Any, str, str]) -> bytes:
    """The session, the person and two queries, on a page of one line."""
    return ask(state[0], "/bare/?queries=2", cookie=state[2])


def ours(state: tuple[Any, Any, str, str]) -> bytes:
    """The lesson as it is sent."""
    return ask(state[1], state[3], cookie=state[2])


def learner(email: str) -> Any:
    """A trainee of some service."""
    from people.kinds import OrganisationKind, Role
    from people.models import Organisation, RoleGrant

    user = person(email)
    place, _ = Organisation.objects.get_or_create(
        kind=OrganisationKind.SERVICE, name="Bench", slug="bench"
    )
    RoleGrant.objects.get_or_create(user=user, role=Role.TRAINEE, organisation=place, until=None)
    return user


def planted(lessons: int) -> list[Any]:
    """The real course, with as many lessons more (or fewer) as asked for."""
    from learning import services
    from learning.models import DayPage, LessonPage

    top = services.plant_course()
    live = LessonPage.objects.descendant_of(top).live().order_by("path")
    model = live[1]
    for page in live[lessons:]:
        page.unpublish()
    for number in range(live.count(), lessons):
        day = DayPage.objects.descendant_of(top).last()
        more = LessonPage(
            title=f"Lesson {number}",
            slug=f"lesson-{number}",
            summary=model.summary,
            minutes=model.minutes,
            body=list(model.body.raw_data),
        )
        day.add_child(instance=more)
        more.save_revision().publish()
    return list(live.all())
