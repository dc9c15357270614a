"""The people of the demo as its page lists them."""

from dataclasses import dataclass
from uuid import UUID

from people.models import User
from portal.demo.world import cast


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody one can look around as."""

    id: UUID
    name: str
    roles: str
    line: str
    try_this: str


def people() -> tuple[Person, ...]:
    """The cast, in the order of the bill; those not loaded yet are left out."""
    found = dict(User.objects.filter(email__in=_emails()).values_list("email", "pk"))
    return tuple(
        Person(found[part.email], part.name, _roles(part), part.line, part.try_this)
        for part in cast.CAST
        if part.email in found
    )


def is_of_the_cast(user: User) -> bool:
    """True for a person of the demo: nobody else can be looked around as."""
    return user.email in _emails()


def _emails() -> set[str]:
    return {part.email for part in cast.CAST}


def _roles(part: cast.Part) -> str:
    return " · ".join(dict.fromkeys(str(role.label) for role, _ in part.roles))
