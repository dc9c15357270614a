"""Pages asked for as gunicorn asks: straight through WSGI, without a test client's own cost."""

import io
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler

from people.sessions import SessionStore

SHOWN = "second_factor_shown"
Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def house() -> Application:
    """The whole house as the web server sees it."""
    return WSGIHandler()


def session_of(user: Any) -> str:
    """The cookie of a session that this person opened, second factor shown."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[SHOWN] = True
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def ask(
    application: Application,
    path: str,
    *,
    cookie: str = "",
    method: str = "GET",
    body: bytes = b"",
    **headers: str,
) -> bytes:
    """The body of the answer; anything but 200, 204 or 206 is an error of the bench."""
    told: list[str] = []
    environ = question(path, cookie, method, body) | headers
    answer = application(environ, lambda status, _headers, *_rest: told.append(status))
    words = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if told[0][:3] not in {"200", "204", "206"}:
        raise AssertionError(f"{method} {path} answered {told[0]}: {words[:400]!r}")
    return words


def question(path: str, cookie: str, method: str, body: bytes) -> dict[str, Any]:
    """What a web server hands to the application."""
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.version": (1, 0),
        "wsgi.run_once": False,
    }


def person(email: str) -> Any:
    """Somebody who can sign in, made or found."""
    from people.models import User

    return User.objects.get_or_create(email=email)[0]


def guider(email: str) -> Any:
    """Somebody of this address who practises today, and so may send and watch film."""
    from people.kinds import OrganisationKind, Role
    from people.models import Organisation
    from people.services import first_role

    user = person(email)
    place = Organisation.objects.get_or_create(name="Bench", kind=OrganisationKind.SERVICE)[0]
    first_role(user_id=user.pk, role=Role.GUIDER, organisation_id=place.pk)
    return user
