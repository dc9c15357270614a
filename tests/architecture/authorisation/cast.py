"""Everybody who may knock: the trainee at the centre, and all who are near to or far from them.

The thing that is asked for is always the trainee's (or their body's, service's, meeting's). So the
"own" of each role is one person here and the "other's" another: supervisor and other_supervisor.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from people.kinds import Role
from people.models import Organisation, User
from tests.people.factories import body, granted, organisation, person, tied

STRANGER, SUSPENDED, UNFACTORED = "stranger", "suspended", "unfactored"


@dataclass
class Cast:
    """The people by the name of their part, and the places they belong to."""

    home: Organisation
    far_body: Organisation
    service: Organisation
    far_service: Organisation
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, part: str) -> User:
        return self.people[part]


# Everybody who signs in and shows a second factor: part -> (role, which place).
PARTS: dict[str, tuple[str | None, str]] = {
    "nobody": (None, ""),
    "trainee": (Role.TRAINEE, "service"),
    "colleague": (Role.TRAINEE, "service"),
    "other_trainee": (Role.TRAINEE, "far_service"),
    "supervisor": (Role.SUPERVISOR, "home"),
    "ex_supervisor": (Role.SUPERVISOR, "home"),
    "other_supervisor": (Role.SUPERVISOR, "home"),
    "external": (Role.SUPERVISOR, "home"),
    "other_external": (Role.SUPERVISOR, "home"),
    "officer": (Role.OFFICER, "home"),
    "other_officer": (Role.OFFICER, "far_body"),
    "registrar": (Role.REGISTRAR, "home"),
    "other_registrar": (Role.REGISTRAR, "far_body"),
    "manager": (Role.SERVICE_MANAGER, "service"),
    "other_manager": (Role.SERVICE_MANAGER, "far_service"),
    "trainer": (Role.TRAINER, "home"),
    "other_trainer": (Role.TRAINER, "far_body"),
    "editor": (Role.EDITOR, "home"),
}
SIGNED = tuple(PARTS)
EVERYBODY = (STRANGER, SUSPENDED, UNFACTORED, *SIGNED)


def gathered() -> Cast:
    """All of them, with the ties of today and of yesterday."""
    cast = Cast(
        body("A body"),
        body("Another body"),
        organisation(name="A service"),
        organisation(name="Another service"),
    )
    for part, (role, place) in PARTS.items():
        where = getattr(cast, place) if place else None
        cast.people[part] = person(role, where, name=part.replace("_", " ").title())
    tied(cast["supervisor"], cast["trainee"])
    tied(cast["supervisor"], cast["colleague"])
    tied(cast["other_supervisor"], cast["other_trainee"])
    yesterday = timezone.localdate() - timedelta(days=1)
    tied(cast["ex_supervisor"], cast["trainee"], until=yesterday)
    cast.people[SUSPENDED] = _suspended(cast)
    cast.people[UNFACTORED] = cast["trainee"]
    return cast


def _suspended(cast: Cast) -> User:
    """Somebody who could do nearly everything here, were the account open."""
    user = person(Role.SUPERVISOR, cast.home, name="Closed Account")
    granted(user, Role.REGISTRAR, cast.home)
    granted(user, Role.TRAINER, cast.home)
    granted(user, Role.SERVICE_MANAGER, cast.service)
    tied(user, cast["trainee"])
    return user
