"""The trainee's clips around a stage meeting."""

from dataclasses import dataclass
from uuid import UUID

from accreditation.models import Meeting
from caselogs.kinds import Scope
from media_review.models import Clip, ViewingGrant
from media_review.queries import consents, stages
from media_review.queries.stages import Stage
from people.actor import Actor

NEWEST = 60


@dataclass(frozen=True, slots=True)
class ClipChoice:
    """A clip that could be shown, and why not, when it could not."""

    id: UUID
    title: str
    where: str
    why: str
    is_shown: bool
    why_not: str


def choices_for(meeting: Meeting) -> tuple[ClipChoice, ...]:
    """The newest clips of the trainee, each with what its family agreed to."""
    trainee_id = meeting.enrolled_stage.enrolment.trainee_id
    rows = list(
        Clip.objects.filter(recording__owner_id=trainee_id)
        .select_related("recording__case")
        .order_by("-recording__filmed_on", "start_ms")[:NEWEST]
    )
    shown = set(
        ViewingGrant.objects.live()
        .filter(viewer_id=meeting.external_id, clip__in=[row.pk for row in rows])
        .values_list("clip_id", flat=True)
    )
    said = consents.said_by({row.recording.case for row in rows}, Scope.ACCREDITATION)
    return tuple(
        ClipChoice(
            row.pk,
            str(row),
            f"{row.recording.case.code}, {consents.day(row.recording.filmed_on)}",
            row.why,
            row.pk in shown,
            "" if said[row.recording.case_id].given else said[row.recording.case_id].sentence,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class ShownClip:
    """A clip as the external watches it."""

    stage: Stage
    case_code: str
    why: str


def clips_shown(actor: Actor, meeting: Meeting) -> tuple[ShownClip, ...]:
    """What this person may watch of the clips chosen for the meeting, consent asked now."""
    trainee_id = meeting.enrolled_stage.enrolment.trainee_id
    rows = (
        Clip.objects.watchable_by(actor)
        .filter(recording__owner_id=trainee_id, viewing_grants__viewer_id=meeting.external_id)
        .select_related("recording__case", "film")
        .order_by("recording__filmed_on", "start_ms")
    )
    return tuple(
        ShownClip(stages.stage_of_clip(row, str(row)), row.recording.case.code, row.why)
        for row in rows.distinct()
    )
