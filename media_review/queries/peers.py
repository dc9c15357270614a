"""Who answers a submission: its supervisor, or the peers of its group as they are today."""

from typing import Any

from django.db.models import OuterRef

from media_review import permissions
from media_review.models import Submission
from people.actor import Actor
from people.models import User
from people.queries import belongs
from people.verdicts import Verdict


def is_peer(actor: Actor, submission: Submission) -> bool:
    """True when this person and the trainee are both of its group today. One query at most."""
    if not submission.group_id or actor.user_id == submission.trainee_id:
        return False
    rows = Submission.objects.filter(pk=submission.pk)
    return rows.filter(Submission.objects.of_peers(actor.user_id)).exists()


def may_answer(actor: Actor, submission: Submission) -> Verdict:
    """May this person comment on it today? No query unless it went to a group."""
    return permissions.may_answer(actor, submission, is_peer=is_peer(actor, submission))


def may_reply(actor: Actor, submission: Submission) -> Verdict:
    """May this person reply there today? No query unless it went to a group."""
    return permissions.may_reply(actor, submission, is_peer=is_peer(actor, submission))


def readers_of(submission: Submission) -> list[Any]:
    """The ids of those it was sent to, as they are today: its supervisor, or its trainee's peers.

    Nobody any more when the trainee has left the group. One query for a group, else none.
    """
    if not submission.group_id:
        return [submission.supervisor_id]
    trainee = belongs(submission.group_id, submission.trainee_id)
    peers = User.objects.with_open_account().filter(trainee).exclude(pk=submission.trainee_id)
    members = peers.filter(belongs(submission.group_id, OuterRef("pk")))
    return list(members.order_by("name").values_list("pk", flat=True))
