"""Keepsakes: a family's film of its special moments, and the link by which it is handed over."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from caselogs.kinds import Scope
from caselogs.queries.consents import covered, undisturbed
from footage.kinds import Balance, Music
from footage.states import State as FilmState
from media_review.states import KeepsakeState
from people.actor import Actor
from people.kinds import Capability
from people.queries import holds


class KeepsakeQuerySet(models.QuerySet["Keepsake"]):
    """Which keepsakes? Every method narrows or enriches, and can be chained."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own: nobody else of us ever sees what a family is given."""
        return self.filter(owner_id=actor.user_id)

    def watchable_by(self, actor: Actor, now: datetime | None = None) -> Self:
        """Keep those of one's own that may be watched now: consent to a copy is part of it."""
        return self.visible_to(actor).of_guiders_here(now).agreed()

    def agreed(self) -> Self:
        """Keep those whose family agrees to be filmed and to a copy, and took nothing back."""
        return self.filter(
            covered("case", Scope.FILMING),
            covered("case", Scope.FAMILY_COPY),
            undisturbed("case", "begun_at"),
        )

    def of_guiders_here(self, now: datetime | None = None) -> Self:
        """Keep those whose guider's account is open, with a role of today that may send film."""
        today = timezone.localdate(now)
        return self.filter(holds(OuterRef("owner"), Capability.SEND_FILM, today))

    def for_list(self) -> Self:
        """Bring along what a line of the list prints, in a fixed number of queries."""
        rows = self.select_related("case", "film").annotate(clip_count=models.Count("items"))
        return rows.order_by("-begun_at")


class Keepsake(models.Model):
    """Clips of one case in an order, with gentle words: one film for the family to keep."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("caselogs.Case", models.PROTECT, related_name="keepsakes")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="keepsakes")
    title = models.CharField(max_length=120, blank=True)
    opening = models.CharField(max_length=200, blank=True)
    music = models.CharField(max_length=8, choices=Music.choices, default=Music.NONE)
    balance = models.CharField(max_length=8, choices=Balance.choices, default=Balance.VOICES)
    state = models.CharField(
        max_length=12, choices=KeepsakeState.choices, default=KeepsakeState.DRAFT
    )
    trouble = models.CharField(max_length=300, blank=True)
    film = models.OneToOneField(
        "footage.Film", models.SET_NULL, related_name="keepsake", null=True, blank=True
    )
    begun_at = models.DateTimeField(default=timezone.now)

    objects = KeepsakeQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return self.title or "Special moments"

    def get_absolute_url(self) -> str:
        """Where its guider makes it and hands it over."""
        return reverse("media_review:keepsake", args=[self.pk])


class KeepsakeItem(models.Model):
    """A clip in its place, with the words shown before it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    keepsake = models.ForeignKey(Keepsake, models.CASCADE, related_name="items")
    clip = models.ForeignKey("media_review.Clip", models.CASCADE, related_name="keepsake_items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["keepsake", "clip"], name="clip_once_a_keepsake"),
            models.UniqueConstraint(fields=["keepsake", "position"], name="one_clip_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.title or 'a clip'}"


class KeepsakeLinkQuerySet(models.QuerySet["KeepsakeLink"]):
    """Which links?"""

    def open(self) -> Self:
        """Keep those that nobody has ended."""
        return self.filter(ended_at=None)

    def for_family(self, now: datetime | None = None) -> Self:
        """Keep those that lead to a film at this moment, if somebody has the code.

        Not run out, not ended, not locked; the film is there, the family still agrees, and the
        guider still works with film. Asked again for every answer.
        """
        now = now or timezone.now()
        agreed = Keepsake.objects.agreed().of_guiders_here(now)
        shown = agreed.filter(state=KeepsakeState.HANDED_OVER, film__state=FilmState.READY)
        return self.open().filter(until__gt=now, locked_at=None, keepsake__in=shown.values("pk"))


class KeepsakeLink(models.Model):
    """One way in for one family: a long random link and a code said in person; hashes only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    keepsake = models.ForeignKey(Keepsake, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    wait_until = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = KeepsakeLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["keepsake"], condition=Q(ended_at=None), name="one_open_link_a_keepsake"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("made_at")), name="link_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"link until {self.until:%Y-%m-%d}"
