"""Working points a guider carries along: out of one conversation, into the next one."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from media_review.models.submissions import Comment, Submission
from people.actor import Actor


class WorkingPointQuerySet(models.QuerySet["WorkingPoint"]):
    """Which working points?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own, and those of whoever one supervises today."""
        return self.filter(Q(trainee_id=actor.user_id) | Q(trainee_id__in=actor.supervisee_ids))

    def open(self) -> Self:
        """Keep those that are still carried: neither let go nor celebrated."""
        return self.filter(let_go_on=None, celebrated_on=None)


class WorkingPoint(models.Model):
    """“More of …”, in the guider's own words. It is carried, celebrated or let go; never marked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="working_points"
    )
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="working_points")
    comment = models.ForeignKey(
        Comment, models.PROTECT, related_name="working_points", null=True, blank=True
    )
    words = models.CharField(max_length=300)
    taken_on = models.DateField(default=timezone.localdate)
    celebrated_on = models.DateField(null=True, blank=True)
    let_go_on = models.DateField(null=True, blank=True)

    objects = WorkingPointQuerySet.as_manager()

    class Meta:
        ordering = ["taken_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment"], name="a_comment_is_taken_along_once"),
            models.CheckConstraint(
                condition=Q(let_go_on=None) | Q(celebrated_on=None),
                name="celebrated_or_let_go_not_both",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_point_has_words"),
        ]
        indexes = [models.Index(fields=["trainee", "celebrated_on", "let_go_on"])]

    def __str__(self) -> str:
        return f"more of {self.words}"
