"""The public home."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.blocks import HomeStream


class HomePage(Page):
    """What anybody reads first: what Attune is, for whom, and what it promises to families."""

    lead = models.TextField(blank=True)
    body = StreamField(HomeStream(), blank=True)

    content_panels: ClassVar[list] = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1
    template = "portal/home_page.html"

    class Meta:
        verbose_name = "public home"
