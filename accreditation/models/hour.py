"""What the two bring to a supervision hour and write in it: agenda and notes."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accreditation.models.session import SupervisionSession
from people.actor import Actor


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Which points of an agenda?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of one's own hours: both read all of them."""
        return self.filter(_both(actor))


class AgendaItem(models.Model):
    """One thing to talk about, put there by either."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(SupervisionSession, models.CASCADE, related_name="agenda")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    added_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"a point for {self.session}"


class HourNoteQuerySet(models.QuerySet["HourNote"]):
    """Which notes?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own, and what the other of the two shares."""
        return self.filter(_both(actor)).filter(Q(author_id=actor.user_id) | Q(is_shared=True))


class HourNote(models.Model):
    """What one of the two wrote during an hour; the other reads it while it is shared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(SupervisionSession, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(max_length=8000, blank=True)
    is_shared = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField(default=timezone.now)

    objects = HourNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "author"], name="one_note_a_person_and_hour")
        ]

    def __str__(self) -> str:
        return f"a note on {self.session}"


def _both(actor: Actor) -> Q:
    return Q(session__trainee_id=actor.user_id) | Q(session__supervisor_id=actor.user_id)
