"""A part ticked, as htmx sends it, each time a part that was not done."""

from itertools import cycle
from typing import Any

from benchmarks.floors.bare_view import bare_view
from benchmarks.lesson_page import learner, planted
from benchmarks.pages import ask, house, session_of

NAME = "tick a part, lessons"
BAR = None
QUERIES = 8
SIZES = (8, 60)


def prepare(lessons: int) -> tuple[Any, Any, str, Any, Any]:
    """A reader, and one part after another of one lesson."""
    from django.conf import settings

    from learning import queries

    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if not name.endswith("CsrfViewMiddleware")
    ]
    user = learner("ticker@example.org")
    pages = planted(lessons)
    paths = [
        f"/learning/lessons/{lesson.id}/parts/{part.id}/done/"
        for lesson in map(queries.lesson_by_id, [page.pk for page in pages])
        for part in [part for part in lesson.parts if not part.choices][:-1]
    ]
    return bare_view(), house(), session_of(user), cycle([*paths, ""]), user


def floor(state: tuple[Any, Any, str, Any, Any]) -> bytes:
    """The session, the person, two queries and one durable row."""
    from people.models import Draft

    told = ask(state[0], "/bare/?queries=2", cookie=state[2])
    Draft.objects.bulk_create(
        [Draft(user=state[4], key="bench", fields={})],
        update_conflicts=True,
        unique_fields=["user", "key"],
        update_fields=["fields"],
    )
    return told


def ours(state: tuple[Any, Any, str, Any, Any]) -> bytes:
    """One tick of a part not done yet; after the last of them all, the ticks are taken back."""
    from learning.models import Progress

    path = next(state[3])
    if not path:
        Progress.objects.filter(user=state[4]).delete()
        path = next(state[3])
    return ask(state[1], path, cookie=state[2], method="POST", HTTP_HX_REQUEST="true")
