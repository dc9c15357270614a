"""The way into watching together: a ticket for the process that joins the pages."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from media_review.models import Submission
from media_review.together import rights, tickets


@login_required
@require_POST
def together_enter(request: HttpRequest, pk: UUID) -> JsonResponse:
    """A ticket for seconds, for whoever may watch a clip of this submission now."""
    row = get_object_or_404(Submission.objects.visible_to(request.actor), pk=pk)
    if not rights.clips_watched(request.actor, row.pk):
        raise PermissionDenied("None of these clips can be watched at the moment.")
    entry = tickets.Entry(request.session.session_key or "", row.pk)
    return JsonResponse({"address": settings.TOGETHER_ADDRESS, "ticket": tickets.issue(entry)})
