"""A trainer's pages: cohorts, who is where in the course, who was there."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning import permissions, queries, services
from learning.forms import CohortForm, MemberForm
from learning.kinds import CourseFormat
from learning.models import Cohort
from people.errors import RuleBroken


@login_required
@require_safe
def cohort_list(request: HttpRequest) -> HttpResponse:
    """The cohorts of the organisations one trains for, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    permissions.may_run(actor).require()
    cohorts = Cohort.objects.visible_to(actor).for_list()
    return render(request, "learning/cohort_list.html", {"cohorts": cohorts})


@login_required
@require_http_methods(["GET", "POST"])
def cohort_open(request: HttpRequest) -> HttpResponse:
    """A form for a new cohort; on POST it is open."""
    actor = request.actor  # type: ignore[attr-defined]
    permissions.may_run(actor).require()
    initial = {"format": CourseFormat.TWO_DAYS}
    form = CohortForm(request.POST or None, actor=actor, initial=initial)
    if form.is_valid():
        try:
            cohort = services.open_cohort(actor=actor, **form.facts)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return redirect(cohort)
    return render(request, "learning/cohort_open.html", {"form": form})


@login_required
@require_safe
def cohort(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody in the cohort: where they are in the course, and when they were there."""
    found = _cohort(request, pk)
    form = MemberForm(people=queries.who_could_join(found))
    context = {"view": queries.cohort_view(found), "cohort": found, "form": form}
    return render(request, "learning/cohort.html", context)


@login_required
@require_POST
def cohort_join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody from this organisation is in the cohort."""
    found = _cohort(request, pk)
    form = MemberForm(request.POST, people=queries.who_could_join(found))
    if form.is_valid():
        person = form.cleaned_data["user_id"]
        services.join_cohort(cohort_id=found.pk, user_id=person.pk, by_id=request.user.pk)
        messages.success(request, f"{person} is in {found}.")
    else:
        messages.warning(request, "Choose somebody who is not in this cohort yet.")
    return redirect(found)


@login_required
@require_POST
def attendance_mark(request: HttpRequest, pk: UUID, day: UUID, member: UUID) -> HttpResponse:
    """The register says whether somebody was there."""
    found = _cohort(request, pk)
    get_object_or_404(found.days.all(), pk=day)
    try:
        services.mark_attendance(
            actor=request.actor,  # type: ignore[attr-defined]
            day_id=day,
            member_id=member,
            attended=request.POST.get("attended") == "yes",
        )
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    return redirect(f"{found.get_absolute_url()}#member-{member}")


def _cohort(request: HttpRequest, pk: UUID) -> Cohort:
    rows = Cohort.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("organisation", "trainer", "course"), pk=pk)
