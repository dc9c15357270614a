"""Stills: a frame is kept, named, given up; told to a page as a list, to a script as a line."""

from dataclasses import asdict
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from media_review import queries, services
from media_review.forms import StillForm, TitleForm
from media_review.models import Recording, Still
from people.errors import RuleBroken


@login_required
@require_GET
def still_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pictures kept of this film."""
    return _shown(request, _recording(request, pk))


@login_required
@require_POST
def still_keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The frame on the screen is kept; the list with it, or a sentence why not."""
    row = _recording(request, pk)
    form = StillForm(request.POST)
    if not form.is_valid():
        return _refused(request, row, "Please pause the film at the picture you want to keep.")
    try:
        still = services.keep_still(actor=request.actor, recording_id=row.pk, **form.cleaned_data)
    except RuleBroken as broken:
        return _refused(request, row, str(broken))
    return _told(request, row, still, "Picture kept.")


@login_required
@require_POST
def still_title(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The still with its new name."""
    row = _still(request, pk).recording
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _refused(request, row, "Please keep the name to 120 letters.")
    still = services.title_still(actor=request.actor, still_id=pk, **form.cleaned_data)
    return _told(request, row, still, "Name kept.")


@login_required
@require_POST
def still_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The still is gone; the film stays."""
    row = _still(request, pk).recording
    services.remove_still(actor=request.actor, still_id=pk)
    return _told(request, row, None, "Picture removed.")


def _told(request: HttpRequest, row: Recording, still: Still | None, said: str) -> HttpResponse:
    if _wants_json(request):
        line = asdict(queries.stills.still_line(still)) if still else {}
        return JsonResponse({"said": said, **line})
    return _shown(request, row, said=said)


def _refused(request: HttpRequest, row: Recording, words: str) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"error": words}, status=422)
    return _shown(request, row, trouble=words, status=422)


def _shown(request: HttpRequest, row: Recording, status: int = 200, **said: str) -> HttpResponse:
    """The list for htmx; without it, the way back to the workbench."""
    if not request.htmx and request.method == "POST" and status == 200:
        return redirect(row)
    context = {"recording": row, "stills": queries.stills.stills_of(row), **said}
    return render(request, "media_review/_stills.html", context, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _recording(request: HttpRequest, pk: UUID) -> Recording:
    return get_object_or_404(Recording.objects.visible_to(request.actor), pk=pk)


def _still(request: HttpRequest, pk: UUID) -> Still:
    rows = Still.objects.visible_to(request.actor).select_related("recording")
    return get_object_or_404(rows, pk=pk)
