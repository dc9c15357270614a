"""Recordings of a case, and the clips chosen from them."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from caselogs.kinds import Scope
from caselogs.queries.consents import covered, undisturbed
from footage.states import GONE
from footage.states import State as FilmState
from footage.treatments import LONGEST_CAPTION, Treatment
from media_review.kinds import Custody, RecordingKind, Who
from media_review.models.clocks import clocked
from media_review.models.grants import ViewingGrant
from media_review.models.holds import keeping_read_by
from media_review.models.looks import SecondLook
from media_review.models.submissions import SubmittedClip
from people.actor import Actor
from people.kinds import Capability
from people.queries import holds


class RecordingQuerySet(models.QuerySet["Recording"]):
    """Which recordings? Every method narrows or enriches, and can be chained."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own: a whole recording is for the guider who made it, and nobody else."""
        return self.filter(owner_id=actor.user_id)

    def watchable_by(self, actor: Actor, now: datetime | None = None) -> Self:
        """Keep those whose film this person may watch at this moment.

        Consent is in force, none has been taken back since the recording was begun, and the guider
        still holds a role that works with film: nobody watches what a leaver left behind.
        """
        return (
            self.visible_to(actor)
            .of_guiders_here(now)
            .filter(covered("case", Scope.FILMING), undisturbed("case", "begun_at"))
        )

    def of_guiders_here(self, now: datetime | None = None) -> Self:
        """Keep those whose guider's account is open, with a role of today that may send film."""
        today = timezone.localdate(now)
        return self.filter(holds(OuterRef("owner"), Capability.SEND_FILM, today))

    def kept_for(self, actor: Actor) -> Self:
        """Keep those whose keeping this person may read (never for that the film itself).

        One's own, a supervisee's of today, and every film of a service whose manager one is.
        """
        return self.filter(keeping_read_by(actor))

    def with_clock(self) -> Self:
        """Bring along until when each film is kept, and what that follows from (models.clocks)."""
        return clocked(self)

    def with_consent(self) -> Self:
        """Bring along whether consent to film holds today, and whether it was taken back since."""
        return self.annotate(
            is_covered=covered("case", Scope.FILMING),
            is_withdrawn=~undisturbed("case", "begun_at"),
        )

    def here(self) -> Self:
        """Keep those of which Attune holds a film, or still has one to destroy."""
        return self.filter(film__isnull=False).exclude(film__state__in=GONE)

    def withdrawn(self) -> Self:
        """Keep those begun before consent was withdrawn, whatever was agreed afterwards."""
        return self.filter(~undisturbed("case", "begun_at"))

    def for_list(self) -> Self:
        """Bring along what a list row prints, in a fixed number of queries."""
        return (
            self.select_related("case", "cycle", "film")
            .annotate(
                clip_count=models.Count("clips"),
                is_covered=ExpressionWrapper(
                    covered("case", Scope.FILMING) & undisturbed("case", "begun_at"),
                    output_field=models.BooleanField(),
                ),
            )
            .order_by("-filmed_on", "-begun_at")
        )


