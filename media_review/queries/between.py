"""The clips that two people can look at together: those sent to one of them by the other."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse

from media_review.models import Clip, Submission, SubmittedClip
from media_review.queries.stages import Sheet, Stage, sheets_of, stage_of_clip
from media_review.states import State
from people.actor import Actor

LOOKED_AT = (State.SUBMITTED, State.IN_REVIEW, State.ANSWERED)
MOST = 24


@dataclass(frozen=True, slots=True)
class ClipBetween:
    """One clip that was sent: its question, and whether it can be watched at this moment."""

    id: UUID
    clip_id: UUID
    submission_id: UUID
    title: str
    question: str
    is_answered: bool
    stage: Stage

    @property
    def url(self) -> str:
        """The conversation about it."""
        return reverse("media_review:submission", args=[self.submission_id])


def clips_between(actor: Actor, trainee_id: UUID, supervisor_id: UUID) -> tuple[ClipBetween, ...]:
    """The clips not closed yet, those not answered first. Two queries."""
    sent = Submission.objects.visible_to(actor).filter(
        trainee_id=trainee_id, supervisor_id=supervisor_id, state__in=LOOKED_AT
    )
    open_to_me = Clip.objects.watchable_by(actor).filter(pk=OuterRef("clip"))
    rows = list(
        SubmittedClip.objects.filter(submission__in=sent)
        .select_related("clip__film", "submission")
        .annotate(is_open=Exists(open_to_me))
        .order_by("-submission__state", "submission__sent_at", "position")[:MOST]
    )
    sheets = sheets_of(row.clip.film_id for row in rows if row.clip.film_id)
    return tuple(_between(row, sheets.get(row.clip.film_id)) for row in rows)


def _between(row: SubmittedClip, sheet: Sheet | None) -> ClipBetween:
    title = row.clip.title or f"Clip {row.position}"
    stage = stage_of_clip(row.clip, title, sheet or Sheet())
    shown = row.is_open  # type: ignore[attr-defined]
    return ClipBetween(
        id=row.pk,
        clip_id=row.clip_id,
        submission_id=row.submission_id,
        title=title,
        question=row.submission.question,
        is_answered=row.submission.state == State.ANSWERED,
        stage=stage if shown else Stage(stage.key, title, length_ms=stage.length_ms),
    )
