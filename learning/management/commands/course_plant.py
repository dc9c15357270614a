"""manage.py course_plant: the two days, written, stand in the editor."""

from typing import Any

from django.core.management.base import BaseCommand

from learning import services
from learning.models import LessonPage


class Command(BaseCommand):
    """Plant the course once; a course that stands already is left as its editors made it."""

    help = "Plant the two-day course below the home page. A course that stands is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say where the course stands and how many lessons it has."""
        course = services.plant_course()
        lessons = LessonPage.objects.descendant_of(course).live().count()
        self.stdout.write(f"The course stands at {course.url} with {lessons} lessons.")
