"""Pathways as versioned rows; enrolments pinned to them; sessions, meetings, decisions, awards."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accreditation.kinds import Grouping, Measure, Medium, MeetingKind, Outcome, SessionKind
from accreditation.states import MeetingState, StageState
from people.actor import Actor
from people.kinds import Capability


class Pathway(models.Model):
    """One version of a body's road to accreditation; once somebody walks it, it never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey("people.Organisation", models.PROTECT, related_name="pathways")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    award_title = models.CharField(max_length=120)
    stage_word = models.CharField(max_length=20, default="Stage")
    practitioner_word = models.CharField(max_length=20, default="guider")
    external_may_return = models.BooleanField(default=True)
    used_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["body", "code", "version"], name="pathway_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class Stage(models.Model):
    """One stretch of a pathway and the meeting that closes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    closing_meeting = models.CharField(max_length=16, choices=MeetingKind.choices)
    meeting_minutes = models.PositiveSmallIntegerField(default=60)
    reflection_days_before = models.PositiveSmallIntegerField(default=0)
    indicative_months = models.PositiveSmallIntegerField(default=6)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["pathway", "number"], name="stage_number_once")
        ]

    def __str__(self) -> str:
        return self.label


class Requirement(models.Model):
    """What a stage asks for: a measure, a number, and other ways that are accepted.

    `alternatives` is a list of accepted ways, each {"count": n, "minutes": each}: 8 x 60 or 6 x 90
    (domain.md: the ways are not equal in minutes, so each is a way of its own).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=20, choices=Measure.choices)
    minimum = models.PositiveIntegerField()
    minutes_each = models.PositiveSmallIntegerField(default=0)
    alternatives = models.JSONField(default=list, blank=True)
    label = models.CharField(max_length=120)
    rule = models.TextField(help_text="How it is counted, in words for the trainee.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="requirement_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.minimum}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Which enrolments?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own, one's supervisees', one's body's, and those one meets as an external."""
        bodies = actor.organisations_where(Capability.SEE_TRAINING_RECORD)
        mine = Meeting.objects.filter(external_id=actor.user_id).exclude(
            state=MeetingState.CANCELLED.value
        )
        return self.filter(
            Q(trainee_id=actor.user_id)
            | Q(trainee_id__in=actor.supervisee_ids)
            | Q(pathway__body_id__in=bodies)
            | Q(pk__in=mine.values("enrolled_stage__enrolment_id"))
        )


class Enrolment(models.Model):
    """A trainee on a pathway, pinned to the version of the day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    pathway = models.ForeignKey(Pathway, models.PROTECT, related_name="enrolments")
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="enrolments", null=True, blank=True
    )
    enrolled_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)
    accredited_on = models.DateField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-enrolled_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "pathway"], condition=Q(ended_on=None), name="enrolled_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.trainee} on {self.pathway}"

    def get_absolute_url(self) -> str:
        """Where the trainee's road is read."""
        return reverse("accreditation:enrolment", args=[self.pk])


class EnrolledStage(models.Model):
    """A trainee in one stage: open from one day until it closed, with the counts of that day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="stages")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="enrolled")
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in StageState],
        default=StageState.OPEN.value,
    )
    opened_on = models.DateField(default=timezone.localdate)
    closed_on = models.DateField(null=True, blank=True)
    reflection = models.TextField(blank=True)
    reflection_shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["stage__number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "stage"], name="in_a_stage_once"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(closed_on=None), name="one_open_stage"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="stage_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.trainee_id} in {self.stage}"


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
        return self.exclude(trainee_confirmed_at=None).exclude(supervisor_confirmed_at=None)


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
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sessions_logged"
    )
    logged_at = models.DateTimeField(default=timezone.now)
    trainee_confirmed_at = models.DateTimeField(null=True, blank=True)
    supervisor_confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SupervisionSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-logged_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(trainee=F("supervisor")), name="nobody_confirms_for_both"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=10, minutes__lte=480), name="session_minutes_are_sane"
            ),
            models.UniqueConstraint(
                fields=["trainee", "supervisor", "held_on", "kind"], name="session_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}, {self.minutes} minutes"

    def get_absolute_url(self) -> str:
        """Where the session is read and confirmed."""
        return reverse("accreditation:session", args=[self.pk])


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Which meetings?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own as trainee or external, one's supervisees', and one's body's."""
        bodies = actor.organisations_where(Capability.ARRANGE_MEETINGS)
        return self.filter(
            Q(external_id=actor.user_id)
            | Q(enrolled_stage__enrolment__trainee_id=actor.user_id)
            | Q(enrolled_stage__enrolment__trainee_id__in=actor.supervisee_ids)
            | Q(enrolled_stage__enrolment__pathway__body_id__in=bodies)
        )


class Meeting(models.Model):
    """The meeting at a stage's end with a supervisor from outside, who decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolled_stage = models.ForeignKey(EnrolledStage, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=16, choices=MeetingKind.choices)
    external = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="meetings_as_external"
    )
    planned_for = models.DateTimeField()
    medium = models.CharField(max_length=10, choices=Medium.choices, default=Medium.REMOTE)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in MeetingState],
        default=MeetingState.PLANNED.value,
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="meetings_planned"
    )
    planned_at = models.DateTimeField(default=timezone.now)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["planned_for"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolled_stage"],
                condition=Q(state="planned"),
                name="one_planned_meeting_a_stage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.planned_for:%d %B %Y}"

    def get_absolute_url(self) -> str:
        """Where the meeting is read and decided."""
        return reverse("accreditation:meeting", args=[self.pk])


class Decision(models.Model):
    """What the external supervisor decided, with the counts of that day frozen beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    words = models.TextField()
    working_points = models.TextField(blank=True)
    held_on = models.DateField(default=timezone.localdate)
    snapshot = models.JSONField(default=dict)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stage_decisions"
    )
    decided_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.held_on}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Which certificates?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own and one's body's."""
        bodies = actor.organisations_where(Capability.SEE_TRAINING_RECORD)
        return self.filter(Q(holder_id=actor.user_id) | Q(body_id__in=bodies))


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

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Where anybody can verify it."""
        return reverse("accreditation:verify", args=[self.number])


class RegisterEntry(models.Model):
    """A name in the body's public register, there only with the holder's consent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="register_entry")
    public_name = models.CharField(max_length=150, db_index=True)
    place = models.CharField(max_length=120, blank=True)
    consented_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["public_name"]

    def __str__(self) -> str:
        return self.public_name
