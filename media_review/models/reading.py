"""What stands beside comments: who has read which, and a writer's own ways to begin."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from media_review.kinds import ABOUT_A_SPAN, CommentKind
from media_review.models.submissions import Comment
from people.actor import Actor

SPAN_KINDS = [(kind.value, kind.label) for kind in ABOUT_A_SPAN]


class ReadMark(models.Model):
    """One person has had one comment of somebody else before them, first at this moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="read_marks")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="read_marks")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader"], name="read_once_by_each")
        ]

    def __str__(self) -> str:
        return f"read at {self.read_at:%Y-%m-%d %H:%M}"


class OpeningQuerySet(models.QuerySet["Opening"]):
    """Which openings?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own: how somebody begins is theirs."""
        return self.filter(owner_id=actor.user_id)


class Opening(models.Model):
    """The beginning of a comment that its owner likes to use again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="openings")
    kind = models.CharField(max_length=14, choices=SPAN_KINDS, default=CommentKind.STRENGTH)
    words = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "words"], name="an_opening_once_a_kind"
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="an_opening_has_words"),
        ]

    def __str__(self) -> str:
        return self.words
