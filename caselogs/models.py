"""Cases under a code, never a name; consents with separable scopes; goals; cycles; time."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from caselogs.kinds import AgeBand, ClientType, Ending, ReferralSource, Scope, Setting
from caselogs.states import State
from people.actor import Actor


class CaseQuerySet(models.QuerySet["Case"]):
    """Which cases?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own, and those of the people one supervises today."""
        return self.filter(Q(guider_id=actor.user_id) | Q(guider_id__in=actor.supervisee_ids))


class Case(models.Model):
    """The work with one family or client, known by a code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=12)
    guider = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases")
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="cases", null=True, blank=True
    )
    client_type = models.CharField(max_length=16, choices=ClientType.choices)
    age_band = models.CharField(max_length=8, choices=AgeBand.choices)
    referral_source = models.CharField(max_length=20, choices=ReferralSource.choices)
    setting = models.CharField(max_length=10, choices=Setting.choices, default=Setting.HOME)
    referred_on = models.DateField(default=timezone.localdate)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in State], default=State.REFERRED.value
    )
    approached_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=16, choices=Ending.choices, blank=True)
    ended_why = models.TextField(blank=True)
    opened_at = models.DateTimeField(default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["guider", "code"], name="code_once_a_guider"),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED.value, closed_on__isnull=False)
                | (~Q(state=State.CLOSED.value) & Q(closed_on=None)),
                name="closed_case_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "referred_on"])]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Where the case is read."""
        return reverse("caselogs:case", args=[self.pk])


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Which consents?"""

    def in_force(self, on: date | None = None) -> Self:
        """Keep what was given by that day and was not withdrawn by then (today: not withdrawn)."""
        if on is None:
            return self.filter(withdrawn_at=None, superseded_at=None)
        return self.filter(
            Q(withdrawn_at=None) | Q(withdrawn_at__date__gt=on),
            Q(superseded_at=None) | Q(superseded_at__date__gt=on),
            given_on__lte=on,
        )

    def covering(self, scope: Scope) -> Self:
        """Keep those that say yes to this purpose."""
        return self.filter(scopes__scope=scope, scopes__granted=True)


class Consent(models.Model):
    """What was agreed on one form: who was covered, who explained it, which version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    form_version = models.CharField(max_length=40)
    given_on = models.DateField()
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents_explained"
    )
    covered = models.CharField(max_length=120)
    evidence = models.CharField(max_length=200, blank=True)
    child_assent = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(withdrawn_at=None, superseded_at=None),
                name="one_consent_in_force_a_case",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.form_version} of {self.given_on}"


class ConsentScope(models.Model):
    """Yes or no to one purpose; a change of mind is a new consent, never an edit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="scopes")
    scope = models.CharField(max_length=16, choices=Scope.choices)
    granted = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "scope"], name="scope_once_a_consent")
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {'yes' if self.granted else 'no'}"


class Goal(models.Model):
    """What the parent hopes for: the helping question, or a goal in the parent's own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="goals")
    words = models.CharField(max_length=300)
    is_helping_question = models.BooleanField(default=False)
    set_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-is_helping_question", "set_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(is_helping_question=True),
                name="one_helping_question_a_case",
            )
        ]

    def __str__(self) -> str:
        return self.words


class GoalRating(models.Model):
    """Where the parent is with a goal, 1 to 10, now and hoped for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="ratings")
    rated_on = models.DateField(default=timezone.localdate)
    now_score = models.PositiveSmallIntegerField()
    hoped_score = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["rated_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "rated_on"], name="goal_rated_once_a_day"),
            models.CheckConstraint(
                condition=Q(now_score__gte=1, now_score__lte=10), name="goal_now_is_1_to_10"
            ),
            models.CheckConstraint(
                condition=Q(hoped_score=None) | Q(hoped_score__gte=1, hoped_score__lte=10),
                name="goal_hoped_is_1_to_10",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.now_score} on {self.rated_on}"


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Which cycles?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the cases one may see."""
        return self.filter(case__in=Case.objects.visible_to(actor).values("pk"))


class Cycle(models.Model):
    """A film and the shared review of it: counts only when both have happened, in order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    filmed_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="how long you looked together, where that was timed"
    )
    activity = models.CharField(max_length=120, blank=True)
    what_went_well = models.TextField(blank=True)
    next_time = models.TextField(blank=True)
    logged_at = models.DateTimeField(default=timezone.now)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="cycle_number_once_a_case"),
            models.CheckConstraint(
                condition=Q(reviewed_on=None)
                | Q(filmed_on__isnull=False, reviewed_on__gte=F("filmed_on")),
                name="review_follows_film",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, cycle {self.number}"

    def get_absolute_url(self) -> str:
        """Where the cycle is read."""
        return reverse("caselogs:cycle", args=[self.pk])


class Seal(models.Model):
    """A room above counted this cycle in a decision: it must not change any more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="seals")
    label = models.CharField(max_length=120)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "label"], name="sealed_once")]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.label}"


class TimeEntry(models.Model):
    """Protected time, planned and used, on one day. Minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="time_entries")
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="time_entries", null=True, blank=True
    )
    on = models.DateField(default=timezone.localdate)
    minutes_planned = models.PositiveIntegerField(default=0)
    minutes_used = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(fields=["user", "on"], name="time_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.minutes_used} of {self.minutes_planned} minutes"
