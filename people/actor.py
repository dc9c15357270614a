"""Who is asking: plain facts, read once per request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from people.kinds import CAPABILITIES, NEED_SECOND_FACTOR, Capability, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held today in one organisation."""

    role: Role
    organisation_id: UUID
    organisation: str
    organisation_kind: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A frozen value: who asks, which roles they hold today, and whom they supervise today."""

    user_id: UUID | None
    name: str = ""
    email: str = ""
    grants: tuple[Grant, ...] = ()
    supervisee_ids: frozenset[UUID] = field(default_factory=frozenset)
    supervisor_ids: frozenset[UUID] = field(default_factory=frozenset)
    ever_supervisor_ids: frozenset[UUID] = field(default_factory=frozenset)
    ever_supervisee_ids: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def is_signed_in(self) -> bool:
        """True for a known, active person."""
        return self.user_id is not None

    @property
    def first_name(self) -> str:
        """The first word of the name."""
        return self.name.split(" ")[0]

    def can(self, capability: Capability, organisation_id: UUID | None = None) -> bool:
        """True when a role of today gives this, in that organisation or (None) in any."""
        return any(
            capability in CAPABILITIES[grant.role]
            for grant in self.grants
            if organisation_id is None or grant.organisation_id == organisation_id
        )

    def can_any(self, capabilities: Iterable[Capability]) -> bool:
        """True when at least one of these is given somewhere."""
        return any(self.can(capability) for capability in capabilities)

    def organisations_where(self, capability: Capability) -> frozenset[UUID]:
        """The ids of the organisations in which this is given."""
        return frozenset(
            grant.organisation_id for grant in self.grants if capability in CAPABILITIES[grant.role]
        )

    @property
    def needs_second_factor(self) -> bool:
        """True for everyone who can see film, decide or edit."""
        return self.can_any(NEED_SECOND_FACTOR)


STRANGER = Actor(user_id=None)
