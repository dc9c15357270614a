"""A submission is composed, sent, opened, taken back, closed."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from caselogs.kinds import Scope
from ledger import services as ledger
from media_review import permissions, rules
from media_review.models import Clip, Submission, SubmittedClip
from media_review.queries import consents
from media_review.services.clips import ensure_cut
from media_review.services.points import take_along
from media_review.states import State, Step, after
from notices import services as notices
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def compose(
    *,
    actor: Actor,
    clip_ids: Sequence[UUID],
    supervisor_id: UUID,
    submission_id: UUID | None = None,
    question: str = "",
    look_for: str = "",
) -> Submission:
    """A draft holds these clips in this order; nobody but its author sees it.

    With `submission_id` the same draft is written again, so that a double press makes one.
    """
    clips = _own_clips(actor, clip_ids)
    _require_tie(actor, supervisor_id)
    words = {"supervisor_id": supervisor_id, "question": question, "look_for": look_for}
    submission = Submission.objects.select_for_update().filter(pk=submission_id).first()
    if submission:
        permissions.may_send(actor, submission).require()
        if submission.state != State.DRAFT:
            raise RuleBroken("These clips have been sent already.")
        Submission.objects.filter(pk=submission.pk).update(**words)
        submission.refresh_from_db()
    else:
        key = {"pk": submission_id} if submission_id else {}
        submission = Submission.objects.create(trainee_id=actor.user_id, **key, **words)
    submission.submitted_clips.all().delete()
    SubmittedClip.objects.bulk_create(
        SubmittedClip(submission=submission, clip=clip, position=position)
        for position, clip in enumerate(clips, start=1)
    )
    return submission


def _own_clips(actor: Actor, clip_ids: Sequence[UUID]) -> list[Clip]:
    wanted = list(dict.fromkeys(UUID(str(pk)) for pk in clip_ids))
    rules.clips_of_a_submission(len(wanted))
    rows = Clip.objects.select_related("recording__case", "recording__film", "film")
    found = rows.in_bulk(wanted)
    for pk in wanted:
        if pk not in found:
            raise RuleBroken("One of these clips is not there any more. Please choose again.")
        permissions.may_choose(actor, found[pk]).require()
    return [found[pk] for pk in wanted]


def _require_tie(actor: Actor, supervisor_id: UUID) -> None:
    if supervisor_id not in actor.supervisor_ids:
        raise RuleBroken("Please choose a supervisor who supervises you today.")


@transaction.atomic
def submit(*, actor: Actor, submission_id: UUID) -> Submission:
    """The supervisor is told, and each clip gets a film of its own; nothing else can be watched."""
    submission = _locked(submission_id)
    permissions.may_send(actor, submission).require()
    state = after(submission.state, Step.SUBMIT)
    if not submission.question.strip():
        raise RuleBroken("Please write the one question you bring: it tells where to look.")
    _require_tie(actor, submission.supervisor_id)
    clips = _own_clips(actor, [row.clip_id for row in submission.submitted_clips.all()])
    for case in {clip.recording.case_id: clip.recording.case for clip in clips}.values():
        for scope in (Scope.FILMING, Scope.SUPERVISION):
            said = consents.said(case, scope)
            if not said.given:
                raise RuleBroken(f"{said.sentence} Nothing was sent. Ask them, then record it.")
    for clip in clips:
        ensure_cut(clip, actor.user_id)
    _step(submission, state, sent_at=timezone.now())
    notices.post(
        to_id=submission.supervisor_id,
        kind="media_review.submitted",
        key=str(submission.pk),
        path=submission.get_absolute_url(),
        from_name=actor.name,
        clip_count=len(clips),
    )
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.submitted",
        subject=submission,
        to=submission.supervisor_id,
        clips=[clip.pk for clip in clips],
    )
    return submission


@transaction.atomic
def open_review(*, actor: Actor, submission_id: UUID) -> Submission:
    """The supervisor has seen that it waits; opening it again changes nothing."""
    submission = _locked(submission_id)
    permissions.may_answer(actor, submission).require()
    if submission.state != State.SUBMITTED:
        return submission
    state = after(submission.state, Step.OPEN)
    _step(submission, state, opened_at=timezone.now())
    ledger.record(user_id=actor.user_id, verb="media_review.opened", subject=submission)
    return submission


@transaction.atomic
def withdraw(*, actor: Actor, submission_id: UUID) -> Submission:
    """The clips are the trainee's alone again, and a supervisor who had them knows."""
    submission = _locked(submission_id)
    permissions.may_send(actor, submission).require()
    _step(submission, after(submission.state, Step.WITHDRAW))
    if submission.sent_at:
        notices.post(
            to_id=submission.supervisor_id,
            kind="media_review.withdrawn",
            key=str(submission.pk),
            path=reverse("media_review:submission-list"),
            from_name=actor.name,
        )
    ledger.record(user_id=actor.user_id, verb="media_review.withdrawn", subject=submission)
    return submission


@transaction.atomic
def close_with_reflection(
    *,
    actor: Actor,
    submission_id: UUID,
    reflection: str,
    taken: Mapping[UUID, str] = MappingProxyType({}),
    own_point: str = "",
) -> Submission:
    """The thread is finished in the trainee's own words, and they carry what they chose.

    `taken`: comments that are working points, each with the words it is carried in. `own_point`:
    one more, of the trainee's own.
    """
    submission = _locked(submission_id)
    permissions.may_send(actor, submission).require()
    state = after(submission.state, Step.CLOSE)
    if not reflection.strip():
        raise RuleBroken("Please write a sentence or two: what will you take with you?")
    points = take_along(actor=actor, submission=submission, words_by_comment=taken, own=[own_point])
    _step(submission, state, reflection=reflection.strip(), closed_at=timezone.now())
    ledger.record(
        user_id=actor.user_id, verb="media_review.closed", subject=submission, points=len(points)
    )
    return submission


def _locked(submission_id: UUID) -> Submission:
    return Submission.objects.select_for_update().get(pk=submission_id)


def _step(submission: Submission, state: State, **facts: Any) -> None:
    submission.state = state
    for name, value in facts.items():
        setattr(submission, name, value)
    submission.save(update_fields=["state", *facts])
