"""Films, what they consist of, how they arrive, and the work on them."""

import uuid
from datetime import datetime
from fractions import Fraction
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from footage.kinds import ArtefactKind, Recipe, WorkState
from footage.seal import Layout
from footage.states import MOVING, State

HOUSE = uuid.UUID(int=0)  # the account of films that belong to no organisation


class FilmQuerySet(models.QuerySet["Film"]):
    """Which films? Every method narrows or enriches, and can be chained."""

    def in_ring(self, ring: uuid.UUID) -> Self:
        """Keep the films whose keys hang on this ring."""
        return self.filter(ring=ring)

    def made_of(self, film_id: uuid.UUID) -> Self:
        """Keep what was cut from this film, joined of it or a cut, or said about either."""
        joined = Q(pieces__source=film_id) | Q(pieces__source__cut_from=film_id)
        said = Q(about=film_id) | Q(about__cut_from=film_id)
        found = self.model.objects.filter(Q(cut_from=film_id) | joined | said)
        return self.filter(pk__in=found.values("pk"))

    def moving(self) -> Self:
        """Keep the films that are still on their way somewhere."""
        return self.filter(state__in=MOVING)

    def to_destroy(self) -> Self:
        """Keep the films whose bytes must go: locked ones, and those that were not accepted."""
        return self.filter(Q(state=State.PURGING) | Q(state=State.REJECTED, purged_at=None))

    def with_old_original(self, now: datetime) -> Self:
        """Keep the ready films of which what was sent has been kept as long as was said."""
        return self.filter(state=State.READY, original_until__lte=now).exclude(kept_until__gt=now)

    def with_progress(self) -> Self:
        """Bring along what a progress line needs."""
        return self.select_related("upload").prefetch_related("works")


