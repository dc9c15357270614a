"""Looking at oneself on a scale: by the trainee, and beside it by the supervisor."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from attunement.models import Scale
from ledger import services as ledger
from media_review.models import Rating, Submission
from media_review.queries import ratings
from people.actor import Actor
from people.errors import RuleBroken

Steps = Mapping[UUID, tuple[UUID | None, str]]


@transaction.atomic
def rate(*, actor: Actor, submission_id: UUID, scale_id: UUID, steps: Steps) -> list[Rating]:
    """This person's steps stand as given; an item without a step has none. Twice changes nothing.

    `steps`: by the item's id the step's id (or None) and a few words. The ledger holds no values.
    """
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    ratings.may_rate(actor, submission).require()
    scale = Scale.objects.published().prefetch_related("steps", "items").get(pk=scale_id)
    _one_scale(submission, scale)
    known = {step.pk for step in scale.steps.all()}
    mine = Rating.objects.filter(submission=submission, rater_id=actor.user_id)
    kept = []
    for item in scale.items.all():
        step_id, words = steps.get(item.pk, (None, ""))
        if step_id is None:
            mine.filter(item=item).delete()
            continue
        if step_id not in known:
            raise RuleBroken("This step is not on the scale any more. Please open the page again.")
        facts = {"step_id": step_id, "words": words.strip()[:500], "rated_at": timezone.now()}
        who = {"submission": submission, "rater_id": actor.user_id, "item": item}
        kept.append(Rating.objects.update_or_create(**who, defaults=facts)[0])
    ledger.record(
        user_id=actor.user_id, verb="media_review.rated", subject=submission, scale=scale.pk
    )
    return kept


def _one_scale(submission: Submission, scale: Scale) -> None:
    """Both look at one version of one scale, or their words could not stand side by side."""
    if submission.ratings.exclude(item__scale=scale).exists():
        raise RuleBroken("These clips were looked at with another scale. Please open it again.")
