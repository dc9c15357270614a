"""What Wagtail's editor learns from this room."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from media_review.models import ReviewGuide
from media_review.policies import ReviewGuidePolicy
from media_review.viewsets import ReviewGuideViewSet

register_permission_policy(ReviewGuide, ReviewGuidePolicy(ReviewGuide))
register_snippet(ReviewGuideViewSet)


@hooks.register("before_edit_snippet")
def only_ones_own_steps(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """The list of another body is not opened to be changed."""
    if not isinstance(instance, ReviewGuide):
        return None
    policy = ReviewGuidePolicy(ReviewGuide)
    if policy.user_has_permission_for_instance(request.user, "change", instance):
        return None
    return redirect("wagtailsnippets_media_review_reviewguide:list")
