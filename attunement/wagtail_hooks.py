"""What Wagtail's editor learns from this room."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from attunement import viewsets
from attunement.models import Framework, Scale
from attunement.policies import WordingPolicy

NAMES = {Framework: "framework", Scale: "scale"}
for model in NAMES:
    register_permission_policy(model, WordingPolicy(model))
register_snippet(viewsets.FrameworkViewSet)
register_snippet(viewsets.ScaleViewSet)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Versions are made and published by POST."""
    return [
        path("principles/<uuid:pk>/new-version/", viewsets.new_version, name="framework-version"),
        path("principles/<uuid:pk>/publish/", viewsets.publish, name="framework-publish"),
        path("scales/<uuid:pk>/new-version/", viewsets.scale_version, name="scale-version"),
        path("scales/<uuid:pk>/publish/", viewsets.scale_publish, name="scale-publish"),
    ]


@hooks.register("register_snippet_listing_buttons")
def buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """A draft can be published; a published version can start a new one."""
    kind = NAMES.get(type(snippet))
    if kind is None:
        return
    verb, label = (
        ("version", "Make a new version")
        if snippet.published_at
        else ("publish", "Publish for good")
    )
    yield Button(label, reverse(f"{kind}-{verb}", args=[snippet.pk]), icon_name="openquote")


@hooks.register("before_edit_snippet")
def only_drafts(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """A published version, or one of another body, is shown and not edited."""
    kind = NAMES.get(type(instance))
    if kind is None:
        return None
    policy = WordingPolicy(type(instance))
    if policy.user_has_permission_for_instance(request.user, "change", instance):
        return None
    return redirect(f"wagtailsnippets_attunement_{kind}:inspect", instance.pk)
