"""Frameworks in Wagtail's editor: read, copied into a new version, published once and for all."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from attunement import permissions, services
from attunement.models import Framework
from attunement.widgets import Lines


class FrameworkViewSet(SnippetViewSet):
    """A body's words for the principles; a published version can only be copied."""

    model = Framework
    icon = "openquote"
    menu_label = "Principles"
    menu_name = "principles"
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "version", "body", "published_at"]
    inspect_view_enabled = True
    inspect_view_fields = ["name", "version", "body", "published_at"]
    panels = [
        FieldRowPanel([FieldPanel("body"), FieldPanel("name"), FieldPanel("version")]),
        InlinePanel(
            "principles",
            label="Principle",
            min_num=1,
            panels=[
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("number"), FieldPanel("glyph")]),
                        FieldRowPanel([FieldPanel("heading"), FieldPanel("short")]),
                        FieldPanel("examples", widget=Lines, help_text="One on each line."),
                    ]
                )
            ],
        ),
    ]


def new_version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then copy the words into a draft and open it."""
    framework = get_object_or_404(Framework, pk=pk)
    permissions.may_word(request.actor, framework.body_id).require()
    if request.method != "POST":
        return _asked(request, framework, "Make a new version", "Its words start the same.")
    draft = services.new_version(actor=request.actor, framework_id=pk)
    messages.success(request, f"{draft} is a draft now. Nobody sees it until it is published.")
    return redirect("wagtailsnippets_attunement_framework:edit", draft.pk)


def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then publish for good."""
    framework = get_object_or_404(Framework, pk=pk)
    permissions.may_word(request.actor, framework.body_id).require()
    if request.method != "POST":
        return _asked(request, framework, "Publish for good", "Its words can never change again.")
    services.publish(actor=request.actor, framework_id=pk)
    messages.success(request, f"{framework} is published. New work uses it from now on.")
    return redirect("wagtailsnippets_attunement_framework:list")


def _asked(request: HttpRequest, framework: Framework, label: str, text: str) -> HttpResponse:
    back = reverse("wagtailsnippets_attunement_framework:list")
    context: dict[str, Any] = {"framework": framework, "label": label, "text": text, "back": back}
    return render(request, "attunement/framework_ask.html", context)
