"""A permit: the room above lets this person begin uploads here, for a day."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from footage.errors import UploadRefused

SALT = "footage.permit"
DAY = 24 * 3600


@dataclass(frozen=True)
class Permit:
    """Whose ring, and which page, an upload will belong to."""

    user_id: str
    ring: UUID
    account: UUID
    page: str


def signed(user_id: UUID, ring: UUID, account: UUID, page: str) -> str:
    """The permit as words for an address."""
    return signing.dumps([str(user_id), str(ring), str(account), page], salt=SALT)


def opened(words: str, user_id: UUID | None) -> Permit:
    """The permit again; UploadRefused 403 when it is forged, old or another person's."""
    try:
        holder, ring, account, page = signing.loads(words, salt=SALT, max_age=DAY)
    except signing.BadSignature:
        raise UploadRefused(403, "Please begin on the page of the film.") from None
    if holder != str(user_id):
        raise UploadRefused(403, "Please begin on the page of the film.")
    return Permit(holder, UUID(ring), UUID(account), page)