class Film(models.Model):
    """One film, or a stretch cut from another. Whose it is, only rooms above know."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ring = models.UUIDField(db_index=True, help_text="the key ring its key hangs on")
    account = models.UUIDField(
        default=HOUSE, db_index=True, help_text="who answers for it: quotas and keys hang on this"
    )
    wrapped_key = models.BinaryField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="films_sent")
    name = models.CharField(max_length=200, blank=True)
    page = models.CharField(max_length=300, blank=True, help_text="where its sender finds it")
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVING)
    reason = models.CharField(max_length=300, blank=True)
    retryable = models.BooleanField(default=False)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    duration_ms = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    rate_num = models.PositiveIntegerField(default=0)
    rate_den = models.PositiveIntegerField(default=1)
    has_sound = models.BooleanField(default=False)
    fine = models.BooleanField(default=False, help_text="a 1080p film was asked for, too")
    original_days = models.PositiveIntegerField(
        default=0, help_text="how long what was sent is kept after the film is ready"
    )
    original_until = models.DateTimeField(null=True, blank=True)
    kept_until = models.DateTimeField(
        null=True, blank=True, help_text="before this moment neither film nor original is given up"
    )
    cut_from = models.ForeignKey(
        "self", models.SET_NULL, related_name="cuts", null=True, blank=True
    )
    cut_start_ms = models.PositiveIntegerField(null=True, blank=True)
    cut_end_ms = models.PositiveIntegerField(null=True, blank=True)
    treatment = models.JSONField(
        default=dict, blank=True, help_text="how the cut is shown, see footage.treatments"
    )
    about = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="notes",
        null=True,
        blank=True,
        help_text="a spoken note: the film it is about, with which it is destroyed",
    )
    begun_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = FilmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cut_start_ms=None, cut_end_ms=None)
                | Q(cut_end_ms__gt=F("cut_start_ms")),
                name="cut_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["state", "begun_at"])]

    def __str__(self) -> str:
        return f"film {str(self.pk)[:8]} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        """The page its sender finds it on."""
        return self.page

    @property
    def rate(self) -> Fraction:
        """Frames a second of the watchable film, exactly."""
        return Fraction(self.rate_num, self.rate_den or 1)

    @property
    def fps(self) -> float:
        """Frames a second of the watchable film."""
        return float(self.rate)

    @property
    def is_ready(self) -> bool:
        """Can it be watched?"""
        return self.state == State.READY

    @property
    def is_note(self) -> bool:
        """Is it a spoken note about another film? Then it needs no picture."""
        return self.about_id is not None

    @property
    def is_kept(self) -> bool:
        """Does the room above keep it, with what was sent, for now? That ends by itself."""
        return self.kept_until is not None and self.kept_until > timezone.now()

    @property
    def is_made_here(self) -> bool:
        """Was it made of other films of ours, so that nobody ever sent it?"""
        return self.cut_from_id is not None or self.pieces.exists()

    @property
    def is_moving(self) -> bool:
        """Will its state change without a person doing anything?"""
        return self.state in MOVING


class Artefact(models.Model):
    """One sealed object of a film. The row makes the object real; without it, it is litter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    film = models.ForeignKey(Film, models.CASCADE, related_name="artefacts")
    kind = models.CharField(max_length=10, choices=ArtefactKind)
    object = models.CharField(max_length=120, unique=True)
    runs = models.JSONField(default=list, help_text="[[epoch, chunks], ...], see footage.seal")
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["film", "kind"], name="one_artefact_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {str(self.film_id)[:8]}"

    @property
    def layout(self) -> Layout:
        """How the sealed object is put together."""
        return Layout.from_json(self.runs, self.size)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Which uploads?"""

    def open_for(self, user_id: uuid.UUID) -> Self:
        """Keep the uploads this person began and may still send to."""
        now = timezone.now()
        in_time = Q(expires_at__gt=now) | Q(film__kept_until__gt=now)
        return self.filter(in_time, film__sent_by_id=user_id, finished_at=None)

    def whole(self) -> Self:
        """Keep the uploads that are complete, though nobody has said so yet."""
        return self.filter(finished_at=None, offset=F("size"), film__state=State.RECEIVING)

    def expired(self, now: datetime) -> Self:
        """Keep the uploads that nobody carried on with in time, and whose film nobody keeps."""
        late = self.filter(finished_at=None, expires_at__lte=now)
        return late.exclude(film__kept_until__gt=now)


class Upload(models.Model):
    """A film on its way in: how much of it is safe, and who is writing just now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    film = models.OneToOneField(Film, models.CASCADE, related_name="upload")
    size = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    runs = models.JSONField(default=list)
    tail = models.BinaryField(default=bytes, help_text="the bytes after the last chunk, sealed")
    sender_sha256 = models.CharField(
        max_length=64, blank=True, help_text="as the sender's side says"
    )
    epoch = models.PositiveIntegerField(default=0)
    writer = models.UUIDField(null=True, blank=True)
    wanted_at = models.DateTimeField(null=True, help_text="when somebody asked the writer to stop")
    begun_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(offset__gte=0) & Q(offset__lte=F("size")),
                name="upload_offset_within_size",
            )
        ]

    def __str__(self) -> str:
        return f"upload {str(self.pk)[:8]}: {self.offset} of {self.size}"

    @property
    def layout(self) -> Layout:
        """How the sealed object is put together so far."""
        return Layout.from_json(self.runs, self.size)

    @property
    def object(self) -> str:
        """The name of the sealed object it is written to."""
        return f"{self.film_id}/original"


class WorkQuerySet(models.QuerySet["Work"]):
    """Which work?"""

    def open(self, now: datetime) -> Self:
        """Keep what may be claimed: waiting and due, or running under a lease that ran out.

        A film made of others waits until none of those is on its way any more.
        """
        waiting = Q(state=WorkState.WAITING) & (Q(not_before=None) | Q(not_before__lte=now))
        due = self.filter(waiting | Q(state=WorkState.RUNNING, lease_until__lt=now))
        return due.exclude(film__pieces__source__state__in=MOVING)


class Work(models.Model):
    """A piece of slow work on a film. The database, not the broker, is the truth about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    film = models.ForeignKey(Film, models.CASCADE, related_name="works")
    recipe = models.CharField(max_length=20, choices=Recipe)
    state = models.CharField(max_length=8, choices=WorkState, default=WorkState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    woken_at = models.DateTimeField(default=timezone.now)
    input_hash = models.CharField(max_length=64, blank=True)
    permille = models.PositiveSmallIntegerField(default=0)
    furthest = models.PositiveSmallIntegerField(default=0, help_text="of the attempts before")
    trouble = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["film", "recipe"], name="one_work_of_a_recipe")
        ]
        indexes = [models.Index(fields=["state", "lease_until"])]

    def __str__(self) -> str:
        return f"{self.recipe} of {str(self.film_id)[:8]}, {self.state}"
