"""A blind second look: two supervisors code the same clip, neither seeing the other's codes."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from media_review.states import LOOKING, SHOWN, LookState
from people.actor import Actor
from people.kinds import Capability
from people.queries import holds


def of_coder(actor: Actor, to: str = "") -> Q:
    """One of the two who code; `to` leads from the rows asked for to their second look.

    Whoever asked still supervises the guider; whoever is let in still reviews from outside, and
    knows of it only once the guider has said yes.
    """
    tied = {f"{to}submitted_clip__submission__trainee_id__in": actor.supervisee_ids}
    outside = holds(actor.user_id, Capability.ASSESS)
    return Q(**{f"{to}first_id": actor.user_id}, **tied) | Q(
        outside, **{f"{to}second_id": actor.user_id, f"{to}agreed_at__isnull": False}
    )


class SecondLookQuerySet(models.QuerySet["SecondLook"]):
    """Which second looks?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those on one's own clips, those one asked for, and those one is let into."""
        guider = Q(submitted_clip__submission__trainee_id=actor.user_id)
        return self.filter(guider | of_coder(actor))

    def coded_by(self, actor: Actor) -> Self:
        """Keep those in which this person is one of the two who code."""
        return self.filter(of_coder(actor))


class SecondLook(models.Model):
    """The guider was asked, and said yes or not; then two people code, each on their own.

    For calibration between the two. What they code says nothing about the guider, who never
    sees it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submitted_clip = models.ForeignKey(
        "media_review.SubmittedClip", models.CASCADE, related_name="second_looks"
    )
    framework = models.ForeignKey(
        "attunement.Framework", models.PROTECT, related_name="second_looks"
    )
    first = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="second_looks_asked"
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="second_looks_given"
    )
    state = models.CharField(max_length=8, choices=LookState.choices, default=LookState.ASKED)
    ends_on = models.DateField(help_text="the last day on which the second can watch the clip")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    first_done_at = models.DateTimeField(null=True, blank=True)
    second_done_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(first=F("second")), name="a_second_look_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state=LookState.ASKED, agreed_at=None)
                | Q(state=LookState.ENDED)
                | Q(state__in=[LookState.CODING, LookState.DONE], agreed_at__isnull=False),
                name="nobody_codes_without_a_yes",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=LookState.DONE, first_done_at__isnull=False, second_done_at__isnull=False
                )
                | (~Q(state=LookState.DONE) & (Q(first_done_at=None) | Q(second_done_at=None))),
                name="done_when_both_are",
            ),
            models.UniqueConstraint(
                fields=["submitted_clip", "second"],
                condition=Q(state__in=LOOKING),
                name="one_open_look_a_colleague",
            ),
        ]

    def __str__(self) -> str:
        return f"second look ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        """Where the guider answers, and the two code and compare."""
        return reverse("media_review:look", args=[self.pk])

    @property
    def is_asked(self) -> bool:
        """Does it wait for the guider's yes?"""
        return self.state == LookState.ASKED

    @property
    def is_coding(self) -> bool:
        """May the two code today, as far as the look itself says?"""
        return self.state == LookState.CODING and self.ends_on >= timezone.localdate()

    @property
    def is_open(self) -> bool:
        """Can it still be ended?"""
        return self.state in LOOKING

    @staticmethod
    def opens_to(actor: Actor, now: datetime | None = None) -> Q:
        """A condition on clips: a second look lets this person in until its last day.

        Only while both may still be coding, the clip is not taken back, and the person holds a role
        of today that reviews from outside. Consent is asked for besides.
        """
        today = timezone.localdate(now)
        open_looks = SecondLook.objects.filter(
            submitted_clip__clip=OuterRef("pk"),
            submitted_clip__submission__state__in=SHOWN,
            second_id=actor.user_id,
            state=LookState.CODING,
            ends_on__gte=today,
        )
        return Q(Exists(open_looks), holds(actor.user_id, Capability.ASSESS, today))


class CodeQuerySet(models.QuerySet["Code"]):
    """Which codes?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own; the other's too once both have finished. Nobody else sees any."""
        one_of_two = of_coder(actor, "look__")
        return self.filter(one_of_two & (Q(coder_id=actor.user_id) | Q(look__state=LookState.DONE)))


class Code(models.Model):
    """One coder saw this principle in this span; times count from the clip's start."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    look = models.ForeignKey(SecondLook, models.CASCADE, related_name="codes")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="second_look_codes"
    )
    principle = models.ForeignKey(
        "attunement.Principle", models.PROTECT, related_name="second_look_codes"
    )
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    marked_at = models.DateTimeField(default=timezone.now)

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["start_ms", "end_ms"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_ms__gt=F("start_ms")), name="code_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["look", "coder"])]

    def __str__(self) -> str:
        return f"code at {self.start_ms} ms"
