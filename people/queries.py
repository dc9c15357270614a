"""Reads about people that cross models."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Q
from django.utils import timezone
from django.utils.formats import date_format

from people import permissions
from people.actor import STRANGER, Actor, Grant
from people.kinds import CAPABILITIES, Capability, Role
from people.models import Group, GroupMember, Organisation, RoleGrant, SupervisionTie, User
from people.questions import SOMEBODY, Question

SOME_DAY = date(2999, 12, 31)  # a stand-in for today


def actor_for(user: Any) -> Actor:
    """The facts about this person today, in two queries; a stranger when suspended."""
    if not user.is_authenticated or not user.is_active or user.suspended_at:
        return STRANGER
    ties = _ties_of(user.pk)
    return Actor(
        user_id=user.pk,
        name=user.name,
        email=user.email,
        grants=_grants_of(user.pk),
        supervisee_ids=ties["supervisees"],
        supervisor_ids=ties["supervisors"],
        ever_supervisor_ids=ties["ever_supervisors"],
        ever_supervisee_ids=ties["ever_supervisees"],
    )


def actor_inside(user_id: UUID, today: date) -> Actor:
    """An actor for a question that asks for the supervisees itself, in the same breath.

    Holds no roles: good for rules that go by ties, and ask for roles as `holds` does.
    """
    ties = SupervisionTie.objects.holding(today).filter(supervisor_id=user_id)
    supervisees: Any = ties.values("supervisee_id")
    return Actor(user_id=user_id, supervisee_ids=supervisees)


def _grants_of(user_id: UUID) -> tuple[Grant, ...]:
    rows = _grants().all(user_id=user_id, today=timezone.localdate())
    return tuple(Grant(Role(role), *facts) for role, *facts in rows)


@cache
def _grants() -> Question:
    return Question(
        lambda user_id, today: (
            RoleGrant.objects.holding(today)
            .filter(user_id=user_id)
            .order_by("since", "role")
            .values_list("role", "organisation_id", "organisation__name", "organisation__kind")
        ),
        user_id=SOMEBODY,
        today=SOME_DAY,
    )


def _ties_of(user_id: UUID) -> dict[str, frozenset[UUID]]:
    today = timezone.localdate()
    rows = _ties().all(user_id=user_id)

    def now(since: Any, until: Any, ended_at: Any) -> bool:
        return ended_at is None and since <= today and (until is None or until >= today)

    return {
        "supervisees": frozenset(e for r, e, *times in rows if r == user_id and now(*times)),
        "supervisors": frozenset(r for r, e, *times in rows if e == user_id and now(*times)),
        "ever_supervisees": frozenset(e for r, e, *_ in rows if r == user_id),
        "ever_supervisors": frozenset(r for r, e, *_ in rows if e == user_id),
    }


@cache
def _ties() -> Question:
    return Question(
        lambda user_id: SupervisionTie.objects.filter(
            Q(supervisor_id=user_id) | Q(supervisee_id=user_id)
        ).values_list("supervisor_id", "supervisee_id", "since", "until", "ended_at"),
        user_id=SOMEBODY,
    )


@dataclass(frozen=True, slots=True)
class PersonHere:
    """A person, the roles they hold in one organisation today, and those the reader may end."""

    user: User
    roles: tuple[RoleGrant, ...]
    supervisors: tuple[str, ...]
    endable: frozenset[UUID]


def people_of(organisation_id: UUID, actor: Actor) -> list[PersonHere]:
    """Everybody with a role here today, by name, in three queries."""
    grants = RoleGrant.objects.in_force().filter(organisation_id=organisation_id)
    held: dict[UUID, list[RoleGrant]] = {}
    for grant in grants.select_related("user").order_by("user__name", "role"):
        held.setdefault(grant.user_id, []).append(grant)
    ties = SupervisionTie.objects.in_force().filter(supervisee_id__in=held)
    names: dict[UUID, list[str]] = {}
    for supervisee_id, name in ties.values_list("supervisee_id", "supervisor__name"):
        names.setdefault(supervisee_id, []).append(name)
    return [
        PersonHere(
            roles[0].user,
            tuple(roles),
            tuple(names.get(user_id, ())),
            frozenset(
                role.pk
                for role in roles
                if user_id != actor.user_id
                and permissions.may_give(actor, organisation_id, role.role)
            ),
        )
        for user_id, roles in held.items()
    ]


def ever_supervised(*, supervisor_id: UUID, supervisee_id: UUID) -> bool:
    """True when this supervisor is, or ever was, the person's own."""
    return SupervisionTie.objects.filter(
        supervisor_id=supervisor_id, supervisee_id=supervisee_id
    ).exists()


def supervised_on(*, supervisor_id: UUID, supervisee_id: UUID, on: date) -> bool:
    """True when this supervisor was the person's own on that day."""
    ties = SupervisionTie.objects.in_force(on)
    return ties.filter(supervisor_id=supervisor_id, supervisee_id=supervisee_id).exists()


