"""Clips sent with a question to a supervisor or a group, and the comments on spans of them."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from caselogs.kinds import Scope
from media_review.kinds import ABOUT_A_SPAN, CommentKind
from media_review.states import SENT, SHOWN, State
from people.actor import Actor
from people.queries import belongs


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Which submissions?"""

    def visible_to(self, actor: Actor, today: date | None = None) -> Self:
        """Keep one's own, what a supervisee of today has sent to one, and what peers share.

        Peers are both of that group today, and it has begun and not ended.
        """
        return self.filter(
            Q(trainee_id=actor.user_id)
            | Q(
                supervisor_id=actor.user_id,
                trainee_id__in=actor.supervisee_ids,
                state__in=SENT,
            )
            | Q(self.of_peers(actor.user_id, today), state__in=SENT)
        )

    @staticmethod
    def of_peers(user_id: uuid.UUID | None, today: date | None = None, at: str = "") -> Q:
        """True where this person and the trainee are both of the group it was sent to, today.

        `at` leads from the outer row to its submission ("submission__").
        """
        group = OuterRef(f"{at}group")
        return Q(
            belongs(group, user_id, today),
            belongs(group, OuterRef(f"{at}trainee"), today),
            **{f"{at}group__isnull": False},
        )

    def newest(self) -> Self:
        """Keep those that were not sent again since, to the same supervisor or group."""
        same = Q(supervisor=OuterRef("supervisor")) | Q(group=OuterRef("group"))
        later = Submission.objects.filter(
            same,
            root=Coalesce(OuterRef("root"), OuterRef("pk")),
            version__gt=OuterRef("version"),
            state__in=SENT,
        )
        return self.filter(~Exists(later))

    def with_names(self) -> Self:
        """Bring along whose it is and whom it is for."""
        return self.select_related("trainee", "supervisor", "group")

    def for_list(self) -> Self:
        """Bring along what a list row prints, in a fixed number of queries."""
        return self.with_names().prefetch_related("submitted_clips__clip__film")


class Submission(models.Model):
    """One to three clips and one question, for one supervisor or one group. No grade anywhere.

    Sent again it is a new row: `root` is the first version, and comments stay with their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions"
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="submissions_to_answer",
        null=True,
        blank=True,
    )
    group = models.ForeignKey(
        "people.Group", models.PROTECT, related_name="submissions", null=True, blank=True
    )
    root = models.ForeignKey("self", models.PROTECT, related_name="versions", null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    question = models.TextField(max_length=1000, blank=True)
    look_for = models.TextField(max_length=1000, blank=True)
    reflection = models.TextField(max_length=4000, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    begun_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN, State.FILM_EXPIRED])
                | Q(sent_at__isnull=False),
                name="sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(trainee=F("supervisor")), name="nobody_answers_themselves"
            ),
            models.CheckConstraint(
                condition=Q(supervisor=None, group__isnull=False)
                | Q(supervisor__isnull=False, group=None),
                name="one_supervisor_or_one_group",
            ),
            models.CheckConstraint(
                condition=Q(root=None, version=1) | Q(root__isnull=False, version__gt=1),
                name="first_version_has_no_root",
            ),
            models.UniqueConstraint(fields=["root", "version"], name="submission_version_once"),
        ]
        indexes = [
            models.Index(fields=["supervisor", "state", "sent_at"]),
            models.Index(fields=["trainee", "state"]),
            models.Index(fields=["group", "state"]),
        ]

    def __str__(self) -> str:
        return f"submission {str(self.pk)[:8]} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        """Where all it concerns read it."""
        return reverse("media_review:submission", args=[self.pk])

    @property
    def to(self) -> str:
        """The name of whoever it is for: the supervisor, or the group."""
        return str(self.group or self.supervisor)

    @property
    def scope(self) -> Scope:
        """What the families must have agreed to, so that whoever it is for may watch."""
        return Scope.INTERVISION if self.group_id else Scope.SUPERVISION


class SubmittedClipQuerySet(models.QuerySet["SubmittedClip"]):
    """Which clips of submissions?"""

    def shown_to(self, actor: Actor) -> Self:
        """Keep those sent to this supervisor and neither taken back nor expired."""
        return self.filter(submission__supervisor_id=actor.user_id, submission__state__in=SHOWN)

    def shared_with(self, actor: Actor, today: date | None = None) -> Self:
        """Keep those sent to a group in which this person and the trainee both are today."""
        peers = SubmissionQuerySet.of_peers(actor.user_id, today, "submission__")
        return self.filter(peers, submission__state__in=SHOWN)


class SubmittedClip(models.Model):
    """A clip in its place within a submission."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="submitted_clips")
    clip = models.ForeignKey("media_review.Clip", models.PROTECT, related_name="submitted_clips")
    position = models.PositiveSmallIntegerField()

    objects = SubmittedClipQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "clip"], name="clip_once_a_submission"),
            models.UniqueConstraint(fields=["submission", "position"], name="one_clip_a_position"),
        ]

    def __str__(self) -> str:
        return f"clip {self.position} of {self.submission}"


class CommentQuerySet(models.QuerySet["Comment"]):
    """Which comments?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own, and what was sent on submissions one may read; drafts are private."""
        readable = Submission.objects.visible_to(actor).values("pk")
        return self.filter(submitted_clip__submission__in=readable).filter(
            Q(author_id=actor.user_id) | Q(sent_at__isnull=False)
        )

    def drafts_of(self, actor: Actor) -> Self:
        """Keep what this person has written and not yet sent."""
        return self.filter(author_id=actor.user_id, sent_at=None)


class Comment(models.Model):
    """Words about a span of a clip (its times count from the clip's start), or a reply."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submitted_clip = models.ForeignKey(SubmittedClip, models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_comments"
    )
    kind = models.CharField(max_length=14, choices=CommentKind.choices)
    start_ms = models.PositiveIntegerField(null=True, blank=True)
    end_ms = models.PositiveIntegerField(null=True, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    spoken = models.OneToOneField(
        "media_review.SpokenNote",
        models.SET_NULL,
        related_name="comment",
        null=True,
        blank=True,
        help_text="what was said aloud; it goes with the film, the words stay",
    )
    principles = models.ManyToManyField("attunement.Principle", related_name="comments", blank=True)
    in_reply_to = models.ForeignKey(
        "self", models.CASCADE, related_name="replies", null=True, blank=True
    )
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["start_ms", "written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CommentKind.REPLY, in_reply_to__isnull=False)
                | Q(kind__in=ABOUT_A_SPAN, in_reply_to__isnull=True, start_ms__isnull=False),
                name="a_reply_answers_something",
            ),
            models.CheckConstraint(
                condition=Q(start_ms=None, end_ms=None) | Q(end_ms__gt=F("start_ms")),
                name="span_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.author_id}"
