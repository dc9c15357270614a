"""The coverage map: principles by family, and the places behind each cell."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from attunement.queries import principles
from caselogs.models import Case
from media_review import permissions, queries
from media_review.forms import CoverageForm
from people.models import User


@login_required
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """One's own map."""
    return _map(request, get_object_or_404(User, pk=request.actor.user_id))


@login_required
@require_GET
def coverage_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The map of a guider, for themselves and for whoever supervises them today."""
    if not permissions.may_see_map(request.actor, pk):
        raise Http404
    return _map(request, get_object_or_404(User, pk=pk))


@login_required
@require_GET
def coverage_places(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """The places behind one cell, each with a way to play it."""
    rows = Case.objects.visible_to(request.actor).select_related("guider")
    case = get_object_or_404(rows, pk=pk)
    card = next((each for each in principles(request) if each.number == number), None)
    if card is None:
        raise Http404
    form = CoverageForm(request.GET)
    places = queries.coverage.places_of(case, number, request.actor, form.wanted())
    context = {"case": case, "card": card, "places": places, "asked": request.GET.urlencode()}
    context["is_own"] = case.guider_id == request.actor.user_id
    return render(request, "media_review/coverage_places.html", context)


def _map(request: HttpRequest, guider: User) -> HttpResponse:
    form = CoverageForm(request.GET)
    found = queries.coverage.map_of(guider, request.actor, principles(request), form.wanted())
    context = {"found": found, "guider": guider, "form": form, "asked": request.GET.urlencode()}
    context["is_own"] = guider.pk == request.actor.user_id
    return render(request, "media_review/coverage.html", context)
