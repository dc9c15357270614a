"""Who may do what with films, clips and submissions; each answer carries its reason."""

from caselogs.models import Case
from media_review.models import Clip, Comment, Recording, Submission
from people.actor import Actor
from people.kinds import Capability
from people.verdicts import YES, Verdict, no


def may_begin(actor: Actor, case: Case) -> Verdict:
    """The guider of the case, while they practise."""
    if case.guider_id != actor.user_id:
        return no("Only the guider of this case can add a film to it.")
    if not actor.can(Capability.SEND_FILM):
        return no("Your role does not include sending film.")
    return YES


def may_mark(actor: Actor, recording: Recording) -> Verdict:
    """The guider who filmed."""
    if recording.owner_id == actor.user_id:
        return YES
    return no("Only the guider who made this film can do that.")


def may_send(actor: Actor, submission: Submission) -> Verdict:
    """The trainee whose submission it is."""
    if submission.trainee_id == actor.user_id:
        return YES
    return no("Only the guider who chose these clips can do that.")


def may_choose(actor: Actor, clip: Clip) -> Verdict:
    """One sends clips from one's own films."""
    if clip.recording.owner_id == actor.user_id:
        return YES
    return no("You can send clips from your own films only.")


def may_answer(actor: Actor, submission: Submission) -> Verdict:
    """The supervisor it was sent to, while the two are tied."""
    if submission.supervisor_id != actor.user_id:
        return no("Only the supervisor these clips were sent to can answer them.")
    if submission.trainee_id not in actor.supervisee_ids:
        return no("You do not supervise this guider any more, so the clips are closed to you.")
    return YES


def may_change_comment(actor: Actor, comment: Comment) -> Verdict:
    """The author, until it is sent."""
    if comment.author_id != actor.user_id:
        return no("Only the person who wrote this can change it.")
    if comment.sent_at:
        return no("This has been sent, so it stays as it is. You can add another comment.")
    return YES


def may_reply(actor: Actor, submission: Submission) -> Verdict:
    """Both of the two it concerns."""
    if submission.trainee_id == actor.user_id:
        return YES
    return may_answer(actor, submission)


def may_grant(actor: Actor, clip: Clip) -> Verdict:
    """The guider of the film, or whoever arranges meetings."""
    if clip.recording.owner_id == actor.user_id or actor.can(Capability.ARRANGE_MEETINGS):
        return YES
    return no("Only the guider, or whoever arranges the meeting, can show this clip to somebody.")
