"""Supervision sessions: live meetings that count once both have confirmed them."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accreditation.kinds import Grouping, Medium, SessionKind
from accreditation.states import SessionState
from people.actor import Actor


class SupervisionSessionQuerySet(models.QuerySet["SupervisionSession"]):
    """Which sessions?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those one took part in, and those of one's supervisees."""
        return self.filter(
            Q(trainee_id=actor.user_id)
            | Q(supervisor_id=actor.user_id)
            | Q(trainee_id__in=actor.supervisee_ids)
        )

    def confirmed(self) -> Self:
        """Keep those that both confirmed: the only ones that count."""
        return self.filter(state=SessionState.CONFIRMED)

    def live(self) -> Self:
        """Keep those that took place, as far as anybody says: neither planned nor taken back."""
        return self.exclude(state__in=[SessionState.WITHDRAWN, SessionState.PLANNED])

    def shared_by(self, actor: Actor) -> Self:
        """Keep those that one takes part in oneself, planned ones too."""
        return self.filter(Q(trainee_id=actor.user_id) | Q(supervisor_id=actor.user_id))

    def waiting_for(self, user_id: object) -> Self:
        """Keep those that this person has not confirmed yet."""
        return self.filter(
            Q(trainee_id=user_id, trainee_confirmed_at=None)
            | Q(supervisor_id=user_id, supervisor_confirmed_at=None),
            state=SessionState.WAITING,
        )


class SupervisionSession(models.Model):
    """A live meeting of a trainee and a supervisor; it counts once both have confirmed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="supervision_received"
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="supervision_given"
    )
    kind = models.CharField(
        max_length=12, choices=SessionKind.choices, default=SessionKind.SUPERVISION
    )
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    grouping = models.CharField(
        max_length=10, choices=Grouping.choices, default=Grouping.INDIVIDUAL
    )
    medium = models.CharField(max_length=10, choices=Medium.choices, default=Medium.REMOTE)
    words = models.TextField(blank=True)
    planned_for = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True, help_text="a room, or the link of a call")
    sequence = models.PositiveSmallIntegerField(default=0, help_text="changes sent to calendars")
    begun_at = models.DateTimeField(null=True, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sessions_logged"
    )
    logged_at = models.DateTimeField(default=timezone.now)
    trainee_confirmed_at = models.DateTimeField(null=True, blank=True)
    supervisor_confirmed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in SessionState],
        default=SessionState.WAITING.value,
    )
    dispute_words = models.TextField(blank=True)
    disputed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="sessions_disputed",
        null=True,
        blank=True,
    )

    objects = SupervisionSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-logged_at"]
        indexes = [models.Index(fields=["trainee", "state", "held_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(trainee=F("supervisor")), name="nobody_confirms_for_both"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=10, minutes__lte=480), name="session_minutes_are_sane"
            ),
            models.UniqueConstraint(
                fields=["trainee", "supervisor", "held_on", "kind"],
                condition=~Q(state="withdrawn"),
                name="session_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(trainee_confirmed_at__isnull=False, supervisor_confirmed_at__isnull=False),
                name="confirmed_means_by_both",
            ),
            models.CheckConstraint(
                condition=~Q(state="planned") | Q(planned_for__isnull=False),
                name="planned_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}, {self.minutes} minutes"

    def get_absolute_url(self) -> str:
        """Where the session is read and confirmed."""
        return reverse("accreditation:session", args=[self.pk])

    def get_hour_url(self) -> str:
        """The page of the live meeting."""
        return reverse("accreditation:hour", args=[self.pk])
