"""Awards: certificates kept byte for byte, and the public register."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accreditation.models.meeting import Decision
from people.actor import Actor
from people.kinds import Capability


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Which certificates?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own and one's body's."""
        bodies = actor.organisations_where(Capability.ARRANGE_MEETINGS)
        return self.filter(Q(holder_id=actor.user_id) | Q(body_id__in=bodies))

    def newest_first(self, before: str = "") -> Self:
        """In the order of their days, after the certificate of this number when one is given."""
        rows = self.order_by("-issued_at", "-number")
        last = Certificate.objects.filter(number=before).values_list("issued_at", flat=True)
        day = last.first() if before else None
        older = Q(issued_at__lt=day) | Q(issued_at=day, number__lt=before)
        return rows.filter(older) if day else rows

    def in_force(self) -> Self:
        """Keep those not revoked."""
        return self.filter(revoked_at=None)


class Certificate(models.Model):
    """An award, its facts and the very bytes that were handed over, kept for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="certificate")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates"
    )
    body = models.ForeignKey("people.Organisation", models.PROTECT, related_name="certificates")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates_issued"
    )
    issued_at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField()
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_why = models.TextField(blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_why=""), name="revoked_with_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Where its holder and its body read it."""
        return reverse("accreditation:certificate", args=[self.pk])


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    """Which names?"""

    def public(self) -> Self:
        """Keep names whose holder still agrees and whose certificate still stands."""
        return self.filter(removed_at=None, certificate__revoked_at=None)


class RegisterEntry(models.Model):
    """A name in the body's public register, there only with the holder's consent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="register_entry")
    public_name = models.CharField(max_length=150)
    place = models.CharField(max_length=120, blank=True)
    consented_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        ordering = ["public_name", "id"]
        indexes = [
            models.Index(
                fields=["public_name", "id"],
                condition=Q(removed_at=None),
                name="register_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.public_name


class RegisterWord(models.Model):
    """One word of a register entry, folded for searching by its beginning."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(RegisterEntry, models.CASCADE, related_name="words")
    word = models.CharField(max_length=60, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "entry"], name="register_word_once"),
        ]

    def __str__(self) -> str:
        return self.word
