"""Second factors: shown in this session, or not yet; and the session of a new account."""

from typing import Any

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.http import HttpRequest

from people.models import User

SHOWN = "second_factor_shown"
BACKEND = "people.backends.AuthenticationBackend"


def has_shown_a_second_factor(request: HttpRequest) -> bool:
    """True when this session was opened, or confirmed, with a code or a passkey."""
    return is_shown_in(request.session)


def is_shown_in(session: Any) -> bool:
    """The same, asked of the session alone."""
    if session.get(SHOWN):
        return True
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(record.get("method") == "mfa" for record in records)


def has_a_second_factor(user: User) -> bool:
    """True when an authenticator app or a passkey is set up; recovery codes alone are none."""
    mine = Authenticator.objects.filter(user_id=user.pk)
    return mine.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def notice_new_factor(request: HttpRequest) -> bool:
    """A factor set up in this very session counts as shown: setting it up asked for its code."""
    opened_at = min((record.get("at", 0) for record in _records(request)), default=None)
    if opened_at is None:
        return False
    mine = Authenticator.objects.filter(user_id=request.user.pk).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    if any(factor.created_at.timestamp() >= opened_at for factor in mine):
        request.session[SHOWN] = True
        return True
    return False


def open_session(request: HttpRequest, user: User, *, typed_it_now: bool = False) -> None:
    """The person is signed in, as if by their password, and the session is in their list.

    Whoever has typed that password this minute is not asked for it again on the next page.
    """
    login(request, user, backend=BACKEND)
    facts = {"email": user.email, "reauthenticated": True if typed_it_now else None}
    record_authentication(request, user, "password", **facts)
    UserSession.objects.create_from_request(request)


def _records(request: HttpRequest) -> list[dict]:
    return get_authentication_records(request, request.user)
