"""One lesson for one person: its parts, what they did in it, and the road before and after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from wagtail.models import Page

from learning import rules
from learning.models import (
    CheckAnswer,
    CoursePage,
    LessonFinished,
    LessonPage,
    Progress,
    ReflectionNote,
)
from people.questions import SOMEBODY, Question

# A stand-in for a lesson, in questions that are put into SQL once.
SOME_LESSON = UUID("5eed0000-0000-4000-8000-000000000003")
STEP = Page.steplen
COURSE_DEPTH_ABOVE = 2


@dataclass(frozen=True, slots=True)
class Lesson:
    """A published lesson as plain values."""

    id: int
    key: UUID
    title: str
    summary: str
    minutes: int
    url: str
    path: str
    parts: tuple[rules.Part, ...]

    @property
    def course_path(self) -> str:
        """Where its course stands in the tree."""
        return self.path[: -COURSE_DEPTH_ABOVE * STEP]


@dataclass(frozen=True, slots=True)
class Marks:
    """What one person did in one lesson, by part id."""

    done: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    finished_with: frozenset[str] | None = None

    def standing(self, lesson: Lesson) -> rules.Standing:
        """Where the person is in this lesson."""
        return rules.standing(lesson.parts, self.done, self.finished_with, lesson.minutes)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One part as its reader sees it: done or not, new since they finished, their own words."""

    part: rules.Part
    done: bool
    new: bool
    words: str
    chosen: rules.Choice | None
    next: rules.Part | None


@dataclass(frozen=True, slots=True)
class Stop:
    """A lesson on the road."""

    key: UUID
    title: str
    url: str
    minutes: int
    finished: bool
    here: bool

    @property
    def when(self) -> str:
        """How long it takes, in words."""
        return f"{self.minutes} minutes"


@dataclass(frozen=True)
class Road:
    """The course around one lesson."""

    course_title: str
    course_url: str
    day_title: str
    stops: tuple[Stop, ...]

    @cached_property
    def place(self) -> int:
        """Where on the road this lesson is, from 0."""
        return next(number for number, stop in enumerate(self.stops) if stop.here)

    @property
    def before(self) -> Stop | None:
        """The lesson before this one."""
        return self.stops[self.place - 1] if self.place else None

    @property
    def after(self) -> Stop | None:
        """The lesson after this one."""
        return self.stops[self.place + 1] if self.place + 1 < len(self.stops) else None


def sheets_of(lesson: Lesson, marks: Marks) -> tuple[Sheet, ...]:
    """Every part of the lesson, as this person sees it."""
    standing = marks.standing(lesson)
    new = {part.id for part in standing.new}
    return tuple(
        Sheet(
            part=part,
            done=part.id in marks.done,
            new=part.id in new,
            words=marks.notes.get(part.id, ""),
            chosen=next(
                (one for one in part.choices if one.id == marks.answers.get(part.id)), None
            ),
            next=standing.next_after(part.id),
        )
        for part in lesson.parts
    )


def url_of(url_path: str) -> str:
    """The address of a page below the site's root page (which stands at depth 2)."""
    return "/" + url_path.split("/", 2)[2]


def lesson_at(address: str) -> Lesson | None:
    """The live lesson at this address, in one query."""
    slug = address.rstrip("/").rpartition("/")[2]
    for row in _lessons_of_slug().all(slug=slug):
        if url_of(row[5]) == address:
            return _lesson(*row)
    return None


def course_at(address: str) -> int | None:
    """The number of the live course at this address, in one query."""
    rows = CoursePage.objects.live().filter(slug=address.strip("/")).values_list("pk", "url_path")
    return next((pk for pk, url_path in rows if url_of(url_path) == address), None)


def lesson_by_id(lesson_id: int) -> Lesson | None:
    """The live lesson with this number, in one query."""
    row = _lesson_of_id().ask(lesson_id=lesson_id)
    return _lesson(*row) if row else None


def _lesson(*row: Any) -> Lesson:
    *plain, url_path, path, text = row
    return Lesson(*plain, url=url_of(url_path), path=path, parts=rules.parts_in(text))


def _lessons() -> QuerySet[Any]:
    return LessonPage.objects.filter(live=True).values_list(
        "pk", "translation_key", "title", "summary", "minutes", "url_path", "path",
        Cast("body", TextField()),
    )  # fmt: skip


@cache
def _lessons_of_slug() -> Question:
    return Question(lambda slug: _lessons().filter(slug=slug), slug="a slug")


@cache
def _lesson_of_id() -> Question:
    return Question(lambda lesson_id: _lessons().filter(pk=lesson_id), lesson_id=-5011)


def marks_of(user_id: UUID, lesson_key: UUID) -> Marks:
    """Ticks, notes, answers and the finish of one person in one lesson, in one query."""
    found: dict[str, dict[str, str]] = {"done": {}, "note": {}, "answer": {}, "finish": {}}
    for kind, block_id, words in _marks().all(user_id=user_id, lesson_key=lesson_key):
        found[kind][str(UUID(block_id))] = words
    kept = next(iter(found["finish"].values()), None)
    return Marks(
        done=frozenset(found["done"]),
        notes=found["note"],
        answers=found["answer"],
        finished_with=None if kept is None else frozenset(json.loads(kept)),
    )


@cache
def _marks() -> Question:
    return Question(_every_mark, user_id=SOMEBODY, lesson_key=SOME_LESSON)


def _every_mark(**own: UUID) -> QuerySet[Any]:
    done = _rows(Progress.objects.filter(**own), "done", "block_id", Value(""))
    notes = _rows(ReflectionNote.objects.filter(**own), "note", "block_id", F("words"))
    answers = _rows(CheckAnswer.objects.filter(**own), "answer", "block_id", F("choice_id"))
    finish = _rows(LessonFinished.objects.filter(**own), "finish", "lesson_key", F("block_ids"))
    return done.union(notes, answers, finish, all=True)


def _rows(rows: QuerySet[Any], kind: str, block: str, words: Any) -> QuerySet[Any]:
    return rows.values_list(
        Value(kind, TextField()), Cast(block, TextField()), Cast(words, TextField())
    )


def road_of(lesson: Lesson, user_id: UUID) -> Road:
    """The lessons around this one and which are finished, in two queries."""
    finished = {key for (key,) in _finished().all(user_id=user_id)}
    rows = _pages_below().all(path=lesson.course_path)
    titles: dict[str, tuple[str, str]] = {}
    stops = []
    for path, key, title, url_path, minutes in rows:
        titles[path] = (title, url_of(url_path))
        if minutes is not None:
            here = path == lesson.path
            stops.append(Stop(key, title, url_of(url_path), minutes, key in finished, here))
    course_title, course_url = titles[lesson.course_path]
    return Road(course_title, course_url, titles[lesson.path[:-STEP]][0], tuple(stops))


@cache
def _finished() -> Question:
    return Question(
        lambda user_id: LessonFinished.objects.filter(user_id=user_id).values_list("lesson_key"),
        user_id=SOMEBODY,
    )


@cache
def _pages_below() -> Question:
    return Question(
        lambda path: (
            Page.objects.live()
            .filter(path__startswith=path)
            .order_by("path")
            .values_list("path", "translation_key", "title", "url_path", "lessonpage__minutes")
        ),
        path="a path",
    )
