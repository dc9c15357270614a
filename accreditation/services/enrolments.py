"""Enrolments: pinned to a pathway, stage after stage; the trainee's own reflection."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accreditation import permissions
from accreditation.models import EnrolledStage, Enrolment, Meeting, Pathway
from accreditation.states import MeetingState, StageState
from attunement import services as attunement
from ledger import services as ledger
from notices import services as notices
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def enrol(
    *,
    actor: Actor,
    trainee_id: UUID,
    pathway_id: UUID,
    organisation_id: UUID | None = None,
    on: date | None = None,
) -> Enrolment:
    """The trainee walks this version of the pathway from that day; its first stage is open."""
    pathway = Pathway.objects.select_for_update().get(pk=pathway_id)
    permissions.may_enrol(actor, pathway).require()
    return begin(
        by_id=actor.user_id,
        trainee_id=trainee_id,
        pathway=pathway,
        organisation_id=organisation_id,
        on=on or timezone.localdate(),
    )


def begin(
    *,
    by_id: UUID | None,
    trainee_id: UUID,
    pathway: Pathway,
    organisation_id: UUID | None,
    on: date,
) -> Enrolment:
    """The enrolment stands; inside the caller's transaction, with the pathway locked."""
    first = pathway.stages.order_by("number").first()
    if first is None:
        raise RuleBroken("This pathway has no stages yet.")
    if pathway.retired_at:
        raise RuleBroken("This version of the pathway is closed to new people.")
    try:
        with transaction.atomic():
            enrolment = Enrolment.objects.create(
                trainee_id=trainee_id,
                pathway=pathway,
                organisation_id=organisation_id,
                enrolled_on=on,
            )
    except IntegrityError:
        raise RuleBroken("This person is on this pathway already.") from None
    attunement.follow(user_id=trainee_id, body_id=pathway.body_id)
    if pathway.used_at is None:
        pathway.used_at = timezone.now()
        pathway.save(update_fields=["used_at"])
    EnrolledStage.objects.create(enrolment=enrolment, stage=first, opened_on=on)
    ledger.record(
        user_id=by_id,
        verb="accreditation.enrolled",
        subject=enrolment,
        trainee=trainee_id,
        pathway=pathway.code,
        version=pathway.version,
    )
    return enrolment


@transaction.atomic
def share_reflection(
    *, actor: Actor, enrolled_stage_id: UUID, words: str, at: datetime | None = None
) -> EnrolledStage:
    """The reflection can be read by the external; later words replace it until the decision."""
    stage = (
        EnrolledStage.objects.select_for_update(of=("self",))
        .select_related("enrolment", "stage")
        .get(pk=enrolled_stage_id)
    )
    permissions.may_share_reflection(actor, stage).require()
    if stage.state == StageState.CLOSED:
        raise RuleBroken("This stage is closed, so its reflection stays as it is.")
    if not words.strip():
        raise RuleBroken("There are no words yet. Nothing was shared.")
    stage.reflection = words
    stage.reflection_shared_at = at or timezone.now()
    stage.save(update_fields=["reflection", "reflection_shared_at"])
    for meeting in Meeting.objects.filter(enrolled_stage=stage, state=MeetingState.PLANNED):
        notices.post(
            to_id=meeting.external_id,
            kind="accreditation.reflection_shared",
            key=str(meeting.pk),
            path=meeting.get_absolute_url(),
            trainee=actor.name,
        )
    ledger.record(user_id=actor.user_id, verb="accreditation.reflection_shared", subject=stage)
    return stage
