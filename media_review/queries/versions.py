"""The versions of a submission: each stays readable, and each says what is new in it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Q, prefetch_related_objects

from media_review.models import Submission
from media_review.states import State
from people.actor import Actor


@dataclass(frozen=True, slots=True)
class Version:
    """One version: where it is read, when it was sent, what is new in it."""

    number: int
    url: str
    word: str
    sent_at: datetime | None
    news: str
    is_here: bool


def versions_of(submission: Submission, actor: Actor) -> tuple[Version, ...]:
    """All versions this person may read, oldest first; none (and one query) for only one."""
    root_id = submission.root_id or submission.pk
    family = Submission.objects.visible_to(actor).filter(Q(pk=root_id) | Q(root=root_id))
    rows = list(family.exclude(state=State.WITHDRAWN).order_by("version"))
    if len(rows) < 2:
        return ()
    prefetch_related_objects(rows, "submitted_clips")
    news = ["", *(news_of(before, after) for before, after in pairwise(rows))]
    return tuple(
        Version(
            number=row.version,
            url=row.get_absolute_url(),
            word=row.get_state_display(),
            sent_at=row.sent_at,
            news=words,
            is_here=row.pk == submission.pk,
        )
        for row, words in zip(rows, news, strict=True)
    )


def news_of(before: Submission, after: Submission) -> str:
    """What differs between two versions, in a few words."""
    old = [row.clip_id for row in before.submitted_clips.all()]
    new = [row.clip_id for row in after.submitted_clips.all()]
    said = []
    if added := len(set(new) - set(old)):
        said.append(f"{added} clip{'' if added == 1 else 's'} added")
    if left := len(set(old) - set(new)):
        said.append(f"{left} clip{'' if left == 1 else 's'} left out")
    if not said and old != new:
        said.append("the clips in another order")
    if before.question != after.question:
        said.append("another question")
    if before.look_for != after.look_for:
        said.append("something else to look at")
    return ", ".join(said) or "the same clips and question"
