"""People, organisations, roles with dates, ties with dates, groups, invitations, drafts."""

from people.models.groups import Group, GroupMember
from people.models.invitations import Draft, Invitation, _a_fortnight_on, _token
from people.models.people import (
    DatedQuerySet,
    Organisation,
    OrganisationQuerySet,
    RoleGrant,
    SupervisionTie,
    User,
    UserManager,
    UserQuerySet,
)

__all__ = [
    "DatedQuerySet",
    "Draft",
    "Group",
    "GroupMember",
    "Invitation",
    "Organisation",
    "OrganisationQuerySet",
    "RoleGrant",
    "SupervisionTie",
    "User",
    "UserManager",
    "UserQuerySet",
    # The first migration asks for these two by their old place.
    "_a_fortnight_on",
    "_token",
]
