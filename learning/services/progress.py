"""What a person does in a lesson is kept at once, and kept for ever.

A tick is one row that the database keeps once. Finishing is asked *after* the tick is safe, so of
two ticks at once the later one sees both. Reading is not written into the ledger, finishing is.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from learning import permissions, rules
from learning.kinds import PartKind
from learning.models import (
    CheckAnswer,
    CourseFinished,
    CoursePage,
    LessonFinished,
    LessonPage,
    Progress,
    ReflectionNote,
)
from learning.queries import Lesson, Marks, lesson_by_id, marks_of
from ledger import services as ledger
from people import drafts
from people.actor import Actor
from people.errors import RuleBroken

LONGEST_NOTE = 20_000


def tick(*, actor: Actor, lesson_id: int, block_id: UUID) -> tuple[Lesson, Marks]:
    """The part is done, once however often this is asked; the last part finishes the lesson."""
    lesson, part = _part(actor, lesson_id, block_id)
    if part.kind == PartKind.KNOWLEDGE_CHECK:
        raise RuleBroken("Choose one of the answers, and this part is done.")
    _keep_tick(actor, lesson, part)
    return lesson, settle(actor=actor, lesson=lesson)


def keep_note(*, actor: Actor, lesson_id: int, block_id: UUID, words: str) -> Lesson:
    """The person's own words are kept as they stand; no words, no note. Raises RuleBroken."""
    lesson, part = _part(actor, lesson_id, block_id)
    words = drafts.plain(words)
    if not part.has_words:
        raise RuleBroken("This part has no place for notes.")
    if len(words) > LONGEST_NOTE:
        raise RuleBroken(
            f"A note can hold {LONGEST_NOTE:,} characters. What you kept before is safe."
        )
    own = {"user_id": actor.user_id, "lesson_key": lesson.key, "block_id": part.id}
    if not words.strip():
        ReflectionNote.objects.filter(**own).delete()
        return lesson
    ReflectionNote.objects.bulk_create(
        [ReflectionNote(**own, words=words, kept_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["user", "lesson_key", "block_id"],
        update_fields=["words", "kept_at"],
    )
    return lesson


def answer(*, actor: Actor, lesson_id: int, block_id: UUID, choice_id: str) -> tuple[Lesson, Marks]:
    """The answer is kept and the part done, whichever answer it is. Raises RuleBroken."""
    lesson, part = _part(actor, lesson_id, block_id)
    if choice_id not in {choice.id for choice in part.choices}:
        raise RuleBroken("Choose one of the answers first. Nothing was lost.")
    row = CheckAnswer(
        user_id=actor.user_id, lesson_key=lesson.key, block_id=part.id, choice_id=choice_id
    )
    CheckAnswer.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["user", "lesson_key", "block_id"],
        update_fields=["choice_id", "answered_at"],
    )
    _keep_tick(actor, lesson, part)
    return lesson, settle(actor=actor, lesson=lesson)


def settle(*, actor: Actor, lesson: Lesson) -> Marks:
    """A lesson with no part left is finished, once; what the person did in it is returned."""
    marks = marks_of(actor.user_id, lesson.key)
    standing = marks.standing(lesson)
    if standing.is_complete and not standing.is_finished:
        _finish(actor, lesson)
        return marks_of(actor.user_id, lesson.key)
    return marks


def _part(actor: Actor, lesson_id: int, block_id: UUID) -> tuple[Lesson, rules.Part]:
    permissions.may_read(actor).require()
    lesson = lesson_by_id(lesson_id)
    wanted = str(block_id)
    part = next((part for part in lesson.parts if part.id == wanted), None) if lesson else None
    if lesson is None or part is None:
        raise RuleBroken(
            "This part is no longer in the lesson: it was changed a moment ago. "
            "Open the lesson again and go on; everything you did is kept."
        )
    return lesson, part


def _keep_tick(actor: Actor, lesson: Lesson, part: rules.Part) -> None:
    row = Progress(user_id=actor.user_id, lesson_key=lesson.key, block_id=part.id)
    Progress.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def _finish(actor: Actor, lesson: Lesson) -> None:
    row, made = LessonFinished.objects.get_or_create(
        user_id=actor.user_id,
        lesson_key=lesson.key,
        defaults={"block_ids": [part.id for part in lesson.parts]},
    )
    if not made:
        return
    whole = _finish_course(actor, lesson)
    ledger.record(
        user_id=actor.user_id,
        verb="learning.lesson_finished",
        subject=row,
        lesson=lesson.key,
        parts=len(lesson.parts),
    )
    if whole:
        ledger.record(
            user_id=actor.user_id,
            verb="learning.course_finished",
            subject=whole,
            lessons=len(whole.lesson_keys),
        )


def _finish_course(actor: Actor, lesson: Lesson) -> CourseFinished | None:
    """The course is finished when every live lesson of it is; None when not, or long since."""
    live = LessonPage.objects.live().filter(path__startswith=lesson.course_path)
    keys = list(live.order_by("path").values_list("translation_key", flat=True))
    done = LessonFinished.objects.filter(user_id=actor.user_id, lesson_key__in=keys).count()
    if done < len(keys):
        return None
    courses = CoursePage.objects.filter(path=lesson.course_path)
    row, made = CourseFinished.objects.get_or_create(
        user_id=actor.user_id,
        course_key=courses.values_list("translation_key", flat=True).get(),
        defaults={"lesson_keys": [str(key) for key in keys]},
    )
    return row if made else None
