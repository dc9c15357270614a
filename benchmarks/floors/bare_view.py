"""A bare Django page: the session, the person, and as many more queries and rows as asked for."""

from typing import Any

from django.contrib.sessions.models import Session
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test.utils import override_settings
from django.urls import path

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
PAGE = Engine().from_string(
    "<!doctype html><title>Bare</title><h1>{{ person }}</h1><p>{{ found|join:', ' }}</p>"
    "<table>{% for row in rows %}<tr><td>{{ row }}</td></tr>{% endfor %}</table>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """The page; `?queries=2&rows=0`."""
    wanted = int(request.GET.get("queries", 2))
    found = [Session.objects.filter(expire_date__year=2000 + n).count() for n in range(wanted)]
    rows = range(int(request.GET.get("rows", 0)))
    context = Context({"person": request.user.pk, "found": found, "rows": rows})
    return HttpResponse(PAGE.render(context))


urlpatterns = [path("bare/", bare)]


class BareHandler(WSGIHandler):
    """The bare page behind these middlewares, at addresses of its own."""

    def __init__(self, middleware: list[str]) -> None:
        with override_settings(MIDDLEWARE=middleware):
            super().__init__()

    def get_response(self, request: HttpRequest) -> Any:
        """The answer of the floor's own addresses instead of the house's."""
        request.urlconf = __name__  # type: ignore[attr-defined]
        return super().get_response(request)


def bare_view() -> BareHandler:
    """The bare page behind the two middlewares that it cannot do without."""
    return BareHandler(MIDDLEWARE)
