"""Rings: the eras of a family's consent, each with a key of its own."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from caselogs.models import Consent
from footage.models import Film
from footage.states import KEYLESS
from media_review.kinds import RingEnd
from media_review.models.holds import SafeguardingHold


class RingQuerySet(models.QuerySet["Ring"]):
    """Which rings?"""

    def open(self) -> Self:
        """Keep those that new films may hang on."""
        return self.filter(ended_at=None)

    def withdrawn(self) -> Self:
        """Keep those whose family has taken its consent back since, whatever it agreed to later."""
        since = Consent.objects.filter(
            case=OuterRef("case"), withdrawn_at__gte=OuterRef("begun_at")
        )
        return self.filter(Exists(since))

    def kept(self) -> Self:
        """Keep those whose era is over and whose key lives on, though no hold asks for it now."""
        holds = SafeguardingHold.objects.binding()
        held = Film.objects.filter(ring=OuterRef("pk"), recording__in=holds.values("recording_id"))
        return self.filter(~Exists(held), ended_at__isnull=False, receipt="")

    def spent(self) -> Self:
        """Keep those of closed cases in which no film is left."""
        living = Film.objects.filter(ring=OuterRef("pk")).exclude(state__in=KEYLESS)
        return self.filter(~Exists(living), case__closed_on__isnull=False)


class Ring(models.Model):
    """An era of consent: the films begun in it hang on one key, and lose it together.

    Its id is the ring that `footage` knows. A new consent after a withdrawal opens a new one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("caselogs.Case", models.PROTECT, related_name="rings")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=10, choices=RingEnd.choices, blank=True)
    receipt = models.CharField(max_length=64, blank=True, help_text="the dead key's fingerprint")

    objects = RingQuerySet.as_manager()

    class Meta:
        ordering = ["case", "begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_open_ring_a_case"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")),
                name="ring_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"ring {str(self.pk)[:8]} of {self.begun_at:%Y-%m-%d}"
