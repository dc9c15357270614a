"""Who may do what with films, clips and submissions; each answer carries its reason."""

from uuid import UUID

from caselogs.models import Case
from media_review.kinds import Wish
from media_review.models import (
    Clip,
    Code,
    Comment,
    HoldWish,
    Preparation,
    Recording,
    ReviewRun,
    SafeguardingHold,
    SecondLook,
    SpokenNote,
    Storyboard,
    Submission,
    WorkingPoint,
)
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


def may_answer(actor: Actor, submission: Submission, *, is_peer: bool = False) -> Verdict:
    """The supervisor it was sent to, while the two are tied; in a group, its members of today.

    `is_peer`: this person and the trainee are both of its group today (queries.peers knows).
    """
    if submission.group_id:
        return YES if is_peer else no("You are not in this group today, so its clips are closed.")
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


def may_reply(actor: Actor, submission: Submission, *, is_peer: bool = False) -> Verdict:
    """Everybody it concerns."""
    if submission.trainee_id == actor.user_id:
        return YES
    return may_answer(actor, submission, is_peer=is_peer)


def may_remove_note(actor: Actor, note: SpokenNote, comment: Comment | None) -> Verdict:
    """Its author, until it is sent."""
    if note.author_id != actor.user_id:
        return no("Only the person who said this can remove it.")
    return may_change_comment(actor, comment) if comment else YES


def may_carry(actor: Actor, point: WorkingPoint) -> Verdict:
    """A working point is its guider’s own: nobody else says when it is done."""
    if point.trainee_id == actor.user_id:
        return YES
    return no("Only the guider who carries this can say that.")


def may_grant(actor: Actor, clip: Clip) -> Verdict:
    """The guider of the film, or whoever arranges meetings."""
    if clip.recording.owner_id == actor.user_id or actor.can(Capability.ARRANGE_MEETINGS):
        return YES
    return no("Only the guider, or whoever arranges the meeting, can show this clip to somebody.")


def may_see_map(actor: Actor, guider_id: UUID) -> Verdict:
    """The guider, and whoever supervises them today."""
    if guider_id == actor.user_id or guider_id in actor.supervisee_ids:
        return YES
    return no("Only this guider and their supervisor of today can see this map.")


def may_see_holdings(actor: Actor, organisation_id: UUID) -> Verdict:
    """Whoever answers for the films of this service; what they show stays closed to them."""
    if actor.can(Capability.SEE_HOLDINGS, organisation_id):
        return YES
    return no("Only a manager of this service can see what it holds.")


def may_set_policy(actor: Actor, organisation_id: UUID) -> Verdict:
    """The same people decide for how long film is kept."""
    if actor.can(Capability.SEE_HOLDINGS, organisation_id):
        return YES
    return no("Only a manager of this service can decide how long film is kept.")


def may_keep_moments(actor: Actor, case: Case) -> Verdict:
    """The guider of the case, while they practise, makes and hands over the family's film."""
    if case.guider_id != actor.user_id:
        return no("Only the guider of this family can make their film.")
    if not actor.can(Capability.SEND_FILM):
        return no("Your role does not include working with film.")
    return YES


def may_agree_term(actor: Actor, case: Case) -> Verdict:
    """The guider of the case, who speaks with the family."""
    if case.guider_id == actor.user_id:
        return YES
    return no("Only the guider of this family can note what was agreed with them.")


def may_hold(actor: Actor, recording: Recording) -> Verdict:
    """The guider, whoever supervises them today, and whoever answers for the service's films."""
    near = recording.owner_id == actor.user_id or recording.owner_id in actor.supervisee_ids
    if near and actor.can(Capability.HOLD_FILM):
        return YES
    place = recording.case.organisation_id
    if place and actor.can(Capability.SEE_HOLDINGS, place):
        return YES
    return no("Only the guider, their supervisor or the service’s manager can ask for a hold.")


def may_confirm_hold(actor: Actor, hold: SafeguardingHold, asked_by: UUID) -> Verdict:
    """A second person of the same organisation; without one, of those near to the film."""
    if actor.user_id == asked_by:
        return no("You asked for this yourself. A second person has to confirm it.")
    near = may_hold(actor, hold.recording)
    if not near:
        return near
    place = hold.recording.case.organisation_id
    if place and not actor.can(Capability.HOLD_FILM, place):
        return no("Only a second person of this film’s own organisation can confirm a hold.")
    return YES


def may_take_back_hold(actor: Actor, hold: SafeguardingHold, wish: HoldWish) -> Verdict:
    """Whoever asked; and a hold that is to end can be kept by anybody who may ask for one."""
    if wish.asked_by_id == actor.user_id:
        return YES
    if wish.kind == Wish.LIFT:
        return may_hold(actor, hold.recording)
    return no("Only the person who asked for this can take it back.")


def may_arrange(actor: Actor, board: Storyboard) -> Verdict:
    """The guider whose storyboard it is."""
    if board.owner_id == actor.user_id:
        return YES
    return no("Only the guider of this storyboard can change it.")


def may_keep_review(actor: Actor, run: ReviewRun) -> Verdict:
    """The guider who held the review."""
    if run.owner_id == actor.user_id:
        return YES
    return no("Only the guider who held this review can do that.")


def may_keep_prepared(actor: Actor, row: Preparation) -> Verdict:
    """The guider who prepared it."""
    if row.owner_id == actor.user_id:
        return YES
    return no("Only the guider who prepared this can do that.")


def may_agree_to_look(actor: Actor, look: SecondLook) -> Verdict:
    """The guider whose clip it is: nobody else can say yes for them."""
    if look.submitted_clip.submission.trainee_id == actor.user_id:
        return YES
    return no("Only the guider whose clip this is can say yes to a second look.")


def may_end_look(actor: Actor, look: SecondLook) -> Verdict:
    """The guider at any time and without a reason, and each of the two who code."""
    guider_id = look.submitted_clip.submission.trainee_id
    if actor.user_id in (guider_id, look.first_id, look.second_id):
        return YES
    return no("Only the guider, or one of the two who look, can end a second look.")


def may_code(actor: Actor, look: SecondLook) -> Verdict:
    """The two who look, each for themselves."""
    if actor.user_id in (look.first_id, look.second_id):
        return YES
    return no("Only the two who look can mark what they see.")


def may_change_code(actor: Actor, code: Code) -> Verdict:
    """Whoever marked it."""
    if code.coder_id == actor.user_id:
        return YES
    return no("Only the person who marked this can take it away.")
