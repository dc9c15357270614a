"""Keys, in a database of their own, and the graves of those that were destroyed, in the house's."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class RingKey(models.Model):
    """The key all films of a ring hang on, in a database of its own; once destroyed, a receipt."""

    ring = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField(null=True)
    root = models.CharField(max_length=16, help_text="which root key wrapped it")
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrapped__isnull=True, destroyed_at__isnull=False)
                | Q(wrapped__isnull=False, destroyed_at__isnull=True),
                name="a_destroyed_key_is_gone",
            )
        ]

    def __str__(self) -> str:
        return f"key of ring {str(self.ring)[:8]}"


class GraveQuerySet(models.QuerySet["Grave"]):
    """Which graves?"""

    def open(self) -> Self:
        """Keep those whose key nobody has yet been seen to destroy."""
        return self.filter(destroyed_at=None)

    def fresh(self, now: datetime) -> Self:
        """Keep those of the last day, in which a film may still have slipped in."""
        return self.filter(dug_at__gt=now - timedelta(days=1))


class Grave(models.Model):
    """A ring that must open nothing, in any copy: written with the lock on its films.

    It lies in the house's database, so that a key which comes back with a back-up of the keys can
    be destroyed again. It names no family: a ring, what it held, and the dead key's fingerprint.
    """

    ring = models.UUIDField(primary_key=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    films = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0, help_text="bytes of film that can be read no more")
    asked_by = models.UUIDField(null=True, blank=True)
    dug_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = GraveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["dug_at"])]

    def __str__(self) -> str:
        return f"grave of ring {str(self.ring)[:8]}"

    @property
    def receipt(self) -> str:
        """What a page says of the dead key: the first letters of its fingerprint."""
        return self.fingerprint[:8].upper()
