"""Stage meetings: planned with an external supervisor, decided once, or called off."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accreditation import permissions, rules
from accreditation.kinds import Medium, Outcome
from accreditation.models import Decision, EnrolledStage, Enrolment, Meeting, Stage
from accreditation.queries.evidence import Standing, standing_of
from accreditation.services.viewing import let_go
from accreditation.states import (
    MeetingState,
    MeetingStep,
    StageState,
    StageStep,
    meeting_after,
    stage_after,
)
from caselogs.models import Cycle
from caselogs.services import seal_cycles
from ledger import services as ledger
from media_review.models import ViewingGrant
from notices import services as notices
from people.actor import Actor
from people.errors import RuleBroken
from people.kinds import Capability
from people.models import User
from people.queries import actor_for, ever_supervised, supervisors_of, who_can

STEPS = {
    Outcome.PROGRESSED: StageStep.PROGRESS,
    Outcome.WORKING_POINTS: StageStep.CONTINUE,
    Outcome.DEFERRED: StageStep.DEFER,
}


@transaction.atomic
def plan_meeting(
    *,
    actor: Actor,
    enrolled_stage_id: UUID,
    external_id: UUID,
    planned_for: datetime,
    medium: str = Medium.REMOTE,
    place: str = "",
) -> Meeting:
    """The stage has its closing meeting, with a supervisor who was never the trainee's own."""
    stage = _stage(enrolled_stage_id)
    permissions.may_plan_meeting(actor, stage).require()
    _require_external(stage, User.objects.get(pk=external_id))
    if timezone.localdate(planned_for) < stage.opened_on:
        raise RuleBroken("That day is before the stage began.")
    stage.state = stage_after(StageState(stage.state), StageStep.PLAN_MEETING)
    stage.save(update_fields=["state"])
    meeting = Meeting.objects.create(
        enrolled_stage=stage,
        kind=stage.stage.closing_meeting,
        external_id=external_id,
        planned_for=planned_for,
        medium=medium,
        place=place,
        planned_by_id=actor.user_id,
    )
    _tell(actor, meeting, "accreditation.meeting_planned", {external_id, *_theirs(stage)})
    ledger.record(
        user_id=actor.user_id,
        verb="accreditation.meeting_planned",
        subject=meeting,
        external=external_id,
        planned_for=planned_for,
    )
    return meeting


def _require_external(stage: EnrolledStage, external: User) -> None:
    """Raise RuleBroken unless this person may be the external of this stage (domain.md, 3)."""
    enrolment = stage.enrolment
    if external.pk == enrolment.trainee_id:
        raise RuleBroken("Nobody can be the external supervisor of their own stage.")
    if not actor_for(external).can(Capability.ASSESS, enrolment.pathway.body_id):
        raise RuleBroken(f"{external.name} is not an external supervisor of this body today.")
    if ever_supervised(supervisor_id=external.pk, supervisee_id=enrolment.trainee_id):
        raise RuleBroken(
            f"{external.name} supervises, or supervised, this trainee. "
            "Somebody from outside has to decide."
        )
    if not enrolment.pathway.external_may_return and _decided_before(stage, external):
        raise RuleBroken(
            f"{external.name} decided an earlier stage of this trainee. "
            "This pathway asks for somebody new each time."
        )


def _decided_before(stage: EnrolledStage, external: User) -> bool:
    decided = Decision.objects.filter(
        decided_by=external, meeting__enrolled_stage__enrolment=stage.enrolment_id
    )
    return decided.exclude(meeting__enrolled_stage=stage).exists()


@transaction.atomic
def cancel_meeting(*, actor: Actor, meeting_id: UUID, why: str) -> Meeting:
    """The meeting will not take place; the stage is open again, and everybody knows why."""
    meeting = _meeting(meeting_id)
    stage = _stage(meeting.enrolled_stage_id)
    if actor.user_id != meeting.external_id:
        permissions.may_plan_meeting(actor, stage).require()
    if not why.strip():
        raise RuleBroken("Please say in a few words why, so that the others know.")
    meeting.state = meeting_after(MeetingState(meeting.state), MeetingStep.CANCEL)
    meeting.cancelled_why = why
    meeting.save(update_fields=["state", "cancelled_why"])
    _close_the_curtain(meeting, stage)
    stage.state = stage_after(StageState(stage.state), StageStep.CANCEL_MEETING)
    stage.save(update_fields=["state"])
    _tell(
        actor,
        meeting,
        "accreditation.meeting_cancelled",
        {meeting.external_id, *_theirs(stage)},
    )
    ledger.record(user_id=actor.user_id, verb="accreditation.meeting_cancelled", subject=meeting)
    return meeting


def _close_the_curtain(meeting: Meeting, stage: EnrolledStage) -> None:
    """The external of a meeting that will not be held watches nothing; no film is kept for it."""
    let_go(meeting)
    ViewingGrant.objects.filter(
        viewer_id=meeting.external_id,
        clip__recording__owner_id=stage.enrolment.trainee_id,
    ).delete()


