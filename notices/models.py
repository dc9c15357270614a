"""Messages waiting for, sent to, or read by people."""

import uuid
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody without an account."""

    name: str
    email: str


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
    """One event told to one person: once in the house, at most once by e-mail.

    Somebody who has no account yet (an invitation) is told at an address instead.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", null=True, blank=True
    )
    to_email = models.EmailField(blank=True)
    to_name = models.CharField(max_length=150, blank=True)
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
            models.UniqueConstraint(
                fields=["to_email", "kind", "key"],
                condition=models.Q(to=None),
                name="address_told_once",
            ),
            models.CheckConstraint(
                condition=models.Q(to__isnull=False, to_email="")
                | (models.Q(to=None) & ~models.Q(to_email="")),
                name="told_to_a_person_or_an_address",
            ),
        ]
        indexes = [
            models.Index(fields=["to", "-posted_at"]),
            models.Index(fields=["posted_at"], condition=models.Q(mailed_at=None), name="unmailed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_id or self.to_email}"

    @property
    def reader(self) -> Any:
        """Who reads it: the person, or a stranger's name and address."""
        return self.to or Stranger(self.to_name, self.to_email)
