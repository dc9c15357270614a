"""Messages waiting for, sent to, or read by people."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Which messages?"""

    def visible_to(self, actor: object) -> Self:
        """Keep one's own."""
        return self.filter(to_id=actor.user_id)  # type: ignore[attr-defined]

    def unread(self) -> Self:
        """Keep those not yet read."""
        return self.filter(read_at=None)

    def waiting(self) -> Self:
        """Keep those whose e-mail has not gone, and that nobody is sending now."""
        now = timezone.now()
        return self.filter(mailed_at=None, mail_wanted=True, attempt__lt=5).filter(
            models.Q(lease_until=None) | models.Q(lease_until__lt=now)
        )


class Notice(models.Model):
    """One event told to one person: once in the house, at most once by e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    path = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    posted_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mail_wanted = models.BooleanField(default=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at"]
        constraints = [
            models.UniqueConstraint(fields=["to", "kind", "key"], name="told_once"),
        ]
        indexes = [
            models.Index(fields=["to", "-posted_at"]),
            models.Index(fields=["posted_at"], condition=models.Q(mailed_at=None), name="unmailed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_id}"
