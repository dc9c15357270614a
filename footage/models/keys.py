"""Keys, in a database of their own, and the graves of those that were destroyed, in the house's."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class AccountKeyQuerySet(models.QuerySet["AccountKey"]):
    """Which organisations' keys?"""

    def current(self) -> Self:
        """Keep the one of each organisation that new rings are wrapped by."""
        return self.filter(retired_at=None)

    def retired(self) -> Self:
        """Keep those that only wait for the last ring to leave them."""
        return self.filter(retired_at__isnull=False)


class AccountKey(models.Model):
    """The key an organisation's rings are wrapped by, itself wrapped by a root key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField(help_text="whose it is: HOUSE for films of no organisation")
    wrapped = models.BinaryField()
    root = models.CharField(max_length=16, help_text="which root key wrapped it")
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = AccountKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(retired_at=None), name="one_current_key_an_account"
            )
        ]

    def __str__(self) -> str:
        return f"key {str(self.pk)[:8]} of account {str(self.account)[:8]}"


class RingKeyQuerySet(models.QuerySet["RingKey"]):
    """Which rings' keys?"""

    def living(self) -> Self:
        """Keep those that still open something."""
        return self.filter(wrapped__isnull=False)


class RingKey(models.Model):
    """The key all films of a ring hang on, in a database of its own; once destroyed, a receipt.

    Wrapped by its organisation's key; a row from before there were such keys names the root key
    that wrapped it, until `keys_rotate` comes by.
    """

    ring = models.UUIDField(primary_key=True)
    account_key = models.ForeignKey(
        AccountKey, models.PROTECT, related_name="rings", null=True, blank=True
    )
    wrapped = models.BinaryField(null=True)
    root = models.CharField(max_length=16, blank=True, help_text="only while no account key did")
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = RingKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrapped__isnull=True, account_key=None, destroyed_at__isnull=False)
                | Q(wrapped__isnull=False, destroyed_at__isnull=True),
                name="a_destroyed_key_is_gone",
            )
        ]

    def __str__(self) -> str:
        return f"key of ring {str(self.ring)[:8]}"


class GraveQuerySet(models.QuerySet["Grave"]):
    """Which graves?"""

    def closed(self) -> Self:
        """Keep those whose key was seen to be destroyed."""
        return self.filter(destroyed_at__isnull=False)

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
