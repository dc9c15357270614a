"""Where people are in the course: one person in full, or many at a glance."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, TextField
from django.db.models.functions import Cast
from wagtail.models import Page

from learning import rules
from learning.models import CohortMember, CourseFinished, CoursePage, LessonFinished, Progress
from learning.queries.lesson import STEP, url_of


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson and where somebody is in it."""

    key: UUID
    title: str
    summary: str
    url: str
    minutes: int
    standing: rules.Standing

    @property
    def minutes_left(self) -> int:
        """About how long it still takes."""
        return self.standing.minutes_left

    @property
    def when(self) -> str:
        """How long it still takes, in words."""
        return f"about {self.minutes_left} minutes"

    @property
    def verb(self) -> str:
        """What the button to it says."""
        return "Carry on" if self.standing.is_begun else "Begin this lesson"

    @property
    def because(self) -> str:
        """What stands under its title as a next step."""
        if not self.standing.is_begun:
            return self.summary
        return f"You stopped before “{self.standing.next.title}”." if self.standing.next else ""

    @property
    def state(self) -> str:
        """finished, begun or ahead: for the dot beside its words."""
        if self.standing.is_finished:
            return "finished"
        return "begun" if self.standing.is_begun else "ahead"

    @property
    def resume_url(self) -> str:
        """The part where one goes on."""
        part = self.standing.next
        return f"{self.url}#{part.anchor}" if part and self.standing.is_begun else self.url


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day and its lessons."""

    title: str
    slug: str
    summary: str
    lessons: tuple[LessonLine, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A course and where somebody is in it."""

    key: UUID
    title: str
    summary: str
    welcome: str
    url: str
    days: tuple[DayLine, ...]

    @property
    def lessons(self) -> tuple[LessonLine, ...]:
        """Every lesson, in order."""
        return tuple(lesson for day in self.days for lesson in day.lessons)

    @property
    def finished(self) -> int:
        """How many lessons are finished."""
        return sum(lesson.standing.is_finished for lesson in self.lessons)

    @property
    def minutes_left(self) -> int:
        """About how long the rest takes."""
        return sum(lesson.minutes_left for lesson in self.lessons)

    @property
    def time_left(self) -> str:
        """About how long the rest takes, in words."""
        hours, minutes = divmod(self.minutes_left, 60)
        if not self.minutes_left:
            return "Every lesson is finished."
        words = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
        return f"About {' '.join(words)} left, in as many sittings as you like."

    @property
    def next(self) -> LessonLine | None:
        """The first lesson not finished."""
        return next((line for line in self.lessons if not line.standing.is_finished), None)


@dataclass(frozen=True, slots=True)
class NextLesson:
    """The one next step in the course, for a front page."""

    title: str
    url: str
    minutes_left: int
    begun: bool
    part: str


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """Where one person is, at a glance."""

    user_id: UUID
    lessons: int
    finished: int
    minutes_left: int
    here: str
    url: str
    finished_at: datetime | None


def outline(course_id: int, user_id: UUID) -> Outline | None:
    """The course with everything this person did in it, in four queries."""
    path = CoursePage.objects.live().filter(pk=course_id).values_list("path", flat=True).first()
    return None if path is None else _outline(path, user_id)


def next_lesson(user_id: UUID) -> NextLesson | None:
    """The lesson to go on with, in four queries; nothing when all are finished."""
    path = _course_path_for(user_id)
    line = _outline(path, user_id).next if path else None
    if line is None:
        return None
    part = line.standing.next
    return NextLesson(
        title=line.title,
        url=line.resume_url,
        minutes_left=line.minutes_left,
        begun=line.standing.is_begun,
        part=part.title if part else "",
    )


def progress_of(user_id: UUID) -> CourseProgress | None:
    """Where this person is in their course; nothing when there is no course."""
    path = _course_path_for(user_id)
    return _glance([user_id], path)[user_id] if path else None


def progress_of_many(
    user_ids: Collection[UUID], course_id: int | None = None
) -> dict[UUID, CourseProgress]:
    """Where each of these people is, in five queries however many they are."""
    courses = CoursePage.objects.live().order_by("path")
    rows = courses.filter(pk=course_id) if course_id else courses
    path = rows.values_list("path", flat=True).first()
    return _glance(user_ids, path) if path else {}


def _course_path_for(user_id: UUID) -> str | None:
    mine = CohortMember.objects.filter(cohort__course=OuterRef("pk"), user_id=user_id)
    courses = CoursePage.objects.live().annotate(mine=Exists(mine)).order_by("-mine", "path")
    return courses.values_list("path", flat=True).first()


