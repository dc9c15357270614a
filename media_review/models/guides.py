"""The steps of a shared review as a body words them: a list for the guider's eye alone."""

import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models

# The field's own order (domain.md, The method), in words of ours.
HOUSE_STEPS = (
    "Arrive: sit side by side, say what today is for, and ask what has stayed with them",
    "Activate: invite the parent to look, and to say what they see",
    "Receive: let their words arrive; nod, repeat, wait",
    "Exchange: add what you see, briefly, and ask again",
    "From doing to feeling: what might the child feel here, and what do you feel as you look?",
    "Celebrate: name what worked, and whose doing it was",
    "Next goal: what would they like to see more of?",
)


def house_steps() -> list[str]:
    """A fresh list of the house's own steps, to begin with."""
    return list(HOUSE_STEPS)


class ReviewGuideQuerySet(models.QuerySet["ReviewGuide"]):
    """Which step lists?"""

    def nearest(self, body_id: uuid.UUID | None) -> Self:
        """The body's own first, then the house's."""
        mine = models.Q(body=None) | models.Q(body_id=body_id) if body_id else models.Q(body=None)
        return self.filter(mine).order_by(models.F("body_id").desc(nulls_last=True))


class ReviewGuide(models.Model):
    """One list of steps: the house's own, or that of one body. A line may be `Name: what it is`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.OneToOneField(
        "people.Organisation", models.PROTECT, related_name="review_guide", null=True, blank=True
    )
    steps = models.JSONField(default=house_steps)

    objects = ReviewGuideQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Steps of a shared review, {self.body or 'the house’s own'}"

    def clean(self) -> None:
        """Refuse a second list of the house, and an empty one."""
        if self.body is None and ReviewGuide.objects.filter(body=None).exclude(pk=self.pk).exists():
            raise ValidationError("The house has its list already. Change that one.")
        if not self.steps:
            raise ValidationError({"steps": "Write at least one step, one on each line."})
