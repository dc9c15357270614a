"""Which clips the external of a meeting sees: the trainee chooses, consent decides every time."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accreditation.models import Meeting
from accreditation.states import MeetingState
from media_review import services as film
from media_review.models import Clip, Hold, ViewingGrant
from people.actor import Actor
from people.errors import RuleBroken
from people.verdicts import no

AFTER_THE_MEETING = timedelta(days=14)
MOST = 12


@transaction.atomic
def choose_clips(*, actor: Actor, meeting_id: UUID, clip_ids: Collection[UUID]) -> int:
    """The external can watch exactly these clips of the trainee until a fortnight afterwards."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.enrolled_stage.enrolment.trainee_id != actor.user_id:
        no("Only the trainee chooses the clips of this meeting.").require()
    if meeting.state != MeetingState.PLANNED:
        raise RuleBroken("This meeting is over, so its clips stay as they were.")
    if len(clip_ids) > MOST:
        raise RuleBroken(f"Please choose {MOST} clips at most: an hour is short.")
    until = max(meeting.planned_for, timezone.now()) + AFTER_THE_MEETING
    for clip_id in shown_to(meeting) - set(clip_ids):
        film.end_viewing(actor=actor, clip_id=clip_id, viewer_id=meeting.external_id)
    let_go(meeting)
    chosen = Clip.objects.filter(pk__in=clip_ids, recording__owner_id=actor.user_id)
    facts = {"actor": actor, "until": until, "viewer_id": meeting.external_id}
    for clip in chosen:
        film.grant_viewing(clip_id=clip.pk, **facts)
    for recording_id in {clip.recording_id for clip in chosen}:
        held = {"until": timezone.localdate(until), "reason": reason_to_keep(meeting)}
        film.hold(actor=actor, recording_id=recording_id, **held)
    return len(chosen)


def let_go(meeting: Meeting) -> None:
    """No film is kept any longer because of this meeting."""
    Hold.objects.filter(
        recording__owner_id=meeting.enrolled_stage.enrolment.trainee_id,
        reason=reason_to_keep(meeting),
    ).delete()


def reason_to_keep(meeting: Meeting) -> str:
    """Why a film that was chosen is not destroyed before the meeting is over."""
    day = timezone.localtime(meeting.planned_for)
    kind = meeting.get_kind_display().lower()
    return f"its clips are chosen for the {kind} of {day:%-d %B %Y, %H:%M}"


def shown_to(meeting: Meeting) -> set[UUID]:
    """The trainee's clips that the external of this meeting may watch now."""
    grants = ViewingGrant.objects.live().filter(
        viewer_id=meeting.external_id,
        clip__recording__owner_id=meeting.enrolled_stage.enrolment.trainee_id,
    )
    return set(grants.values_list("clip_id", flat=True))
