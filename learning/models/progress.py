"""What a person has done in the course: facts that no edit of a page can undo."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from people.actor import Actor


class OwnQuerySet(models.QuerySet[models.Model]):
    """Rows that belong to one person."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what is the person's own: nobody else reads it, whatever their role."""
        return self.filter(user_id=actor.user_id)


class PartOfSomebody(models.Model):
    """Something one person did with one part of one lesson."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    lesson_key = models.UUIDField()
    block_id = models.UUIDField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        abstract = True


class Progress(PartOfSomebody):
    """The person is done with this part."""

    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "lesson_key", "block_id"], name="part_is_done_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} is done with {self.block_id}"


class ReflectionNote(PartOfSomebody):
    """The person's own words, for their own eyes."""

    words = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "lesson_key", "block_id"], name="one_note_a_part"
            )
        ]

    def __str__(self) -> str:
        return f"A note of {self.user_id}"


class CheckAnswer(PartOfSomebody):
    """The answer the person chose last; looking again changes it."""

    choice_id = models.CharField(max_length=36)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "lesson_key", "block_id"], name="one_answer_a_check"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} chose {self.choice_id}"


class LessonFinished(models.Model):
    """The person finished the lesson as it was then: `block_ids` are the parts it had."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    lesson_key = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    block_ids = models.JSONField(default=list)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "lesson_key"], name="lesson_is_finished_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} finished {self.lesson_key}"


class CourseFinished(models.Model):
    """The person finished every lesson the course had then. Not attendance, not accreditation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    course_key = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    lesson_keys = models.JSONField(default=list)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "course_key"], name="course_is_finished_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} finished {self.course_key}"
