"""A submission is composed, sent, opened, taken back, closed."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from caselogs.kinds import Scope
from ledger import services as ledger
from media_review import permissions, rules
from media_review.models import Clip, Submission, SubmittedClip
from media_review.queries import consents, peers
from media_review.services.clips import ensure_cut
from media_review.services.points import take_along
from media_review.states import SENT, WAITING, State, Step, after
from notices import services as notices
from people.actor import Actor
from people.errors import RuleBroken
from people.models import Group


@transaction.atomic
def compose(
    *,
    actor: Actor,
    clip_ids: Sequence[UUID],
    supervisor_id: UUID | None = None,
    group_id: UUID | None = None,
    submission_id: UUID | None = None,
    question: str = "",
    look_for: str = "",
) -> Submission:
    """A draft holds these clips in this order, for one supervisor or one group; it is private.

    With `submission_id` the same draft is written again, so that a double press makes one.
    """
    clips = _own_clips(actor, clip_ids)
    _require_near(actor, supervisor_id, group_id)
    words: dict[str, Any] = {"question": question, "look_for": look_for}
    words |= {"supervisor_id": supervisor_id, "group_id": group_id}
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
    _place(submission, clips)
    return submission


def _place(submission: Submission, clips: Iterable[Clip]) -> None:
    """The submission holds these clips in this order, and no others."""
    submission.submitted_clips.all().delete()
    SubmittedClip.objects.bulk_create(
        SubmittedClip(submission=submission, clip=clip, position=position)
        for position, clip in enumerate(clips, start=1)
    )


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


def _require_near(actor: Actor, supervisor_id: UUID | None, group_id: UUID | None) -> None:
    """One supervisor of today, or one group one is in today; else RuleBroken."""
    if bool(supervisor_id) == bool(group_id):
        raise RuleBroken("Please choose one supervisor, or one of your groups.")
    if supervisor_id and supervisor_id not in actor.supervisor_ids:
        raise RuleBroken("Please choose a supervisor who supervises you today.")
    if group_id and not Group.objects.of_member(actor.user_id).filter(pk=group_id).exists():
        raise RuleBroken("You are not in this group today. Please choose somebody else.")


@transaction.atomic
def submit(*, actor: Actor, submission_id: UUID) -> Submission:
    """Whoever it is for is told, and each clip gets a film of its own; nothing else is shown."""
    submission = _locked(submission_id)
    permissions.may_send(actor, submission).require()
    state = after(submission.state, Step.SUBMIT)
    if not submission.question.strip():
        raise RuleBroken("Please write the one question you bring: it tells where to look.")
    _require_near(actor, submission.supervisor_id, submission.group_id)
    clips = _own_clips(actor, [row.clip_id for row in submission.submitted_clips.all()])
    for case in {clip.recording.case_id: clip.recording.case for clip in clips}.values():
        for scope in (Scope.FILMING, submission.scope):
            said = consents.said(case, scope)
            if not said.given:
                raise RuleBroken(f"{said.sentence} Nothing was sent. Ask them, then record it.")
    for clip in clips:
        ensure_cut(clip, actor.user_id)
    _step(submission, state, sent_at=timezone.now())
    for reader_id in peers.readers_of(submission):
        notices.post(
            to_id=reader_id,
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
        to=submission.group_id or submission.supervisor_id,
        version=submission.version,
        clips=[clip.pk for clip in clips],
    )
    return submission


@transaction.atomic
def open_review(*, actor: Actor, submission_id: UUID) -> Submission:
    """Its supervisor, or a first peer, has seen it; opening it again changes nothing."""
    submission = _locked(submission_id)
    peers.may_answer(actor, submission).require()
    if submission.state != State.SUBMITTED:
        return submission
    state = after(submission.state, Step.OPEN)
    _step(submission, state, opened_at=timezone.now())
    ledger.record(user_id=actor.user_id, verb="media_review.opened", subject=submission)
    return submission


@transaction.atomic
def begin_version(*, actor: Actor, submission_id: UUID) -> Submission:
    """A draft of the next version holds the same words and clips; the one there is stays one.

    What was sent stays as it is, with its comments, and can be read beside the new one.
    """
    earlier = Submission.objects.get(pk=submission_id)
    permissions.may_send(actor, earlier).require()
    root = _locked(earlier.root_id or earlier.pk)
    if earlier.state not in SENT:
        raise RuleBroken("Only what was sent can be sent again. This is still yours to change.")
    family = Submission.objects.filter(Q(pk=root.pk) | Q(root=root))
    draft = family.filter(state=State.DRAFT).first()
    if draft:
        return draft
    names = ("trainee_id", "supervisor_id", "group_id", "question", "look_for")
    draft = Submission.objects.create(
        root=root,
        version=1 + max(family.values_list("version", flat=True)),
        **{name: getattr(earlier, name) for name in names},
    )
    _place(draft, [row.clip for row in earlier.submitted_clips.select_related("clip")])
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.version_begun",
        subject=draft,
        version=draft.version,
    )
    return draft


@transaction.atomic
def withdraw(*, actor: Actor, submission_id: UUID) -> Submission:
    """The clips are the trainee's alone again, and whoever had them knows."""
    submission = _locked(submission_id)
    permissions.may_send(actor, submission).require()
    _step(submission, after(submission.state, Step.WITHDRAW))
    for reader_id in peers.readers_of(submission) if submission.sent_at else ():
        notices.post(
            to_id=reader_id,
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
    unanswered = submission.group_id and submission.state in WAITING
    state = after(submission.state, Step.FINISH if unanswered else Step.CLOSE)
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
