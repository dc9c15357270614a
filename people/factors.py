"""Second factors: shown in this session, or not yet."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

SHOWN = "second_factor_shown"


def has_shown_a_second_factor(request: HttpRequest) -> bool:
    """True when this session was opened, or confirmed, with a code or a passkey."""
    if request.session.get(SHOWN):
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request))
