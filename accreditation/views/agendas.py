"""What both write during an hour: points of the agenda, and their notes."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accreditation import services
from accreditation.forms import NoteForm, PointForm
from accreditation.models import AgendaItem
from accreditation.queries import hours
from accreditation.views.hours import shared_hour
from people.errors import RuleBroken


@login_required
@require_POST
def point_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The point stands on the agenda of both."""
    found = shared_hour(request.actor, pk)
    form = PointForm(request.POST)
    if not form.is_valid():
        return _agenda(request, pk, "A point has room for 300 letters. Please make it shorter.")
    facts = form.cleaned_data
    try:
        services.add_point(actor=request.actor, session_id=found.pk, **facts)
    except RuleBroken as broken:
        return _agenda(request, pk, str(broken))
    return _agenda(request, pk)


@login_required
@require_POST
def point_tick(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Talked about, or not yet."""
    point = _point(request, pk)
    done = request.POST.get("done") == "yes"
    services.tick_point(actor=request.actor, point_id=point.pk, is_done=done)
    return _agenda(request, point.session_id)


@login_required
@require_POST
def point_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A point of one's own is taken off again; only its author finds it here."""
    own = AgendaItem.objects.visible_to(request.actor).filter(added_by=request.actor.user_id)
    point = get_object_or_404(own, pk=pk)
    services.remove_point(actor=request.actor, point_id=point.pk)
    return _agenda(request, point.session_id)


@login_required
@require_POST
def note_keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was typed so far is kept; the page asks for this while one types."""
    found = shared_hour(request.actor, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _kept(request, pk, why="This is longer than a note can be: 8000 letters.")
    try:
        services.keep_note(actor=request.actor, session_id=found.pk, **form.cleaned_data)
    except RuleBroken as broken:
        return _kept(request, pk, why=str(broken))
    return _kept(request, pk)


def _point(request: HttpRequest, pk: UUID) -> AgendaItem:
    return get_object_or_404(AgendaItem.objects.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]


def _agenda(request: HttpRequest, hour_id: UUID, why: str = "") -> HttpResponse:
    found = shared_hour(request.actor, hour_id)  # type: ignore[attr-defined]
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{found.get_hour_url()}#agenda")
    now = hours.now_of(found, request.actor)  # type: ignore[attr-defined]
    context = {"now": now, "why": why}
    return render(request, "accreditation/_agenda.html", context, status=422 if why else 200)


def _kept(request: HttpRequest, hour_id: UUID, why: str = "") -> HttpResponse:
    found = shared_hour(request.actor, hour_id)  # type: ignore[attr-defined]
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{found.get_hour_url()}#notes")
    now = hours.now_of(found, request.actor)  # type: ignore[attr-defined]
    context = {"now": now, "why": why}
    return render(request, "accreditation/_note_kept.html", context, status=422 if why else 200)
