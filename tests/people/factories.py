"""People, organisations, roles and ties for tests of every room.

Roles and ties begin two years ago, so that a test may speak about last spring.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from people.actor import Actor
from people.factors import SHOWN
from people.kinds import OrganisationKind, Role
from people.models import Organisation, RoleGrant, SupervisionTie, User
from people.queries import actor_for

_numbers = count(1)
_NAMES = ["Maya Osei", "Ruth Whitlow", "Samir Haddad", "Ines Carvalho", "Tom Ashby", "Lena Roux"]


def two_years_ago() -> date:
    """Long enough before today for any log in a test."""
    return timezone.localdate() - timedelta(days=730)


def organisation(kind: str = OrganisationKind.SERVICE, name: str = "") -> Organisation:
    """A body, a service or a practice with a name of its own."""
    number = next(_numbers)
    return Organisation.objects.create(
        kind=kind, name=name or f"Organisation {number}", slug=f"organisation-{number}"
    )


def body(name: str = "") -> Organisation:
    """An accrediting body."""
    return organisation(OrganisationKind.BODY, name)


def person(
    role: str | Iterable[str] | None = Role.TRAINEE,
    organisation: Organisation | None = None,
    *,
    name: str = "",
    **facts: Any,
) -> User:
    """Somebody who holds this role (or these, or None) in an organisation, made when not given."""
    number = next(_numbers)
    user = User.objects.create_user(
        f"person{number}@example.org", name=name or _NAMES[number % len(_NAMES)], **facts
    )
    roles = [role] if isinstance(role, str) else list(role or [])
    for each in roles:
        granted(user, each, organisation or _place())
    return user


def _place() -> Organisation:
    return organisation()


def granted(
    user: User, role: str, organisation: Organisation, *, until: date | None = None
) -> RoleGrant:
    """The person holds this role there too."""
    return RoleGrant.objects.create(
        user=user, role=role, organisation=organisation, since=two_years_ago(), until=until
    )


def tied(supervisor: User, trainee: User, *, until: date | None = None) -> SupervisionTie:
    """The supervisor supervises the trainee (until that day, when one is given)."""
    return SupervisionTie.objects.create(
        supervisor=supervisor, supervisee=trainee, since=two_years_ago(), until=until
    )


def actor_of(user: User) -> Actor:
    """The facts about this person as a request would read them now."""
    return actor_for(User.objects.get(pk=user.pk))


def signed_in(user: User, client: Client | None = None) -> Client:
    """A browser in which this person has signed in and shown a second factor."""
    browser = client or Client()
    browser.force_login(user)
    session = browser.session
    session[SHOWN] = True
    session.save()
    return browser
