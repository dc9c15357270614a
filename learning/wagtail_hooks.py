"""Where Wagtail asks: a page of the course is shown by our own views, wherever it stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from learning import views
from learning.models import CoursePage, DayPage, LessonPage

VIEWS = {CoursePage: views.course, DayPage: views.day, LessonPage: views.lesson}


@hooks.register("before_serve_page")
def serve_course(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """The course's pages need a sign-in and a role; Wagtail's own serving is never reached."""
    view = VIEWS.get(type(page))
    return view(request, page) if view else None
