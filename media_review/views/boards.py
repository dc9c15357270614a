"""Storyboards: begun, put in order, removed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselogs.models import Case, Cycle
from media_review import queries, services
from media_review.errors import Stale
from media_review.forms import BoardForm
from media_review.models import Recording, Storyboard
from people.errors import RuleBroken

JSON = "application/json"


@login_required
@require_POST
def storyboard_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The board of this case, and of the cycle that was named: begun, or the one that is there."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    cycles = Cycle.objects.visible_to(request.actor).filter(case=case)
    named = request.POST.get("cycle", "")
    cycle = get_object_or_404(cycles, pk=_uuid(named)) if named else None
    board = services.begin_board(
        actor=request.actor, case_id=case.pk, cycle_id=cycle.pk if cycle else None
    )
    return redirect(board)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@login_required
@require_GET
def storyboard_of_film(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The board on which this film's clips would be shown, or where to begin it."""
    rows = Recording.objects.visible_to(request.actor).select_related("case", "cycle")
    film = get_object_or_404(rows, pk=pk)
    return _way_to(request, film.case, film.cycle)


@login_required
@require_GET
def storyboard_of_cycle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The board of this cycle, or where to begin it."""
    rows = Cycle.objects.visible_to(request.actor).filter(case__guider_id=request.actor.user_id)
    cycle = get_object_or_404(rows.select_related("case"), pk=pk)
    return _way_to(request, cycle.case, cycle)


def _way_to(request: HttpRequest, case: Case, cycle: Cycle | None) -> HttpResponse:
    mine = Storyboard.objects.visible_to(request.actor)
    board = mine.filter(case=case, cycle=cycle).first()
    if board:
        return redirect(board)
    context = {"case": case, "cycle": cycle, "steps": queries.boards.steps_for(request.actor)}
    return render(request, "media_review/storyboard_begin.html", context)


@login_required
@require_GET
def storyboard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The board, and what could be put on it."""
    return _page(request, _own(request, pk))


@login_required
@require_POST
def storyboard_arrange(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The board in its new order: a page to people, a short answer to the page's own script."""
    board = _own(request, pk)
    wants_json = request.headers.get("Accept") == JSON
    form = BoardForm(request.POST)
    if not form.is_valid():
        reason = next(iter(form.errors.values()))[0]
        return (
            JsonResponse({"reason": reason}, status=422)
            if wants_json
            else _page(request, board, form, 422)
        )
    try:
        board = services.arrange_board(actor=request.actor, board_id=board.pk, **form.cleaned_data)
    except RuleBroken as broken:
        return _refused(request, board, form, broken, wants_json)
    return JsonResponse({"version": board.version}) if wants_json else redirect(board)


def _refused(
    request: HttpRequest, board: Storyboard, form: BoardForm, broken: RuleBroken, wants_json: bool
) -> HttpResponse:
    if wants_json:
        there: dict[str, Any] = {"reason": str(broken)}
        if isinstance(broken, Stale):
            there["version"] = broken.theirs.version
        return JsonResponse(there, status=409)
    form.add_error(None, str(broken))
    return _page(request, board, form, 409)


@login_required
@require_POST
def storyboard_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The board is gone; back to the case."""
    board = _own(request, pk)
    services.remove_board(actor=request.actor, board_id=board.pk)
    messages.success(request, "The storyboard is gone. Its clips and stills are all still there.")
    return redirect(board.case)


def _page(
    request: HttpRequest, board: Storyboard, form: BoardForm | None = None, status: int = 200
) -> HttpResponse:
    seen = queries.boards.board_of(request.actor, board)
    form = form or BoardForm(initial={"version": board.version, "opening": board.opening})
    context = {"board": seen, "form": form}
    return render(request, "media_review/storyboard.html", context, status=status)


def _own(request: HttpRequest, pk: UUID) -> Storyboard:
    rows = Storyboard.objects.visible_to(request.actor).select_related("case", "cycle")
    return get_object_or_404(rows, pk=pk)