class Recording(models.Model):
    """One film of a case: the interaction, or the shared review; it may rest elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("caselogs.Case", models.PROTECT, related_name="recordings")
    cycle = models.ForeignKey(
        "caselogs.Cycle", models.SET_NULL, related_name="recordings", null=True, blank=True
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="recordings")
    kind = models.CharField(max_length=14, choices=RecordingKind.choices)
    custody = models.CharField(max_length=10, choices=Custody.choices, default=Custody.PLATFORM)
    filmed_on = models.DateField()
    film = models.OneToOneField(
        "footage.Film", models.PROTECT, related_name="recording", null=True, blank=True
    )
    length_ms = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=200, blank=True)
    place = models.CharField(
        max_length=200, blank=True, help_text="where the service keeps it, when that is not here"
    )
    begun_at = models.DateTimeField(default=timezone.now)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        ordering = ["-filmed_on", "-begun_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(custody=Custody.PLATFORM) | Q(film=None),
                name="film_only_when_kept_here",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().partition(':')[0]} of {self.filmed_on}"

    def get_absolute_url(self) -> str:
        """The workbench of this recording."""
        return reverse("media_review:recording", args=[self.pk])

    def get_keeping_url(self) -> str:
        """Where it stands until when this film is kept, and why."""
        return reverse("media_review:recording-keeping", args=[self.pk])

    @property
    def span_ms(self) -> int | None:
        """How long the film lasts, as far as anybody knows."""
        return (self.film.duration_ms if self.film else 0) or self.length_ms

    @property
    def is_outside(self) -> bool:
        """Was its film never in Attune?"""
        return self.custody != Custody.PLATFORM

    @property
    def is_elsewhere(self) -> bool:
        """Does the service keep the film itself?"""
        return self.custody == Custody.ELSEWHERE

    @property
    def is_arriving(self) -> bool:
        """Is its film on the way to us, not whole yet?"""
        return self.film is not None and self.film.state == FilmState.RECEIVING


class ClipQuerySet(models.QuerySet["Clip"]):
    """Which clips? Every method narrows or enriches, and can be chained."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own, those sent to one or to a group of one's, and those one was shown.

        Whoever was sent some must still hold a role that supervises, a peer one with film.
        """
        return self.filter(
            Q(recording__owner_id=actor.user_id)
            | self._sent_to(actor)
            | self._shared_with(actor)
            | self._shown_to(actor)
            | SecondLook.opens_to(actor)
        )

    def watchable_by(self, actor: Actor, now: datetime | None = None) -> Self:
        """Keep those whose film this person may watch now: consent is asked for each purpose.

        As with whole films, the guider who made it still holds a role that works with film.
        """
        own = Q(recording__owner_id=actor.user_id)
        sent = self._sent_to(actor, now) & Q(covered("recording__case", Scope.SUPERVISION))
        peers = self._shared_with(actor, now) & Q(covered("recording__case", Scope.INTERVISION))
        shown = self._shown_to(actor, now) & Q(covered("recording__case", Scope.ACCREDITATION))
        looked = SecondLook.opens_to(actor, now) & Q(
            covered("recording__case", Scope.SUPERVISION),
            covered("recording__case", Scope.ACCREDITATION),
        )
        return (
            self.filter(own | sent | peers | shown | looked)
            .of_guiders_here(now)
            .filter(
                covered("recording__case", Scope.FILMING),
                undisturbed("recording__case", "recording__begun_at"),
            )
        )

    def of_guiders_here(self, now: datetime | None = None) -> Self:
        """Keep those whose guider's account is open, with a role of today that may send film."""
        today = timezone.localdate(now)
        return self.filter(holds(OuterRef("recording__owner"), Capability.SEND_FILM, today))

    def for_list(self) -> Self:
        """Bring along what a clip's line prints, in a fixed number of queries."""
        return self.select_related("recording__film", "film").prefetch_related("principles")

    @staticmethod
    def _sent_to(actor: Actor, now: datetime | None = None) -> Q:
        sent = SubmittedClip.objects.shown_to(actor).filter(clip=OuterRef("pk"))
        still = holds(actor.user_id, Capability.SUPERVISE, timezone.localdate(now))
        return Q(Exists(sent), still, recording__owner_id__in=actor.supervisee_ids)

    @staticmethod
    def _shared_with(actor: Actor, now: datetime | None = None) -> Q:
        today = timezone.localdate(now)
        shared = SubmittedClip.objects.shared_with(actor, today).filter(clip=OuterRef("pk"))
        return Q(Exists(shared), holds(actor.user_id, Capability.SEND_FILM, today))

    @staticmethod
    def _shown_to(actor: Actor, now: datetime | None = None) -> Q:
        live = ViewingGrant.objects.live(now).filter(viewer_id=actor.user_id)
        return Q(Exists(live.filter(clip=OuterRef("pk"))))


class Clip(models.Model):
    """A stretch of a recording and what was seen in it. Its own film is cut once it is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey(Recording, models.CASCADE, related_name="clips")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    title = models.CharField(max_length=120, blank=True)
    why = models.TextField(max_length=2000, blank=True)
    who = models.CharField(max_length=8, choices=Who.choices, default=Who.BOTH)
    principles = models.ManyToManyField("attunement.Principle", related_name="clips", blank=True)
    slow_again = models.BooleanField(default=False, help_text="once more, at half speed")
    silent = models.BooleanField(default=False, help_text="without any sound")
    softened = models.JSONField(null=True, blank=True, help_text="see footage.treatments.Region")
    caption = models.CharField(max_length=LONGEST_CAPTION, blank=True)
    film = models.OneToOneField(
        "footage.Film", models.SET_NULL, related_name="clip", null=True, blank=True
    )
    marked_at = models.DateTimeField(default=timezone.now)

    objects = ClipQuerySet.as_manager()

    class Meta:
        ordering = ["start_ms", "end_ms"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_ms__gt=F("start_ms")), name="clip_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["recording", "start_ms", "end_ms"], name="span_once_a_recording"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"clip at {self.start_ms} ms"

    def get_absolute_url(self) -> str:
        """The clip in its workbench."""
        return f"{reverse('media_review:recording', args=[self.recording_id])}#clip-{self.pk}"

    @property
    def length_ms(self) -> int:
        """How long it lasts; its film lasts longer where it is shown once more, slowly."""
        return self.end_ms - self.start_ms

    @property
    def treatment(self) -> Treatment:
        """How others see it."""
        names = ("slow_again", "silent", "softened", "caption")
        return Treatment.of({name: getattr(self, name) for name in names})
