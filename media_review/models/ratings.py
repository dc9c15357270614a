"""What trainee and supervisor saw on a body's scale: side by side, for reflection, never a sum."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from media_review.models.submissions import Submission
from media_review.states import State
from people.actor import Actor

OPEN = (State.ANSWERED, State.CLOSED)


class RatingQuerySet(models.QuerySet["Rating"]):
    """Which ratings?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own, and the other's: the trainee's once sent, the supervisor's once answered.

        Peers of a group see none: a scale is between a trainee and their supervisor.
        """
        theirs = models.Q(submission__trainee_id=actor.user_id, submission__state__in=OPEN)
        sent = models.Q(
            submission__in=Submission.objects.visible_to(actor),
            submission__supervisor_id=actor.user_id,
        )
        return self.filter(models.Q(rater_id=actor.user_id) | theirs | sent)


class Rating(models.Model):
    """One person's step on one item of a scale, for one submission, perhaps with words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="ratings")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ratings")
    item = models.ForeignKey("attunement.ScaleItem", models.PROTECT, related_name="ratings")
    step = models.ForeignKey("attunement.ScaleStep", models.PROTECT, related_name="ratings")
    words = models.CharField(max_length=500, blank=True)
    rated_at = models.DateTimeField(default=timezone.now)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["item__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "rater", "item"], name="one_step_an_item_and_rater"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} by {self.rater_id}"
