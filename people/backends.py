"""The one way in (allauth's), with a faster way to find out who is there at every request."""

from functools import cache
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.db import DEFAULT_DB_ALIAS

from people.models import User
from people.questions import SOMEBODY, Question

FIELDS = tuple(field.attname for field in User._meta.concrete_fields)


class AuthenticationBackend(AllauthBackend):
    """Signs in as allauth does."""

    def get_user(self, user_id: Any) -> User | None:
        """The person with this id whose account is open. One query."""
        try:
            row = _question().ask(user_id=UUID(str(user_id)))
        except ValueError:
            return None
        user = User.from_db(DEFAULT_DB_ALIAS, FIELDS, row) if row else None
        return user if user and self.user_can_authenticate(user) else None


@cache
def _question() -> Question:
    return Question(
        lambda user_id: User.objects.filter(pk=user_id).order_by().values_list(*FIELDS),
        user_id=SOMEBODY,
    )
