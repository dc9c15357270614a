"""A bare Django page: the session, the person, and as many more queries and rows as asked for."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.models import Session
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test.utils import override_settings
from django.urls import path
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

PLAIN_SESSIONS = "django.contrib.sessions.backends.db"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "benchmarks.floors.bare_view.PlainPersonMiddleware",
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


class PlainPersonMiddleware:
    """`request.user` as Django's own middleware and backend find it (ours is faster)."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to whoever the session names."""
        request.user = SimpleLazyObject(lambda: _person(request.session))  # type: ignore[assignment]
        return self.answer(request)


def _person(session: Any) -> Any:
    person = ModelBackend().get_user(UUID(session[SESSION_KEY]))
    if not constant_time_compare(session[HASH_SESSION_KEY], person.get_session_auth_hash()):
        raise AssertionError("this session is not theirs")
    return person


class BareHandler(WSGIHandler):
    """The bare page behind these middlewares, at addresses of its own."""

    def __init__(self, middleware: list[str]) -> None:
        with override_settings(MIDDLEWARE=middleware, SESSION_ENGINE=PLAIN_SESSIONS):
            super().__init__()

    def get_response(self, request: HttpRequest) -> Any:
        """The answer of the floor's own addresses instead of the house's."""
        request.urlconf = __name__  # type: ignore[attr-defined]
        return super().get_response(request)


def bare_view() -> BareHandler:
    """The bare page behind the two middlewares that it cannot do without."""
    return BareHandler(MIDDLEWARE)
