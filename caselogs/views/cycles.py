"""Pages of a cycle: logged in two minutes, completed, read, corrected."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from caselogs import permissions, queries, services
from caselogs.forms import CompleteForm, CorrectCycleForm, CycleForm
from caselogs.models import Case, Cycle
from caselogs.views.asking import own_case, said, tried
from people import drafts

BOTH = ["GET", "POST"]


@login_required
@require_http_methods(BOTH)
def cycle_log(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new cycle: four questions, kept as they are typed."""
    case = own_case(request, pk)
    key = f"cycle:{pk}"
    number = 1 + max(case.cycles.values_list("number", flat=True), default=0)
    if not request.POST:
        form = CycleForm.from_draft(drafts.initial(request.actor, key), number)
    else:
        form = CycleForm(request.POST)
        cycle = tried(form, services.log_cycle, actor=request.actor, case_id=pk)
        if cycle:
            drafts.forget(request.actor, key)
            said(request, f"Cycle {cycle.number} is in the log.")
            return redirect("caselogs:case", pk)
        drafts.keep(actor=request.actor, key=key, fields=_typed(request))
        form.renumber(number)
    context = {"form": form, "case": case, "number": number, "draft": key}
    return render(request, "caselogs/cycle_log.html", context)


def _typed(request: HttpRequest) -> dict[str, str]:
    skipped = {"csrfmiddlewaretoken", "number", "keep_as_it_is"}
    return {name: value for name, value in request.POST.items() if name not in skipped}


def _own_cycle(request: HttpRequest, pk: UUID) -> Cycle:
    rows = Cycle.objects.visible_to(request.actor).select_related("case__guider")
    cycle = get_object_or_404(rows, pk=pk)
    permissions.may_write(request.actor, cycle.case).require()
    return cycle


@login_required
@require_GET
def cycle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One cycle, whether it counts and the rule behind that."""
    found = get_object_or_404(Cycle.objects.visible_to(request.actor), pk=pk)
    case = Case.objects.select_related("guider").get(pk=found.case_id)
    lines = queries.case_thread(case).cycles
    context = {
        "case": case,
        "line": next(line for line in lines if line.id == found.pk),
        "may_write": permissions.may_write(request.actor, case),
    }
    return render(request, "caselogs/cycle.html", context)


@login_required
@require_http_methods(BOTH)
def cycle_complete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The shared review of a film."""
    found = _own_cycle(request, pk)
    initial = {"what_went_well": found.what_went_well, "next_time": found.next_time}
    form = CompleteForm(request.POST or None, initial=initial)
    if request.POST and tried(form, services.complete_cycle, actor=request.actor, cycle_id=pk):
        said(request, f"The shared review of cycle {found.number} is in the log.")
        return redirect("caselogs:case", found.case_id)
    context = {"form": form, "cycle": found, "case": found.case}
    return render(request, "caselogs/cycle_complete.html", context)


@login_required
@require_http_methods(BOTH)
def cycle_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The dates and words of a cycle, put right."""
    found = _own_cycle(request, pk)
    initial = {name: getattr(found, name) for name in CorrectCycleForm.base_fields}
    form = CorrectCycleForm(request.POST or None, initial=initial)
    if request.POST and tried(form, services.correct_cycle, actor=request.actor, cycle_id=pk):
        said(request, f"Cycle {found.number} is corrected.")
        return redirect("caselogs:case", found.case_id)
    context = {"form": form, "cycle": found, "case": found.case}
    return render(request, "caselogs/cycle_correct.html", context)
