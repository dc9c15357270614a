"""An invitation as the invited person reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accreditation.models import Pathway
from people.models import Invitation, User


@dataclass(frozen=True, slots=True)
class Letter:
    """What the welcome page says; `way` is new, known, sign_in (first) or other (somebody else)."""

    name: str
    email: str
    by: str
    role: str
    organisation: str
    pathway: str
    supervisor: str
    until: datetime
    way: str


def letter_of(token: str, user: Any) -> Letter | None:
    """The open invitation with this token, or None."""
    row = (
        Invitation.objects.waiting()
        .select_related("organisation", "supervisor", "invited_by")
        .filter(token=token)
        .first()
    )
    if row is None:
        return None
    pathway = Pathway.objects.filter(pk=row.pathway_id).first() if row.pathway_id else None
    return Letter(
        name=row.name,
        email=row.email,
        by=row.invited_by.name,
        role=row.get_role_display(),
        organisation=row.organisation.name,
        pathway=pathway.name if pathway else "",
        supervisor=row.supervisor.name if row.supervisor else "",
        until=row.expires_at,
        way=_way(row, user),
    )


def _way(row: Invitation, user: Any) -> str:
    if user.is_authenticated:
        return "known" if user.email.lower() == row.email.lower() else "other"
    has_account = User.objects.filter(email__iexact=row.email).exists()
    return "sign_in" if has_account else "new"


def facts_of(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What the invitation form says, as the service wants it."""
    ids = {
        f"{name}_id": UUID(typed[name]) if typed.get(name) else None
        for name in ("organisation", "pathway", "supervisor", "cohort")
    }
    return {"name": typed["name"], "email": typed["email"], "role": typed["role"], **ids}
