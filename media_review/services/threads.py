"""Comments are drafted in private, sent together, and replied to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ledger import services as ledger
from media_review import permissions, rules
from media_review.kinds import ABOUT_A_SPAN, CommentKind
from media_review.models import Comment, SpokenNote, Submission, SubmittedClip
from media_review.queries import peers
from media_review.rules import saying
from media_review.services.notes import discard_note, note_for, require_whole
from media_review.services.submissions import open_review
from media_review.states import Step, after
from notices import services as notices
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def comment_draft(
    *,
    actor: Actor,
    submitted_clip_id: UUID,
    kind: str,
    start_ms: int,
    end_ms: int,
    words: str,
    principle_ids: Iterable[UUID] = (),
    comment_id: UUID | None = None,
    note_id: UUID | None = None,
) -> Comment:
    """What is said about a span is kept, for its author's eyes only until it is sent.

    Times count from the clip's start. With `comment_id` the same draft is written again. `note_id`
    is a spoken note begun on this clip; another one that the draft had before is destroyed.
    """
    row = SubmittedClip.objects.select_related("clip").get(pk=submitted_clip_id)
    submission = open_review(actor=actor, submission_id=row.submission_id)
    after(submission.state, Step.ANSWER)
    saying.kind_of_a_peer(kind, is_group=bool(submission.group_id))
    if kind not in ABOUT_A_SPAN:
        raise RuleBroken("Please say whether this is a strength, a wondering or a working point.")
    spoken = note_for(actor, row, note_id, comment_id)
    words = saying.words_of(kind, words, is_spoken=spoken is not None)
    start_ms, end_ms = rules.comment_span(start_ms, end_ms, row.clip.length_ms)
    facts = {"kind": kind, "start_ms": start_ms, "end_ms": end_ms, "words": words, "spoken": spoken}
    comment = _written(actor, row, comment_id, facts)
    comment.principles.set(principle_ids)
    return comment


def _written(
    actor: Actor, row: SubmittedClip, comment_id: UUID | None, facts: dict[str, Any]
) -> Comment:
    """One's draft with these words: the one of that id, or a new one with it."""
    comment = Comment.objects.select_for_update().filter(pk=comment_id).first()
    if comment is None:
        key = {"pk": comment_id} if comment_id else {}
        return Comment.objects.create(submitted_clip=row, author_id=actor.user_id, **key, **facts)
    permissions.may_change_comment(actor, comment).require()
    if comment.submitted_clip_id != row.pk:
        raise RuleBroken("This comment belongs to another clip.")
    before = comment.spoken
    for name, value in facts.items():
        setattr(comment, name, value)
    comment.save()
    if before and before != comment.spoken:
        discard_note(actor, before)
    return comment


@transaction.atomic
def remove_draft(*, actor: Actor, comment_id: UUID) -> None:
    """The unsent words are gone, and so is what was said aloud."""
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    permissions.may_change_comment(actor, comment).require()
    spoken = comment.spoken
    comment.delete()
    if spoken:
        discard_note(actor, spoken)


@transaction.atomic
def send_answer(*, actor: Actor, submission_id: UUID) -> Submission:
    """All the supervisor's drafts are the trainee's to read.

    RuleBroken when there are none, while a working point stands without any strength, and while a
    spoken note is still on its way.
    """
    submission = open_review(actor=actor, submission_id=submission_id)
    state = after(submission.state, Step.ANSWER)
    mine = Comment.objects.filter(submitted_clip__submission=submission)
    drafts = mine.drafts_of(actor)
    standing = mine.filter(sent_at__isnull=False) | drafts
    saying.strengths_first(standing.values_list("kind", flat=True))
    for draft in drafts.filter(spoken__isnull=False).select_related("spoken__film"):
        require_whole(draft.spoken)
    now = timezone.now()
    sent = drafts.update(sent_at=now)
    if not sent:
        raise RuleBroken("There is no comment to send yet. A strength is a good place to begin.")
    submission.state, submission.answered_at = state, now
    submission.save(update_fields=["state", "answered_at"])
    notices.post(
        to_id=submission.trainee_id,
        kind="media_review.answered",
        key=f"{submission.pk}:{now.isoformat()}",
        path=submission.get_absolute_url(),
        from_name=actor.name,
    )
    ledger.record(
        user_id=actor.user_id, verb="media_review.answered", subject=submission, comments=sent
    )
    return submission


@transaction.atomic
def reply(
    *,
    actor: Actor,
    comment_id: UUID,
    words: str,
    reply_id: UUID | None = None,
    note_id: UUID | None = None,
) -> Comment:
    """The reply stands under the comment it answers, and the other person is told."""
    rows = Comment.objects.select_related("submitted_clip", "in_reply_to")
    comment = rows.get(pk=comment_id)
    submission = Submission.objects.select_for_update().get(pk=comment.submitted_clip.submission_id)
    peers.may_reply(actor, submission).require()
    after(submission.state, Step.REPLY)
    if known := _known_reply(actor, reply_id):
        return known
    spoken = _spoken_reply(actor, comment, words, note_id)
    answer = Comment.objects.create(
        **({"pk": reply_id} if reply_id else {}),
        submitted_clip=comment.submitted_clip,
        author_id=actor.user_id,
        kind=CommentKind.REPLY,
        words=words.strip(),
        spoken=spoken,
        in_reply_to_id=comment.in_reply_to_id or comment.pk,
        sent_at=timezone.now(),
    )
    _tell_of_reply(actor, submission, comment, answer)
    ledger.record(
        user_id=actor.user_id, verb="media_review.replied", subject=answer, submission=submission.pk
    )
    return answer


def _tell_of_reply(actor: Actor, submission: Submission, comment: Comment, answer: Comment) -> None:
    """Whoever is answered knows: the trainee, or the author of what the trainee replies to."""
    is_trainee = actor.user_id == submission.trainee_id
    author_id = comment.in_reply_to.author_id if comment.in_reply_to else comment.author_id
    told = [author_id] if is_trainee else [submission.trainee_id]
    for reader_id in set(told) & {submission.trainee_id, *peers.readers_of(submission)}:
        notices.post(
            to_id=reader_id,
            kind="media_review.replied",
            key=str(answer.pk),
            path=submission.get_absolute_url(),
            from_name=actor.name,
        )


def _spoken_reply(
    actor: Actor, comment: Comment, words: str, note_id: UUID | None
) -> SpokenNote | None:
    """What is said aloud in it; RuleBroken when it says nothing, or is not all here."""
    spoken = note_for(actor, comment.submitted_clip, note_id, None)
    if comment.sent_at is None or not (words.strip() or spoken):
        raise RuleBroken("Please write your reply first, or say it aloud.")
    if spoken:
        require_whole(spoken)
    return spoken


def _known_reply(actor: Actor, reply_id: UUID | None) -> Comment | None:
    """The reply of this id when it stands there already, from a press before."""
    known = Comment.objects.filter(pk=reply_id).first()
    if known and known.author_id != actor.user_id:
        raise RuleBroken("Please open this page again, then write your reply.")
    return known
