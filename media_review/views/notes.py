"""Spoken notes: where the browser sends one, and where it is heard, asked anew each time."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from footage import streaming
from footage.kinds import ArtefactKind
from media_review import queries, services
from media_review.forms import NoteForm
from media_review.models import SpokenNote, Submission, SubmittedClip
from people.errors import RuleBroken

PLAIN = "text/plain; charset=utf-8"


@login_required
@require_safe
def note_film(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A range of a spoken note, for whoever may watch at this moment what it speaks about."""
    return _heard(request, pk, ArtefactKind.PROXY)


@login_required
@require_safe
def note_peaks(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The loudness along the note."""
    return _heard(request, pk, ArtefactKind.PEAKS)


def _heard(request: HttpRequest, pk: UUID, kind: ArtefactKind) -> HttpResponseBase:
    """The bytes; 404 to a stranger, and 403 or 410 with a plain reason to who may know."""
    artefact = queries.media.artefact_for(request.actor, SpokenNote, pk, kind)
    if artefact is None:
        status, reason = queries.media.why_not(request.actor, SpokenNote, pk)
        if status == 404:
            raise Http404
        return HttpResponse(reason, PLAIN, status=status, headers={"Cache-Control": "no-store"})
    return streaming.answer(
        request,
        artefact,
        still=lambda: queries.lane.pass_of(request, SpokenNote, pk, kind) is not None,
    )


@login_required
@require_POST
def note_begin(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Where the browser sends what was said about this clip; the same note again carries on."""
    readable = Submission.objects.visible_to(request.actor)
    row = get_object_or_404(SubmittedClip.objects.filter(submission__in=readable), pk=pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"reason": "Please record something first."}, status=422)
    told = form.cleaned_data
    try:
        upload = services.begin_note(
            actor=request.actor,
            submitted_clip_id=row.pk,
            note_id=told["note_id"],
            file_name=told["name"],
            size=told["size"],
        )
    except RuleBroken as broken:
        return JsonResponse({"reason": str(broken)}, status=422)
    except PermissionDenied as denied:
        return JsonResponse({"reason": str(denied)}, status=403)
    return JsonResponse({"upload_url": reverse("footage:upload", args=[upload.pk])})


@login_required
@require_POST
def note_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was said and not yet sent is destroyed."""
    rows = SpokenNote.objects.visible_to(request.actor).select_related("submitted_clip")
    note = get_object_or_404(rows, pk=pk)
    row = note.submitted_clip
    services.remove_note(actor=request.actor, note_id=note.pk)
    address = reverse("media_review:submission", args=[row.submission_id])
    return redirect(f"{address}?clip={row.position}")
