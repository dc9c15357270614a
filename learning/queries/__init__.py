"""Reads for pages: a lesson, the outline of a course, where people are, a cohort at a glance."""

from learning.queries.cohort import CohortLine, CohortView, MemberLine, cohort_view, members_of
from learning.queries.lesson import (
    Lesson,
    Marks,
    Road,
    lesson_at,
    lesson_by_id,
    marks_of,
    road_of,
)
from learning.queries.outline import (
    CourseProgress,
    DayLine,
    LessonLine,
    NextLesson,
    Outline,
    next_lesson,
    outline,
    progress_of,
    progress_of_many,
)

__all__ = [
    "CohortLine",
    "CohortView",
    "CourseProgress",
    "DayLine",
    "Lesson",
    "LessonLine",
    "Marks",
    "MemberLine",
    "NextLesson",
    "Outline",
    "Road",
    "cohort_view",
    "lesson_at",
    "lesson_by_id",
    "marks_of",
    "members_of",
    "next_lesson",
    "outline",
    "progress_of",
    "progress_of_many",
    "road_of",
]
