"""Spoken notes: a supervisor's or a guider's voice, or face, under the same seal as the film."""

import uuid
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from media_review.models.recordings import Clip
from media_review.models.submissions import Submission, SubmittedClip
from people.actor import Actor


class SpokenNoteQuerySet(models.QuerySet["SpokenNote"]):
    """Which spoken notes?"""

    def visible_to(self, actor: Actor, today: date | None = None) -> Self:
        """Keep one's own and those of sent comments, of submissions one may read."""
        readable = Submission.objects.visible_to(actor, today).values("pk")
        return self.filter(submitted_clip__submission__in=readable).filter(
            Q(author_id=actor.user_id) | Q(comment__sent_at__isnull=False)
        )

    def watchable_by(self, actor: Actor, now: datetime | None = None) -> Self:
        """Keep those this person may hear now: where they may watch the clip spoken of.

        What is said about a film goes with the film: the same consent is asked, each time.
        """
        clips = Clip.objects.watchable_by(actor, now).filter(pk=OuterRef("submitted_clip__clip"))
        return self.visible_to(actor, timezone.localdate(now)).filter(Exists(clips))

    def of_guiders_here(self, now: datetime | None = None) -> Self:
        """Keep those about films whose guider works here today with a role that may send film."""
        clips = Clip.objects.of_guiders_here(now).filter(pk=OuterRef("submitted_clip__clip"))
        return self.filter(Exists(clips))

    def loose(self, before: datetime) -> Self:
        """Keep those begun before this moment that no comment has taken up."""
        return self.filter(comment=None, begun_at__lt=before)


class SpokenNote(models.Model):
    """Up to three minutes of speaking about one submitted clip. Its id is made by the browser."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submitted_clip = models.ForeignKey(SubmittedClip, models.CASCADE, related_name="spoken_notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="spoken_notes"
    )
    film = models.OneToOneField(
        "footage.Film", models.SET_NULL, related_name="spoken_note", null=True, blank=True
    )
    begun_at = models.DateTimeField(default=timezone.now)

    objects = SpokenNoteQuerySet.as_manager()

    class Meta:
        ordering = ["begun_at"]

    def __str__(self) -> str:
        return f"spoken note of {self.begun_at:%Y-%m-%d}"
