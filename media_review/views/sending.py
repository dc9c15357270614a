"""Getting a film across: a film that failed is tried again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from media_review import services
from media_review.models import Recording


@login_required
@require_POST
def recording_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The film is prepared again from where it stood; back to its page."""
    row = get_object_or_404(Recording.objects.visible_to(request.actor), pk=pk)
    services.retry_film(actor=request.actor, recording_id=row.pk)
    messages.success(request, "We are trying again. You need not send the film a second time.")
    return redirect(row)
