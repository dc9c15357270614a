"""Asking an address as somebody, leaving no trace: what came back, in a form to compare."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.db import connections, transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, Client, encode_multipart

from people.factors import SHOWN
from people.models import User
from tests.architecture.authorisation.cast import STRANGER, UNFACTORED

DOOR, FACTOR = "/account/login/", "/people/second-factor/"
CHANGING = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f-]{27}"  # ids
    rb"|nothing-here|987654321"
    rb'|name="csrfmiddlewaretoken" value="[^"]+"'
    rb"|&quot;X-CSRFToken&quot;: &quot;[^&]+&quot;|\"X-CSRFToken\": ?\"[^\"]+\""
)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes
    headers: dict[str, str]
    trouble: str = ""

    @property
    def is_html(self) -> bool:
        """Is it a page?"""
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def is_refusal(self) -> bool:
        """Did it stop before the thing: at the door, at the second factor, or with a plain no?"""
        at_door = self.status == 302 and self.location.startswith((DOOR, FACTOR))
        return at_door or self.status in (401, 403, 404, 405)

    @property
    def face(self) -> tuple[int, str, bytes]:
        """What a stranger can tell apart: status, target and words without ids and tokens."""
        where = CHANGING.sub(b"*", self.location.encode()).decode()
        return self.status, where.partition("?")[0], CHANGING.sub(b"*", self.body)

    def said(self) -> str:
        """The answer in a few words, for a fault."""
        if self.trouble:
            return f"{self.status} ({self.trouble})"
        return f"{self.status} to {self.location}" if self.location else str(self.status)


class Knocker:
    """One browser that can be anybody."""

    def __init__(self, people: dict[str, User]) -> None:
        self.client = Client(raise_request_exception=False)
        self.jars = {STRANGER: SimpleCookie()}
        for part, user in people.items():
            client = Client()
            client.force_login(user)
            session = client.session
            session[SHOWN] = part != UNFACTORED
            session.save()
            self.jars[part] = client.cookies

    def ask(self, part: str, method: str, path: str, **more: Any) -> Answer:
        """The answer; whatever it changed is undone."""
        with undone():
            return self._asked(part, method, path, **more)

    def tell(
        self, part: str, path: str, form: dict[str, Any], readers: list[tuple[str, str]]
    ) -> list[tuple[str, str, Answer]]:
        """The answer to a form, and then each page its readers see; all of it is undone."""
        with undone():
            first = self._asked(part, "POST", path, form=form)
            found = [(part, path, first)]
            if first.status in (302, 303) and first.location.startswith("/"):
                readers = [(part, first.location), *readers]
                found += [(who, at, self._asked(who, "GET", at)) for who, at in readers]
            return found

    def _asked(self, part: str, method: str, path: str, **more: Any) -> Answer:
        self.client.cookies = deepcopy(self.jars[part])
        response = self.client.generic(method, path, **_sent(more))
        return Answer(
            response.status_code,
            response.headers.get("Location", ""),
            response.getvalue(),
            dict(response.headers),
            _trouble(response),
        )


def _sent(more: dict[str, Any]) -> dict[str, Any]:
    """A form as a browser sends it, unless the body is given as it is."""
    form = more.pop("form", None)
    if form is None:
        return more
    clean = {name: "" if value is None else value for name, value in form.items()}
    return {**more, "data": encode_multipart(BOUNDARY, clean), "content_type": MULTIPART_CONTENT}


def _trouble(response: Any) -> str:
    seen = getattr(response, "exc_info", None)
    return f"{seen[0].__name__}: {str(seen[1])[:200]}" if seen else ""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside leaves no row behind, in either database."""
    with transaction.atomic(), transaction.atomic(using="keys"):
        try:
            yield
        finally:
            for alias in connections:
                transaction.set_rollback(True, using=alias)
