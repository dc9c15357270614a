"""A guider's films: the list, a new one, its upload, the workbench."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attunement.queries import principles
from footage import queries as footage
from media_review import queries, services
from media_review.forms import ClipForm, RecordingForm, UploadForm
from media_review.models import Clip, Recording
from people import drafts
from people.errors import RuleBroken

BEGIN_DRAFT = "film:new"


@login_required
@require_GET
def recording_list(request: HttpRequest) -> HttpResponse:
    """The person's own films, newest first."""
    films = queries.films.films_of(request.actor)
    return render(request, "media_review/recording_list.html", {"films": films})


@login_required
@require_http_methods(["GET", "POST"])
def recording_begin(request: HttpRequest) -> HttpResponse:
    """Ask which case and which kind; say the consent; on POST go on to the film itself."""
    form = RecordingForm(
        request.POST or None,
        initial={**_wanted(request), **drafts.initial(request.actor, BEGIN_DRAFT)},
        cases=queries.films.open_cases(request.actor),
        cycles=queries.films.open_cycles(request.actor),
    )
    if form.is_valid():
        try:
            recording = services.begin_recording(actor=request.actor, **form.facts())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            drafts.forget(request.actor, BEGIN_DRAFT)
            return redirect(recording)
    choices = queries.films.cases_to_film(request.actor)
    context = {"form": form, "choices": choices, "draft": BEGIN_DRAFT}
    status = 422 if form.errors else 200
    return render(request, "media_review/recording_begin.html", context, status=status)


def _wanted(request: HttpRequest) -> dict[str, str]:
    """The case or cycle that a link named."""
    return {name: request.GET[name] for name in ("case", "cycle", "kind") if name in request.GET}


@login_required
@require_GET
def recording(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The workbench of this film; or what has to happen before it can be watched."""
    row = _own(request, pk)
    bench = queries.bench.bench_of(row, principles(request), request.actor.supervisor_ids)
    clips = row.clips.all() if "clip" in request.GET else ()
    edited = next((clip for clip in clips if str(clip.pk) == request.GET["clip"]), None)
    form = clip_form(request, row, edited)
    context = {"bench": bench, "form": form, "edited": edited}
    return render(request, f"media_review/recording_{bench.face}.html", context)


def clip_form(request: HttpRequest, row: Recording, clip: Clip | None) -> ClipForm:
    """A form for a new clip with its kept draft, or for the clip that is to be corrected."""
    if clip is None:
        initial = drafts.initial(request.actor, f"clip:{row.pk}")
        return ClipForm(initial=initial, principles=principles(request))
    names = ("start_ms", "end_ms", "title", "why", "who")
    initial = {name: getattr(clip, name) for name in names}
    initial["principle_ids"] = [str(each.pk) for each in clip.principles.all()]
    return ClipForm(initial=initial, principles=principles(request))


@login_required
@require_POST
def recording_upload(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Where the browser sends the film; the same file again carries on where it stopped."""
    row = _own(request, pk)
    form = UploadForm(_posted(request))
    if not form.is_valid():
        return JsonResponse({"reason": "Please choose a film first."}, status=422)
    name, size = form.cleaned_data["name"], form.cleaned_data["size"]
    try:
        upload = services.begin_upload(
            actor=request.actor, recording_id=row.pk, file_name=name, size=size
        )
    except RuleBroken as broken:
        return JsonResponse({"reason": str(broken)}, status=422)
    address = reverse("footage:upload", args=[upload.pk])
    return JsonResponse({"upload_url": address, "film_url": row.get_absolute_url()})


def _posted(request: HttpRequest) -> Mapping[str, object]:
    """What was sent, as JSON or as a form."""
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        return dict(drafts.plain(json.loads(request.body)))
    except (ValueError, TypeError, RecursionError):
        return {}


@login_required
@require_GET
def recording_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the film is; asks the browser to open the workbench once it is ready."""
    row = _own(request, pk)
    progress = footage.progress(row.film) if row.film else None
    context = {"progress": progress, "recording": row}
    response = render(request, "media_review/_progress.html", context)
    if progress and not progress.moving:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def recording_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The film is destroyed; back to the list."""
    row = _own(request, pk)
    services.discard_recording(actor=request.actor, recording_id=row.pk)
    messages.success(request, "The film is locked and is being destroyed. The case log stays.")
    return redirect("media_review:recording-list")


def _own(request: HttpRequest, pk: UUID) -> Recording:
    rows = Recording.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("case", "cycle", "film__upload"), pk=pk)
