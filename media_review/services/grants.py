"""What rooms above may ask for."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caselogs.kinds import Scope
from ledger import services as ledger
from media_review import permissions
from media_review.models import Clip, Hold, Recording, ViewingGrant
from media_review.queries import consents
from media_review.services.clips import ensure_cut
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def grant_viewing(*, actor: Actor, clip_id: UUID, viewer_id: UUID, until: datetime) -> ViewingGrant:
    """The viewer may watch this clip until then; RuleBroken without consent for accreditation."""
    rows = Clip.objects.select_related("recording__case", "recording__film", "film")
    clip = rows.get(pk=clip_id)
    permissions.may_grant(actor, clip).require()
    if until <= timezone.now():
        raise RuleBroken("Please choose a day that lies ahead.")
    for scope in (Scope.FILMING, Scope.ACCREDITATION):
        said = consents.said(clip.recording.case, scope)
        if not said.given:
            raise RuleBroken(f"{said.sentence} The clip was not shown to anybody.")
    ensure_cut(clip, clip.recording.owner_id)
    grant = ViewingGrant.objects.update_or_create(
        clip=clip,
        viewer_id=viewer_id,
        defaults={"until": until, "granted_by_id": actor.user_id, "granted_at": timezone.now()},
    )[0]
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.viewing_granted",
        subject=clip,
        to=viewer_id,
        until=until.isoformat(),
    )
    return grant


@transaction.atomic
def end_viewing(*, actor: Actor, clip_id: UUID, viewer_id: UUID) -> None:
    """The viewer can watch this clip no longer."""
    clip = Clip.objects.select_related("recording").get(pk=clip_id)
    permissions.may_grant(actor, clip).require()
    clip.viewing_grants.filter(viewer_id=viewer_id).delete()
    ledger.record(
        user_id=actor.user_id, verb="media_review.viewing_ended", subject=clip, to=viewer_id
    )


@transaction.atomic
def hold(*, actor: Actor, recording_id: UUID, until: date, reason: str) -> Hold:
    """This film is not tidied away before that day, unless consent is withdrawn; once a reason."""
    recording = Recording.objects.select_for_update().get(pk=recording_id)
    permissions.may_mark(actor, recording).require()
    placed = Hold.objects.update_or_create(
        recording=recording, reason=reason, defaults={"until": until}
    )[0]
    ledger.record(user_id=actor.user_id, verb="media_review.held", subject=recording, until=until)
    return placed
