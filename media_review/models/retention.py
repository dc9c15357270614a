"""For how long film is kept: policies, terms agreed with a family, reminders, receipts."""

import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from media_review.kinds import Ending, RecordingKind
from media_review.rules import LONGEST_DAYS, ORIGINAL_DAYS, QUIET_MONTHS, USUAL_DAYS
from people.actor import Actor
from people.kinds import Capability


class RetentionPolicy(models.Model):
    """How long an organisation keeps film. A change is a new row; the one before has its end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="retention_policies"
    )
    days_after_closing = models.PositiveSmallIntegerField(
        default=USUAL_DAYS, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)]
    )
    original_days = models.PositiveSmallIntegerField(default=ORIGINAL_DAYS)
    fine = models.BooleanField(default=False, help_text="a film in 1080p beside the one in 720p")
    quiet_months = models.PositiveSmallIntegerField(default=QUIET_MONTHS)
    why = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="retention_policies_set"
    )
    set_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_at=None), name="one_policy_in_force"
            ),
            models.CheckConstraint(
                condition=Q(days_after_closing__gte=1, days_after_closing__lte=LONGEST_DAYS),
                name="film_is_kept_a_day_to_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days_after_closing} days after the case closes"


class FamilyTerm(models.Model):
    """A shorter time, agreed with one family. A change is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("caselogs.Case", models.PROTECT, related_name="film_terms")
    days = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="family_terms_set"
    )
    set_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_term_in_force_a_case"
            ),
            models.CheckConstraint(
                condition=Q(days__lte=LONGEST_DAYS), name="a_term_is_a_year_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} days after the case closes, agreed with the family"


class Reminder(models.Model):
    """Somebody was told that this film goes after that day: once for each time ahead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey(
        "media_review.Recording", models.CASCADE, related_name="reminders"
    )
    kept_until = models.DateField()
    days_ahead = models.PositiveSmallIntegerField()
    told_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "kept_until", "days_ahead"], name="reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"told on {self.told_on} of {self.kept_until}"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """Which receipts?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of one's own films, and those of a service whose manager one is."""
        places = actor.organisations_where(Capability.SEE_HOLDINGS)
        return self.filter(Q(guider_id=actor.user_id) | Q(organisation_id__in=places))


class Receipt(models.Model):
    """A film is gone: which, when, why, by which rule. It stays when the recording does not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    film = models.OneToOneField("footage.Film", models.PROTECT, related_name="receipt")
    recording = models.ForeignKey(
        "media_review.Recording",
        models.SET_NULL,
        related_name="receipts",
        null=True,
        blank=True,
    )
    case = models.ForeignKey("caselogs.Case", models.PROTECT, related_name="film_receipts")
    guider = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="film_receipts"
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        related_name="film_receipts",
        null=True,
        blank=True,
    )
    kind = models.CharField(max_length=14, choices=RecordingKind.choices)
    filmed_on = models.DateField()
    length_ms = models.PositiveIntegerField(null=True, blank=True)
    size = models.BigIntegerField(default=0)
    ending = models.CharField(max_length=10, choices=Ending.choices)
    rule = models.CharField(max_length=300)
    locked_at = models.DateTimeField(default=timezone.now)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["-locked_at", "-id"]
        indexes = [models.Index(fields=["organisation", "-locked_at"])]

    def __str__(self) -> str:
        return f"receipt: {self.get_ending_display().lower()}, {self.locked_at:%Y-%m-%d}"
