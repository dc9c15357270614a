"""Sessions in the database, as Django keeps them; reading one puts no question into SQL anew."""

from datetime import UTC, datetime
from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from people.questions import Question

FIELDS = ("session_key", "session_data", "expire_date")


class SessionStore(db.SessionStore):
    """Django's own store of sessions, with a faster way to look one up."""

    def _get_session_from_db(self) -> Session | None:
        row = (
            _question().ask(key=self.session_key, now=timezone.now()) if self.session_key else None
        )
        if row is None:
            self._session_key = None
            return None
        return Session.from_db(DEFAULT_DB_ALIAS, FIELDS, row)


@cache
def _question() -> Question:
    return Question(
        lambda key, now: (
            Session.objects.filter(session_key=key, expire_date__gt=now)
            .order_by()
            .values_list(*FIELDS)
        ),
        key="a session key",
        now=datetime(2999, 12, 31, tzinfo=UTC),
    )