@transaction.atomic
def decide(
    *,
    actor: Actor,
    meeting_id: UUID,
    outcome: str,
    words: str,
    working_points: str = "",
    exception: str = "",
    held_on: date | None = None,
) -> Decision:
    """One decision closes the meeting, with the counts of that day frozen beside it for ever.

    `exception` says why a stage progresses though something is not yet in the log (prior learning).
    """
    meeting = _meeting(meeting_id)
    stage = _stage(meeting.enrolled_stage_id)
    meeting.enrolled_stage = stage
    permissions.may_decide(actor, meeting).require()
    meeting.state = meeting_after(MeetingState(meeting.state), MeetingStep.DECIDE)
    held_on = held_on or min(timezone.localdate(meeting.planned_for), timezone.localdate())
    _sayable(stage, outcome, words, working_points, held_on)
    _hold_still(stage.enrolment.trainee_id)
    standing = standing_of(stage, until=held_on)
    if outcome == Outcome.PROGRESSED and not standing.readiness.ready and not exception.strip():
        raise RuleBroken(_not_yet(standing))
    said = {"words": words, "working_points": working_points, "exception": exception}
    snapshot = _snapshot(stage, standing, held_on)
    decision = _written(actor, meeting, outcome=outcome, held_on=held_on, snapshot=snapshot, **said)
    meeting.save(update_fields=["state"])
    _move_on(actor, stage, Outcome(outcome), held_on, standing)
    _tell_outcome(actor, meeting, stage, decision)
    ledger.record(
        user_id=actor.user_id,
        verb="accreditation.decided",
        subject=decision,
        meeting=meeting.pk,
        outcome=outcome,
        held_on=held_on,
    )
    return decision


def _sayable(
    stage: EnrolledStage, outcome: str, words: str, working_points: str, held_on: date
) -> None:
    if outcome not in STEPS:
        raise RuleBroken("Please choose one of the three outcomes.")
    if not words.strip():
        raise RuleBroken("Please say in words what you saw. A decision needs its reasons.")
    if outcome == Outcome.WORKING_POINTS and not working_points.strip():
        raise RuleBroken("Please name the working points to continue with.")
    if held_on > timezone.localdate():
        raise RuleBroken("That day is still to come. A decision is written after the meeting.")
    if held_on < stage.opened_on:
        raise RuleBroken("That day is before the stage began.")


def _not_yet(standing: Standing) -> str:
    missing = "; ".join(
        f"{line.label}: {line.have} of {line.need}" for line in standing.readiness.to_come
    )
    return (
        f"Not yet seen in the log: {missing}. If the trainee progresses all the same, "
        "please say why: your reason is kept with the decision."
    )


def _hold_still(trainee_id: UUID) -> None:
    """Nobody changes this trainee's cycles until the decision stands."""
    list(Cycle.objects.select_for_update(of=("self",)).filter(case__guider_id=trainee_id))


def _snapshot(stage: EnrolledStage, standing: Standing, held_on: date) -> dict[str, Any]:
    pathway = stage.enrolment.pathway
    return {
        "on": held_on.isoformat(),
        "pathway": {"code": pathway.code, "name": pathway.name, "version": pathway.version},
        "stage": {"number": stage.stage.number, "label": stage.stage.label},
        "opened_on": stage.opened_on.isoformat(),
        **rules.frozen(standing.readiness, standing.evidence),
    }


def _written(actor: Actor, meeting: Meeting, **facts: Any) -> Decision:
    try:
        with transaction.atomic():
            return Decision.objects.create(meeting=meeting, decided_by_id=actor.user_id, **facts)
    except IntegrityError:
        raise RuleBroken(
            "This meeting is already decided. Nothing was changed by this second try."
        ) from None


def _move_on(
    actor: Actor, stage: EnrolledStage, outcome: Outcome, on: date, standing: Standing
) -> None:
    stage.state = stage_after(StageState(stage.state), STEPS[outcome])
    stage.closed_on = on if stage.state == StageState.CLOSED else None
    stage.save(update_fields=["state", "closed_on"])
    if stage.state != StageState.CLOSED:
        return
    label = f"{stage.enrolment.pathway.name}, {stage.stage.label}"
    seal_cycles(
        actor=actor, cycle_ids=[row.id for row in rules.counted(standing.evidence)], label=label
    )
    if following := _following(stage):
        EnrolledStage.objects.create(enrolment=stage.enrolment, stage=following, opened_on=on)


def _following(stage: EnrolledStage) -> Stage | None:
    later = Stage.objects.filter(pathway_id=stage.stage.pathway_id, number__gt=stage.stage.number)
    return later.order_by("number").first()


def _tell_outcome(actor: Actor, meeting: Meeting, stage: EnrolledStage, decision: Decision) -> None:
    _tell(actor, meeting, "accreditation.decided", set(_theirs(stage)))
    if decision.outcome == Outcome.PROGRESSED and _following(stage) is None:
        registrars = who_can(Capability.ISSUE, stage.enrolment.pathway.body_id)
        _tell(
            actor,
            meeting,
            "accreditation.award_to_issue",
            set(registrars.values_list("pk", flat=True)) - {stage.enrolment.trainee_id},
        )


def _tell(actor: Actor, meeting: Meeting, kind: str, to_ids: set[UUID]) -> None:
    stage = meeting.enrolled_stage
    for to_id in to_ids - {actor.user_id}:
        notices.post(
            to_id=to_id,
            kind=kind,
            key=str(meeting.pk),
            path=meeting.get_absolute_url(),
            trainee=stage.enrolment.trainee.name,
            mine=to_id == stage.enrolment.trainee_id,
            stage=stage.stage.label,
            kind_word=meeting.get_kind_display(),
            by=actor.name,
            day=f"{timezone.localtime(meeting.planned_for):%-d %B at %H:%M}",
        )


def _theirs(stage: EnrolledStage) -> list[UUID]:
    """The trainee, and whoever supervises them today."""
    trainee_id = stage.enrolment.trainee_id
    return [trainee_id, *supervisors_of(trainee_id).values_list("pk", flat=True)]


def _stage(enrolled_stage_id: UUID) -> EnrolledStage:
    Enrolment.objects.select_for_update().filter(stages=enrolled_stage_id).first()
    return (
        EnrolledStage.objects.select_for_update(of=("self",))
        .select_related("stage", "enrolment__pathway", "enrolment__trainee")
        .get(pk=enrolled_stage_id)
    )


def _meeting(meeting_id: UUID) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting_id)
