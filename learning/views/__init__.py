"""Find, ask, tell: the course for its readers, and cohorts for trainers."""

from learning.views.cohort import attendance_mark, cohort, cohort_join, cohort_list, cohort_open
from learning.views.reading import course, day, lesson, page
from learning.views.verbs import part_answer, part_done, part_film, part_note

__all__ = [
    "attendance_mark",
    "cohort",
    "cohort_join",
    "cohort_list",
    "cohort_open",
    "course",
    "day",
    "lesson",
    "page",
    "part_answer",
    "part_done",
    "part_film",
    "part_note",
]
