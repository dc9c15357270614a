"""Sessions and people looked up by questions put once: the answers are Django's own."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.backends import db
from django.test import RequestFactory
from django.utils import timezone

from people.backends import AuthenticationBackend
from people.models import User
from people.sessions import SessionStore
from tests.people.factories import person

pytestmark = pytest.mark.django_db


def kept(**facts: object) -> str:
    """The key of a session that holds this."""
    session = SessionStore()
    session.update(facts)
    session.create()
    return str(session.session_key)


def test_a_session_holds_what_was_put_into_it(django_assert_num_queries):
    key = kept(colour="green")

    with django_assert_num_queries(1):
        assert dict(SessionStore(key).items()) == {"colour": "green"}
    assert dict(db.SessionStore(key).items()) == {"colour": "green"}


@pytest.mark.parametrize("key", ["", "x" * 32, "'; --" * 7])
def test_an_unknown_session_holds_nothing_and_loses_its_key(key):
    session = SessionStore(key)

    assert dict(session.items()) == {}
    assert session.session_key is None


def test_a_session_that_ran_out_holds_nothing():
    key = kept(colour="green")
    db.SessionStore.get_model_class().objects.update(
        expire_date=timezone.now() - timedelta(hours=1)
    )

    assert dict(SessionStore(key).items()) == {}


def test_somebody_is_found_with_every_field(django_assert_num_queries):
    mine = person()

    with django_assert_num_queries(1):
        found = AuthenticationBackend().get_user(str(mine.pk))

    fields = [field.attname for field in User._meta.concrete_fields]
    fresh = User.objects.get(pk=mine.pk)
    assert [getattr(found, name) for name in fields] == [getattr(fresh, name) for name in fields]


def test_nobody_is_found_by_a_closed_account_or_a_wrong_id():
    closed = person()
    User.objects.filter(pk=closed.pk).update(is_active=False)

    assert AuthenticationBackend().get_user(closed.pk) is None
    assert AuthenticationBackend().get_user("not an id") is None


def test_a_changed_password_ends_the_session(client):
    mine = person()
    client.force_login(mine)
    mine.set_password("another long sentence")
    mine.save()
    request = RequestFactory().get("/")
    request.session = SessionStore(client.session.session_key)

    assert not get_user(request).is_authenticated
