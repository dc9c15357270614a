"""Supervision hours: plan, change, call off, the page of the live meeting, one press to agree."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation import services
from accreditation.forms import AgreeForm, HourForm, HourPlanForm
from accreditation.models import SupervisionSession
from accreditation.queries import hours, practice
from accreditation.services.hours import appointment_of
from accreditation.states import SessionState
from accreditation.views.asking import tried
from notices import calendars
from people import drafts
from people.actor import Actor
from people.errors import RuleBroken

DRAFT = "hour-plan"


def shared_hour(actor: Actor, pk: UUID) -> SupervisionSession:
    """The hour of these two, for either of them; not found for everybody else."""
    rows = SupervisionSession.objects.shared_by(actor).filter(planned_for__isnull=False)
    return get_object_or_404(rows.select_related("trainee", "supervisor"), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def hour_plan(request: HttpRequest) -> HttpResponse:
    """When and where; on POST both have an invitation."""
    actor = request.actor
    people = practice.people_today(actor)
    form = HourPlanForm(
        request.POST or None,
        people=people,
        initial=practice.chosen(request.GET.get("with", "")) | drafts.initial(actor, DRAFT),
    )
    if people and form.is_valid():
        facts = practice.both_sides(actor, form.cleaned_data)
        if planned := tried(form, services.plan_hour, actor=actor, **facts):
            drafts.forget(actor, DRAFT)
            messages.success(request, "Planned. You both have an invitation for the calendar.")
            return redirect(planned.get_hour_url())
    context = {"form": form, "people": people, "draft": DRAFT}
    return render(request, "accreditation/hour_plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def hour_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another time or place; both calendars follow."""
    found = shared_hour(request.actor, pk)
    names = ("planned_for", "minutes", "medium", "place")
    before = {name: getattr(found, name) for name in names}
    form = HourForm(request.POST or None, initial=before)
    facts: dict[str, Any] = {"actor": request.actor, "session_id": found.pk}
    if form.is_valid() and tried(form, services.change_hour, **facts, **form.cleaned_data):
        messages.success(request, "Changed. The other one of you has been told.")
        return redirect(found.get_hour_url())
    context = {"form": form, "session": found}
    return render(request, "accreditation/hour_change.html", context)


@login_required
@require_POST
def hour_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The hour will not take place, and both calendars forget it."""
    found = shared_hour(request.actor, pk)
    services.cancel_hour(actor=request.actor, session_id=found.pk)
    messages.success(request, "Called off. You both have been told.")
    return redirect("accreditation:session-list")


@login_required
@require_GET
def hour(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The one page of the live meeting."""
    found = shared_hour(request.actor, pk)
    page = hours.hour_of(found, request.actor, request.GET.get("clip", ""))
    return render(request, "accreditation/hour.html", {"hour": page, "now": page.now})


@login_required
@require_GET
def hour_now(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the other one has changed since; asked by the page every few seconds."""
    now = hours.now_of(shared_hour(request.actor, pk), request.actor)
    if request.GET.get("seen") == now.mark:
        return HttpResponse(status=204)
    return render(request, "accreditation/_hour_now.html", {"now": now, "oob": True})


@login_required
@require_POST
def hour_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The clock runs for both."""
    found = shared_hour(request.actor, pk)
    services.begin_hour(actor=request.actor, session_id=found.pk)
    return redirect(found.get_hour_url())


@login_required
@require_POST
def hour_agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One press: this person says yes to the minutes; with the second yes they count."""
    found = shared_hour(request.actor, pk)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Please give the minutes as a number between 10 and 480.")
        return redirect(found.get_hour_url())
    try:
        minutes = form.cleaned_data["minutes"]
        row = services.agree_hour(actor=request.actor, session_id=found.pk, minutes=minutes)
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    else:
        counts = row.state == SessionState.CONFIRMED
        words = "Confirmed by you both." if counts else "Your yes is kept."
        messages.success(request, words)
    return redirect(found.get_hour_url())


@login_required
@require_GET
def hour_ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The hour for one's own calendar, as it stands now."""
    appointment = appointment_of(shared_hour(request.actor, pk))
    kind = f"text/calendar; charset=utf-8; method={appointment.method}"
    headers = {"Content-Disposition": f'attachment; filename="{calendars.FILE_NAME}"'}
    return HttpResponse(calendars.ics(appointment), content_type=kind, headers=headers)
