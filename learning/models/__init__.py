"""The course's pages, what each person has done in them, and who learns together."""

from learning.models.cohort import Attendance, Cohort, CohortDay, CohortMember
from learning.models.page import CoursePage, DayPage, LessonPage
from learning.models.progress import (
    CheckAnswer,
    CourseFinished,
    LessonFinished,
    Progress,
    ReflectionNote,
)

__all__ = [
    "Attendance",
    "CheckAnswer",
    "Cohort",
    "CohortDay",
    "CohortMember",
    "CourseFinished",
    "CoursePage",
    "DayPage",
    "LessonFinished",
    "LessonPage",
    "Progress",
    "ReflectionNote",
]
