"""The ground of the demo: organisations, people, roles, ties."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from people import services as people
from people.actor import Actor
from people.models import Organisation, User
from people.queries import actor_for
from portal.demo.world import cast

LONG_AGO = timedelta(days=900)
PASSWORD = "two lines in step"  # noqa: S105 - the demo's, printed on its own page


@dataclass
class World:
    """What has been made so far, by key; `today` is the day the demo was loaded."""

    today: date = field(default_factory=timezone.localdate)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """The person's facts as they stand now."""
        return actor_for(self.people[key])

    def ago(self, days: int) -> date:
        """So many days before today."""
        return self.today - timedelta(days=days)


def lay() -> World:
    """The organisations stand, everybody holds their roles, supervisors are tied."""
    if not settings.DEMO:
        raise RuntimeError("The demo's people are made only in the demo.")
    world = World()
    for key, (kind, name) in cast.ORGANISATIONS.items():
        world.organisations[key] = people.found(kind=kind, name=name, slug=slugify(name))
    for part in (*cast.CAST, *cast.COLLEAGUES):
        world.people[part.key] = _person(part)
    _first_roles(world)
    helen = world.actor("helen")
    for supervisor, supervisee in cast.TIES:
        people.tie(
            actor=helen,
            supervisor_id=world.people[supervisor].pk,
            supervisee_id=world.people[supervisee].pk,
            since=world.today - LONG_AGO,
        )
    return world


def _person(part: cast.Part) -> User:
    user = User.objects.create_user(part.email, PASSWORD, name=part.name)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def _first_roles(world: World) -> None:
    for part in (*cast.CAST, *cast.COLLEAGUES):
        for role, place in part.roles:
            people.first_role(
                user_id=world.people[part.key].pk,
                role=role,
                organisation_id=world.organisations[place].pk,
                since=world.today - LONG_AGO,
            )
