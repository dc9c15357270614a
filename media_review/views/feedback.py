"""Beside the thread: one's own openings, and the working points one carries."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from media_review import services
from media_review.forms import OpeningForm, OpeningWordsForm
from media_review.models import Opening, WorkingPoint
from media_review.queries.carried import celebrated_points, open_points
from media_review.queries.openings import openings_of
from people.errors import RuleBroken


@login_required
@require_http_methods(["GET", "POST"])
def opening_list(request: HttpRequest) -> HttpResponse:
    """One's own openings; on POST one more is at hand."""
    form = OpeningForm(request.POST or None)
    if form.is_valid():
        try:
            services.add_opening(actor=request.actor, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "Kept. It is at hand when you write a comment.")
            return redirect("media_review:opening-list")
    context = {"form": form, "groups": openings_of(request.actor)}
    status = 422 if form.errors else 200
    return render(request, "media_review/opening_list.html", context, status=status)


@login_required
@require_POST
def opening_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The opening has other words."""
    row = _opening(request, pk)
    form = OpeningWordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        services.change_opening(actor=request.actor, opening_id=row.pk, words=words)
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    else:
        messages.success(request, "Changed.")
    return redirect("media_review:opening-list")


@login_required
@require_POST
def opening_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It stands one place earlier."""
    row = _opening(request, pk)
    services.move_opening_up(actor=request.actor, opening_id=row.pk)
    return redirect("media_review:opening-list")


@login_required
@require_POST
def opening_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is at hand no more."""
    row = _opening(request, pk)
    services.remove_opening(actor=request.actor, opening_id=row.pk)
    messages.success(request, "Removed. What you wrote with it stays as it is.")
    return redirect("media_review:opening-list")


def _opening(request: HttpRequest, pk: UUID) -> Opening:
    return get_object_or_404(Opening.objects.visible_to(request.actor), pk=pk)


@login_required
@require_GET
def point_list(request: HttpRequest) -> HttpResponse:
    """What one carries along, and what one has seen happen."""
    own = request.actor.user_id
    context = {"carried": open_points(own), "celebrated": celebrated_points(own)}
    return render(request, "media_review/point_list.html", context)


@login_required
@require_POST
def point_celebrate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The guider has seen it happen."""
    words = "Lovely. It stands among what you have seen happen."
    return _ended(request, pk, services.celebrate_point, words)


@login_required
@require_POST
def point_let_go(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is carried no more."""
    return _ended(request, pk, services.let_point_go, "Let go. It stays in its conversation.")


def _ended(request: HttpRequest, pk: UUID, end: Callable[..., Any], words: str) -> HttpResponse:
    rows = WorkingPoint.objects.visible_to(request.actor)
    point = get_object_or_404(rows, pk=pk)
    end(actor=request.actor, point_id=point.pk)
    messages.success(request, words)
    return redirect("media_review:point-list")