def _pages(course_path: str) -> list[dict[str, Any]]:
    return list(
        Page.objects.live()
        .filter(path__startswith=course_path)
        .order_by("path")
        .annotate(text=Cast("lessonpage__body", TextField()))
        .values(
            "path", "translation_key", "title", "slug", "url_path", "text",
            "coursepage__summary", "coursepage__welcome", "daypage__summary",
            "lessonpage__summary", "lessonpage__minutes",
        )
    )  # fmt: skip


def _outline(course_path: str, user_id: UUID) -> Outline:
    rows = _pages(course_path)
    keys = [row["translation_key"] for row in rows]
    done: dict[UUID, set[str]] = {}
    ticks = Progress.objects.filter(user_id=user_id, lesson_key__in=keys)
    for key, block_id in ticks.values_list("lesson_key", "block_id"):
        done.setdefault(key, set()).add(str(block_id))
    ends = LessonFinished.objects.filter(user_id=user_id, lesson_key__in=keys)
    finished = dict(ends.values_list("lesson_key", "block_ids"))
    lines: dict[str, list[LessonLine]] = {}
    for row in rows:
        if row["lessonpage__minutes"] is not None:
            line = _line(row, done, finished)
            lines.setdefault(row["path"][:-STEP], []).append(line)
    days = [
        DayLine(
            row["title"], row["slug"], row["daypage__summary"], tuple(lines.get(row["path"], ()))
        )
        for row in rows
        if row["daypage__summary"] is not None
    ]
    top = rows[0]
    return Outline(
        key=top["translation_key"],
        title=top["title"],
        summary=top["coursepage__summary"],
        welcome=top["coursepage__welcome"],
        url=url_of(top["url_path"]),
        days=tuple(days),
    )


def _line(
    row: dict[str, Any], done: Mapping[UUID, set[str]], finished: Mapping[UUID, list[str]]
) -> LessonLine:
    key = row["translation_key"]
    parts = rules.parts_in(row["text"])
    return LessonLine(
        key=key,
        title=row["title"],
        summary=row["lessonpage__summary"],
        url=url_of(row["url_path"]),
        minutes=row["lessonpage__minutes"],
        standing=rules.standing(
            parts, done.get(key, set()), finished.get(key), row["lessonpage__minutes"]
        ),
    )


def _glance(user_ids: Collection[UUID], course_path: str) -> dict[UUID, CourseProgress]:
    rows = _pages(course_path)
    lessons = [row for row in rows if row["lessonpage__minutes"] is not None]
    parts = {row["translation_key"]: rules.parts_in(row["text"]) for row in lessons}
    ticks = (
        Progress.objects.filter(
            user_id__in=user_ids,
            lesson_key__in=list(parts),
            block_id__in=[part.id for found in parts.values() for part in found],
        )
        .values_list("user_id", "lesson_key")
        .annotate(count=Count("id"))
    )
    counts = {(user_id, key): count for user_id, key, count in ticks}
    ends = set(
        LessonFinished.objects.filter(user_id__in=user_ids, lesson_key__in=list(parts)).values_list(
            "user_id", "lesson_key"
        )
    )
    whole = dict(
        CourseFinished.objects.filter(
            user_id__in=user_ids, course_key=rows[0]["translation_key"]
        ).values_list("user_id", "at")
    )
    return {
        user_id: _progress(user_id, lessons, parts, counts, ends, whole.get(user_id))
        for user_id in user_ids
    }


def _progress(
    user_id: UUID,
    lessons: Iterable[dict[str, Any]],
    parts: Mapping[UUID, tuple[rules.Part, ...]],
    counts: Mapping[tuple[UUID, UUID], int],
    ends: Collection[tuple[UUID, UUID]],
    finished_at: datetime | None,
) -> CourseProgress:
    rows = list(lessons)
    ahead = [row for row in rows if (user_id, row["translation_key"]) not in ends]
    left = 0.0
    for row in ahead:
        key = row["translation_key"]
        whole = len(parts[key]) or 1
        left += row["lessonpage__minutes"] * (1 - counts.get((user_id, key), 0) / whole)
    return CourseProgress(
        user_id=user_id,
        lessons=len(rows),
        finished=len(rows) - len(ahead),
        minutes_left=round(left),
        here=ahead[0]["title"] if ahead else "",
        url=url_of(ahead[0]["url_path"]) if ahead else "",
        finished_at=finished_at,
    )
