"""How much film an account may keep, where it is not what the house's settings say."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Allowance(models.Model):
    """One account's own limit; also the row on which two who begin at once wait for each other."""

    account = models.UUIDField(primary_key=True, default=uuid.uuid4)
    gigabytes = models.PositiveIntegerField(null=True, help_text="None: what the settings say")
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"account {str(self.account)[:8]}: {self.most} bytes"

    @property
    def most(self) -> int:
        """Bytes of film that the account may keep."""
        if self.gigabytes is None:
            return settings.FILM_ACCOUNT_BYTES
        return self.gigabytes * 1_000_000_000
