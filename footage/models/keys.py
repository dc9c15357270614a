"""Keys, in a database of their own, and the graves of those that were destroyed, in the house's."""

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