def with_role(roles: list[Role], organisation_id: UUID | None = None) -> Any:
    """Active people who hold one of these roles today, by name."""
    grants = RoleGrant.objects.in_force().filter(role__in=roles)
    if organisation_id:
        grants = grants.filter(organisation_id=organisation_id)
    return User.objects.filter(
        pk__in=grants.values("user_id"), is_active=True, suspended_at=None
    ).order_by("name")


def who_can(capability: Capability, organisation_id: UUID | None = None) -> Any:
    """Active people whose role of today gives them this (in that organisation), by name."""
    return with_role(_roles_giving(capability), organisation_id)


def holds(person: Any, capability: Capability, today: date | None = None) -> Exists:
    """An expression: this person's account is open, and a role of today gives them this.

    `Case.objects.filter(holds(OuterRef("guider"), Capability.SEND_FILM))`; an id does as well.
    """
    roles = RoleGrant.objects.holding(today or timezone.localdate()).filter(
        role__in=_roles_giving(capability), user__in=User.objects.with_open_account()
    )
    return Exists(roles.filter(user=person))


def _roles_giving(capability: Capability) -> list[Role]:
    return [role for role in Role if capability in CAPABILITIES[role]]


def supervisors_of(user_id: UUID) -> Any:
    """Active people who supervise this person today, by name."""
    ties = SupervisionTie.objects.in_force().filter(supervisee_id=user_id)
    return User.objects.filter(
        pk__in=ties.values("supervisor_id"), is_active=True, suspended_at=None
    ).order_by("name")


def belongs(group: Any, person: Any, today: date | None = None) -> Exists:
    """An expression: this person is of that group today, and the group has begun and not ended.

    `Submission.objects.filter(belongs(OuterRef("group"), user_id))`; either may be an OuterRef.
    """
    return Exists(GroupMember.objects.belonging(person, today).filter(group=group))


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in a list: where it stands today, and how many belong to it."""

    group: Group
    word: str
    member_count: int
    may_lead: bool


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group with everybody who belongs to it, and whom its leader could add."""

    line: GroupLine
    members: tuple[GroupMember, ...]
    left: tuple[GroupMember, ...]
    mine: GroupMember | None


def groups_for(actor: Actor) -> tuple[GroupLine, ...]:
    """The groups this person belongs to, leads or answers for, by name, in one query."""
    here = Q(members__ended_at=None) & (
        Q(members__until=None) | Q(members__until__gte=timezone.localdate())
    )
    rows = Group.objects.visible_to(actor).select_related("organisation", "led_by")
    counted = rows.annotate(member_count=Count("members", filter=here, distinct=True))
    return tuple(_line(row, row.member_count, actor) for row in counted.order_by("name", "since"))


def group_page(group: Group, actor: Actor) -> GroupPage:
    """Who belongs to it, by name, and who has left, in one query."""
    today = timezone.localdate()
    rows = list(group.members.select_related("user").order_by("user__name", "since"))
    gone = [row for row in rows if row.ended_at or (row.until and row.until < today)]
    here = tuple(row for row in rows if row not in gone)
    line = _line(group, len(here), actor)
    mine = next((row for row in here if row.user_id == actor.user_id), None)
    return GroupPage(line, here, tuple(gone) if line.may_lead else (), mine)


def _line(group: Group, count: int, actor: Actor) -> GroupLine:
    may_lead = bool(permissions.may_lead(actor, group))
    return GroupLine(group, group_word(group, timezone.localdate()), count, may_lead)


def group_word(group: Group, today: date) -> str:
    """Where a group stands on that day, in words."""
    if group.ended_at or (group.until and group.until < today):
        return f"ended on {date_format(group.until, 'j F Y')}"
    if group.since > today:
        return f"begins on {date_format(group.since, 'j F Y')}"
    if group.until:
        return f"until {date_format(group.until, 'j F Y')}"
    return f"since {date_format(group.since, 'j F Y')}"


def could_join(group: Group, actor: Actor) -> Any:
    """People near to a group who work with film today and do not belong to it, by name.

    Those of its organisation, and whom this person supervises; others are added by their address.
    """
    inside = group.members.holding(timezone.localdate()).values("user_id")
    near = who_can(Capability.SEND_FILM, group.organisation_id).values("pk")
    return (
        who_can(Capability.SEND_FILM)
        .filter(Q(pk__in=near) | Q(pk__in=actor.supervisee_ids))
        .exclude(pk__in=inside)
    )


def gathers_at(actor: Actor) -> Any:
    """The organisations in which this person may begin a group, by name."""
    leads = actor.organisations_where(Capability.SUPERVISE)
    return Organisation.objects.filter(
        pk__in=leads | actor.organisations_where(Capability.INVITE)
    ).order_by("name")


def groups_of(actor: Actor) -> Any:
    """The groups this person belongs to today, by name."""
    return Group.objects.of_member(actor.user_id).order_by("name")
