"""May this session sit in this room now, and which clips may it be told about?"""

from dataclasses import dataclass
from uuid import UUID

from media_review.models import Clip, Submission
from media_review.states import SHOWN
from media_review.together.tickets import Entry
from people import claims
from people.actor import Actor
from people.models import User
from people.queries import actor_for


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits here, and which clips of the submission they may watch at this moment."""

    user_id: UUID
    name: str
    clip_ids: frozenset[str]


def seat_of(entry: Entry) -> Seat | None:
    """The seat this session has in the room now; None without a session, a right, or any clip.

    The same rules as on every page: session, second factor, account, roles, ties, and the consent
    of the families. Seven queries at most, asked again every few seconds while somebody sits.
    """
    claim = claims.claim_of_session(entry.session_key)
    user = claim and User.objects.with_open_account().filter(pk=claim.user_id).first()
    if not claim or not user or not claims.is_borne_out(claim, user.password):
        return None
    actor = actor_for(user)
    clip_ids = clips_watched(actor, entry.submission_id)
    return Seat(user.pk, user.first_name, clip_ids) if clip_ids else None


def clips_watched(actor: Actor, submission_id: UUID) -> frozenset[str]:
    """The clips of this submission that this person may watch now; none of one not sent."""
    readable = Submission.objects.visible_to(actor).filter(pk=submission_id, state__in=SHOWN)
    clips = Clip.objects.watchable_by(actor).filter(submitted_clips__submission__in=readable)
    return frozenset(str(pk) for pk in clips.values_list("pk", flat=True))
