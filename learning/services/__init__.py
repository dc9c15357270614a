"""The verbs of the course: plant, tick, keep a note, answer, open a cohort, mark attendance."""

from learning.services.cohort import join_cohort, mark_attendance, open_cohort
from learning.services.course import attach_film, open_editor, plant_course
from learning.services.progress import answer, keep_note, settle, tick

__all__ = [
    "answer",
    "attach_film",
    "join_cohort",
    "keep_note",
    "mark_attendance",
    "open_cohort",
    "open_editor",
    "plant_course",
    "settle",
    "tick",
]
