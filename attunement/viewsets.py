"""Frameworks and scales in Wagtail’s editor: read, copied into a version, published for good."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from attunement import permissions, services
from attunement.forms import OwnBodyForm
from attunement.models import Framework, Scale
from attunement.widgets import Lines


class OwnBodyViewSet(SnippetViewSet):
    """Words that belong to a body: its editors choose among the bodies that are theirs."""

    def get_edit_handler(self) -> Any:
        """The panels, on a form that offers only one's own bodies."""
        return ObjectList(self.panels, base_form_class=OwnBodyForm).bind_to_model(self.model)


class FrameworkViewSet(OwnBodyViewSet):
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


class ScaleViewSet(OwnBodyViewSet):
    """A body's scales to look at oneself with; a published version can only be copied."""

    model = Scale
    icon = "list-ul"
    menu_label = "Scales"
    menu_name = "scales"
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "version", "body", "published_at"]
    inspect_view_enabled = True
    inspect_view_fields = ["name", "version", "body", "about", "published_at"]
    panels = [
        FieldRowPanel([FieldPanel("body"), FieldPanel("name"), FieldPanel("version")]),
        FieldPanel("about"),
        InlinePanel(
            "steps",
            label="Step",
            min_num=2,
            panels=[FieldRowPanel([FieldPanel("value"), FieldPanel("label")])],
        ),
        InlinePanel(
            "items",
            label="What to look at",
            min_num=1,
            panels=[
                FieldRowPanel([FieldPanel("number"), FieldPanel("area")]),
                FieldPanel("words"),
            ],
        ),
    ]


def new_version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then copy the words of a framework into a draft and open it."""
    return _versioned(request, get_object_or_404(Framework, pk=pk), "framework")


def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then publish a framework for good."""
    return _published(request, get_object_or_404(Framework, pk=pk), "framework")


def scale_version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then copy a scale into a draft and open it."""
    return _versioned(request, get_object_or_404(Scale, pk=pk), "scale")


def scale_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then publish a scale for good."""
    return _published(request, get_object_or_404(Scale, pk=pk), "scale")


def _versioned(request: HttpRequest, row: Framework | Scale, kind: str) -> HttpResponse:
    permissions.may_word(request.actor, row.body_id).require()
    if request.method != "POST":
        return _asked(request, row, kind, "Make a new version", "Its words start the same.")
    own = row.body_id or permissions.own_body(request.actor)
    if isinstance(row, Scale):
        draft: Any = services.new_scale(actor=request.actor, scale_id=row.pk, body_id=own)
    else:
        draft = services.new_version(actor=request.actor, framework_id=row.pk, body_id=own)
    messages.success(request, f"{draft} is a draft now. Nobody sees it until it is published.")
    return redirect(f"wagtailsnippets_attunement_{kind}:edit", draft.pk)


def _published(request: HttpRequest, row: Framework | Scale, kind: str) -> HttpResponse:
    permissions.may_word(request.actor, row.body_id).require()
    if request.method != "POST":
        text = "Its words can never change again."
        return _asked(request, row, kind, "Publish for good", text)
    if isinstance(row, Scale):
        services.publish_scale(actor=request.actor, scale_id=row.pk)
    else:
        services.publish(actor=request.actor, framework_id=row.pk)
    messages.success(request, f"{row} is published. New work uses it from now on.")
    return redirect(f"wagtailsnippets_attunement_{kind}:list")


def _asked(request: HttpRequest, row: Any, kind: str, label: str, text: str) -> HttpResponse:
    back = reverse(f"wagtailsnippets_attunement_{kind}:list")
    context: dict[str, Any] = {"framework": row, "label": label, "text": text, "back": back}
    return render(request, "attunement/framework_ask.html", context)
