"""Clips: marked, corrected, removed, from the workbench."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from attunement.queries import principles
from media_review import queries, services
from media_review.forms import ClipForm
from media_review.models import Clip, Recording
from media_review.views.films import clip_form, wording_kept
from people import drafts
from people.errors import RuleBroken


@login_required
@require_POST
def clip_mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new clip; the workbench's list and lanes with it, or the form with what to change."""
    row = _recording(request, pk)
    form = ClipForm(request.POST, principles=principles(request))
    if form.is_valid():
        try:
            services.mark_clip(actor=request.actor, recording_id=row.pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            drafts.forget(request.actor, f"clip:{row.pk}")
            return _shown(request, row, None, saved="Clip kept.")
    return _shown(request, row, form)


@login_required
@require_POST
def clip_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The clip with its new words or points."""
    clip = _clip(request, pk)
    form = ClipForm(request.POST, principles=wording_kept(request, clip))
    if form.is_valid():
        try:
            services.correct_clip(actor=request.actor, clip_id=clip.pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return _shown(request, _recording(request, clip.recording_id), None, saved="Changed.")
    return _shown(request, _recording(request, clip.recording_id), form, clip)


@login_required
@require_POST
def clip_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The clip is gone; the film stays."""
    clip = _clip(request, pk)
    services.remove_clip(actor=request.actor, clip_id=clip.pk)
    return _shown(request, _recording(request, clip.recording_id), None, saved="Clip removed.")


def _shown(
    request: HttpRequest,
    row: Recording,
    form: ClipForm | None,
    edited: Clip | None = None,
    saved: str = "",
) -> HttpResponse:
    """The changed parts for htmx; without it the whole page, or the way back to it."""
    if form is None and not request.htmx:
        return redirect(reverse("media_review:recording", args=[row.pk]))
    bench = queries.bench.bench_of(row, principles(request), request.actor.supervisor_ids)
    context = {
        "bench": bench,
        "form": form or clip_form(request, row, None),
        "edited": edited,
        "saved": saved,
    }
    page = "_bench_parts" if request.htmx else f"recording_{bench.face}"
    return render(
        request, f"media_review/{page}.html", context, status=422 if form is not None else 200
    )


def _recording(request: HttpRequest, pk: UUID) -> Recording:
    rows = Recording.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("case", "cycle", "film__upload"), pk=pk)


def _clip(request: HttpRequest, pk: UUID) -> Clip:
    own = Clip.objects.filter(recording__owner_id=request.actor.user_id)
    return get_object_or_404(own, pk=pk)
