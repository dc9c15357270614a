"""What a session claims about the person who asks, for answers that have no time to ask twice.

The ordinary road (sessions, people, roles and ties, one after the other) stands in the middleware.
Here the session is read alone; whatever it claims must then be borne out by the person's own row,
which the caller reads together with the thing that is asked for.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from people.factors import is_shown_in
from people.models import User


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody opened a session as this person, through our door, second factor shown."""

    user_id: UUID
    mark: str


def claim_of(request: HttpRequest) -> Claim | None:
    """What this request's session claims; None without one that opens film. One query."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return claim_of_session(key) if key else None


def claim_of_session(key: str) -> Claim | None:
    """What the session of this key claims; None when it has ended or opens no film. One query."""
    session = _session(key)
    if not is_shown_in(session):
        return None
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    try:
        return Claim(UUID(session[SESSION_KEY]), session[HASH_SESSION_KEY])
    except (KeyError, ValueError):
        return None


def is_borne_out(claim: Claim, password: str | None) -> bool:
    """Is this still the person's password (as its hash), the one the session was opened with?"""
    if password is None:
        return False
    person: Any = User.from_db(DEFAULT_DB_ALIAS, ("password", "id"), (password, claim.user_id))
    return constant_time_compare(claim.mark, person.get_session_auth_hash())


def _session(key: str) -> Any:
    """What the session of this key holds; nothing when there is none, or it has run out."""
    return import_module(settings.SESSION_ENGINE).SessionStore(key)
