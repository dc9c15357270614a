"""A guider's films: the list, the workbench, how far a film is, its end."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from attunement.queries import PrincipleCard, principles, wording_of
from footage import queries as footage
from media_review import queries, services
from media_review.forms import ClipForm
from media_review.forms.options import initial_of
from media_review.models import Clip, Recording
from people import drafts


@login_required
@require_GET
def recording_list(request: HttpRequest) -> HttpResponse:
    """The person's own films, newest first; of one case, for that case's page."""
    films = queries.films.films_of(request.actor, _case_asked_for(request))
    page = "_films" if request.htmx else "recording_list"
    return render(request, f"media_review/{page}.html", {"films": films})


def _case_asked_for(request: HttpRequest) -> UUID | None:
    """The case of `?case=`, if that is one."""
    try:
        return UUID(request.GET.get("case", ""))
    except ValueError:
        return None


@login_required
@require_GET
def recording(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The workbench of this film; or what has to happen before it can be watched."""
    row = _own(request, pk)
    bench = queries.bench.bench_of(row, principles(request), request.actor.supervisor_ids)
    clips = row.clips.all() if "clip" in request.GET else ()
    edited = next((clip for clip in clips if str(clip.pk) == request.GET["clip"]), None)
    form = clip_form(request, row, edited)
    context = {"bench": bench, "form": form, "edited": edited, **_sending(row, bench.face)}
    if bench.face in ("bench", "locked", "gone"):
        context["stills"] = queries.stills.stills_of(row)
        context["seen"] = queries.viewings.seen_of(row, request.actor)
    return render(request, f"media_review/recording_{bench.face}.html", context)


def _sending(row: Recording, face: str) -> dict[str, object]:
    """What the page needs on which the film is still to come."""
    if face != "send":
        return {}
    halves = [queries.sending.half_of(row)] if row.is_arriving else []
    return {"halves": halves, "largest": settings.FILM_LARGEST_BYTES}


def clip_form(request: HttpRequest, row: Recording, clip: Clip | None) -> ClipForm:
    """A form for a new clip with its kept draft, or for the clip that is to be corrected."""
    if clip is None:
        initial = drafts.initial(request.actor, f"clip:{row.pk}")
        return ClipForm(initial=initial, principles=principles(request))
    names = ("start_ms", "end_ms", "title", "why", "who")
    initial = {name: getattr(clip, name) for name in names} | initial_of(clip)
    initial["principle_ids"] = [str(each.pk) for each in clip.principles.all()]
    return ClipForm(initial=initial, principles=wording_kept(request, clip))


def wording_kept(request: HttpRequest, clip: Clip) -> tuple[PrincipleCard, ...]:
    """The version of the principles a clip was tagged with; without tags, that of today."""
    return wording_of(each.pk for each in clip.principles.all()) or principles(request)


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
    """The film is destroyed; back to the list, or a short answer for a page that stays."""
    row = _own(request, pk)
    services.discard_recording(actor=request.actor, recording_id=row.pk)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    messages.success(request, "The film is locked and is being destroyed. The case log stays.")
    return redirect("media_review:recording-list")


def _own(request: HttpRequest, pk: UUID) -> Recording:
    rows = Recording.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("case", "cycle", "film__upload"), pk=pk)
