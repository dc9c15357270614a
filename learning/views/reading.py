"""Reading: the course's own page and its lessons."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from learning import permissions, queries, services
from learning.models import CoursePage, DayPage
from learning.views import drawing


@login_required
@require_safe
def page(request: HttpRequest, day: str = "", lesson: str = "") -> HttpResponse:
    """The course, a day of it or a lesson, found without a walk down the page tree."""
    permissions.may_read(request.actor).require()  # type: ignore[attr-defined]
    if lesson:
        found = queries.lesson_at(f"/course/{day}/{lesson}/")
        return _lesson(request, found)
    top = queries.course_at("/course/")
    if top is None:
        raise Http404
    if day:
        return redirect(f"/course/#{day}")
    return _course(request, top)


@login_required
@require_safe
def course(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """A course that stands elsewhere in the tree."""
    return _course(request, page.pk)


@login_required
@require_safe
def day(request: HttpRequest, page: DayPage) -> HttpResponse:
    """A day is a part of its course's page."""
    return redirect(f"{page.get_parent().url}#{page.slug}")


@login_required
@require_safe
def lesson(request: HttpRequest, page: Any) -> HttpResponse:
    """A lesson that stands elsewhere in the tree."""
    return _lesson(request, queries.lesson_by_id(page.pk))


def _course(request: HttpRequest, course_id: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    permissions.may_read(actor).require()
    outline = queries.outline(course_id, actor.user_id)
    if outline is None:
        raise Http404
    context = {
        "outline": outline,
        "edits": bool(permissions.may_edit(actor)),
        "course_id": course_id,
    }
    return render(request, "learning/course.html", context)


def _lesson(request: HttpRequest, found: queries.Lesson | None) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    permissions.may_read(actor).require()
    if found is None:
        raise Http404
    marks = services.settle(actor=actor, lesson=found)
    standing, road = marks.standing(found), queries.road_of(found, actor.user_id)
    context = {
        "lesson": found,
        "standing": standing,
        "road": road,
        "drawn": drawing.parts(found, queries.sheets_of(found, marks), get_token(request)),
        "left": drawing.left(standing),
        "end": drawing.end(standing, road.after, road.course_url),
        "edits": bool(permissions.may_edit(actor)),
    }
    return render(request, "learning/lesson.html", context)
