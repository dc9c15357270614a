"""The page of a service's numbers, printable, with small counts left out."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from caselogs import permissions, queries
from people.kinds import Capability
from people.models import Organisation

LONGEST_YEARS = 5


@login_required
@require_GET
def service_numbers(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """The funnel of one service; managers read figures and rules, never rows."""
    mine = request.actor.organisations_where(Capability.SEE_SERVICE_NUMBERS)
    places = list(Organisation.objects.filter(pk__in=mine)) if mine else []
    place = next((each for each in places if pk in (None, each.pk)), None)
    if place is None:
        raise Http404
    permissions.may_see_numbers(request.actor, place.pk).require()
    since, until = _period(request)
    context = {
        "place": place,
        "places": places,
        "numbers": queries.service_numbers(place.pk, since, until),
        "since": since,
        "until": until,
    }
    return render(request, "caselogs/service_numbers.html", context)


def _period(request: HttpRequest) -> tuple[date, date]:
    """The asked days, or the last twelve months; never longer than five years."""
    today = timezone.localdate()
    until = _day(request.GET.get("until"), today)
    since = _day(request.GET.get("since"), until.replace(year=until.year - 1, day=1))
    earliest = until.replace(year=until.year - LONGEST_YEARS, day=1)
    return max(earliest, min(since, until)), until


def _day(words: str | None, otherwise: date) -> date:
    try:
        day = date.fromisoformat(words or "")
    except ValueError:
        return otherwise
    return day if 2000 <= day.year <= 2100 else otherwise
