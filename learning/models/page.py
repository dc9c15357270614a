"""Course > day > lesson, as Wagtail pages: edited in the editor, read at /course/."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from learning import rules
from learning.blocks import FEATURES, lesson_blocks


class CoursePage(Page):
    """A course: some days of lessons."""

    summary = models.CharField(max_length=300, help_text="One or two sentences under the title.")
    welcome = RichTextField(features=FEATURES, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("welcome")]
    subpage_types: ClassVar = ["learning.DayPage"]
    private_page_options: ClassVar = []
    preview_modes: ClassVar = []

    class Meta:
        verbose_name = "course"


class DayPage(Page):
    """A day of a course: some lessons that belong together."""

    summary = models.CharField(max_length=300, help_text="One or two sentences under the title.")
    welcome = RichTextField(features=FEATURES, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("welcome")]
    parent_page_types: ClassVar = ["learning.CoursePage"]
    subpage_types: ClassVar = ["learning.LessonPage"]
    private_page_options: ClassVar = []
    preview_modes: ClassVar = []

    class Meta:
        verbose_name = "day"


class LessonPage(Page):
    """A lesson: parts in an order. Progress is kept by `translation_key` and the parts' ids."""

    summary = models.CharField(max_length=300, help_text="One or two sentences under the title.")
    minutes = models.PositiveSmallIntegerField(
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text="How long it takes, with its exercises.",
    )
    body = StreamField(lesson_blocks(), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["learning.DayPage"]
    subpage_types: ClassVar = []
    private_page_options: ClassVar = []
    template = "learning/lesson_preview.html"

    class Meta:
        verbose_name = "lesson"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the editor's preview prints: the parts as they stand, nothing ticked."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "parts": rules.parts_of(list(self.body.raw_data))}
