"""What a service holds, why and until when; and the rule it has set itself."""

import csv
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from media_review import permissions, queries, services
from media_review.forms import PolicyForm
from media_review.queries.holdings import SHOWN, Holding
from media_review.rules import inert
from people.errors import RuleBroken
from people.models import Organisation

HEADINGS = (
    "case", "guider", "kind", "filmed on", "length", "bytes", "where", "consent", "state",
    "kept until", "rule", "holds",
)  # fmt: skip


@login_required
@require_GET
def kept(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """The films of one service, a page at a time, with the numbers that open them."""
    place, places = _place(request, pk)
    shown = _shown(request)
    found = queries.holdings.holdings_of(place.pk, shown, request.GET.get("after", ""))
    context = {
        "place": place,
        "places": places,
        "found": found,
        "shown": shown,
        "policy": queries.policies.policy_of(place.pk),
        "today": timezone.localdate(),
    }
    return render(request, "media_review/kept.html", context)


@login_required
@require_GET
def kept_export(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """The same rows as a file for a spreadsheet, which calculates with none of them."""
    place, _ = _place(request, pk)
    rows = queries.holdings.every_holding(place.pk, _shown(request))
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    name = f"films-{place.slug}-{timezone.localdate()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response


class _Echo:
    """Gives back what the csv module writes, so that each line leaves as it is made."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def _lines(rows: Iterator[Holding]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(HEADINGS)
    for row in rows:
        yield writer.writerow([inert(str(cell)) for cell in _cells(row)])


def _cells(row: Holding) -> tuple[Any, ...]:
    return (
        row.code, row.guider, row.kind, row.filmed_on, row.length, row.size, row.place,
        row.consent, row.word, row.kept_until or "", row.rule, "; ".join(row.holds),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def kept_rule(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For how long this service keeps film, what that was before, and a form to change it."""
    place, _ = _place(request, pk)
    policy = queries.policies.policy_of(place.pk)
    form = PolicyForm(request.POST or None, initial=policy.initial)
    if form.is_valid():
        try:
            services.set_policy(actor=request.actor, organisation_id=place.pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "Kept. The films below follow it from now on.")
            return redirect("media_review:kept-of", place.pk)
    context = {"place": place, "policy": policy, "form": form}
    status = 422 if form.errors else 200
    return render(request, "media_review/kept_rule.html", context, status=status)


def _place(request: HttpRequest, pk: UUID | None) -> tuple[Organisation, list[Organisation]]:
    """The service that is asked for, or the first; 404 for whoever answers for none."""
    places = queries.custody.places_of(request.actor)
    place = next((each for each in places if pk in (None, each.pk)), None)
    if place is None:
        raise Http404
    permissions.may_see_holdings(request.actor, place.pk).require()
    return place, places


def _shown(request: HttpRequest) -> str:
    wanted = request.GET.get("show", "all")
    return wanted if wanted in SHOWN else "all"
