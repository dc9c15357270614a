"""Pages of a case: the list, a new one, the story of one, its steps and its end."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caselogs import permissions, queries, rules, services, states
from caselogs.forms import CaseForm, CloseForm
from caselogs.models import Case
from caselogs.states import State, Step
from caselogs.views.asking import own_case, said, tried


@login_required
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """One's own cases, and those of the people one supervises."""
    may_log = permissions.may_log(request.actor)
    if not may_log and not request.actor.supervisee_ids:
        raise Http404
    cards = queries.my_cases(request.actor) if may_log else ()
    context = {
        "may_log": may_log,
        "cards": cards,
        "open_cards": [card for card in cards if card.closed_on is None],
        "closed_cards": [card for card in cards if card.closed_on],
        "supervised": queries.supervised_cases(request.actor)
        if request.actor.supervisee_ids
        else (),
    }
    return render(request, "caselogs/case_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def case_open(request: HttpRequest) -> HttpResponse:
    """A new case under the next free code."""
    permissions.may_log(request.actor).require()
    form = CaseForm(request.POST or None, initial=_first_words(request))
    case = tried(form, services.open_case, actor=request.actor) if request.POST else None
    if case:
        said(request, f"Case {case.code} is open.")
        return redirect(case)
    return render(request, "caselogs/case_open.html", {"form": form})


def _first_words(request: HttpRequest) -> dict[str, str]:
    taken = Case.objects.filter(guider_id=request.actor.user_id).order_by("-opened_at")
    initials = "".join(word[0] for word in request.actor.name.split())
    code = rules.next_code(list(taken.values_list("code", flat=True)), initials)
    return {"code": code, "referred_on": timezone.localdate(), "client_type": "parent"}


@login_required
@require_GET
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The story of a case: consent, goals, cycles as a thread, and what can be done now."""
    rows = Case.objects.visible_to(request.actor).select_related("guider", "organisation")
    found = get_object_or_404(rows, pk=pk)
    may_write = permissions.may_write(request.actor, found)
    context = {
        "case": found,
        "thread": queries.case_thread(found),
        "state_words": states.WORDS[State(found.state)],
        "steps": states.open_steps(State(found.state)) if may_write else frozenset(),
        "may_write": may_write,
        "may_read_ending": permissions.may_read_ending(request.actor, found),
    }
    return render(request, "caselogs/case.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def case_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The facts of a case, put right."""
    found = own_case(request, pk)
    initial = {name: getattr(found, name) for name in CaseForm.base_fields}
    form = CaseForm(request.POST or None, initial=initial)
    if request.POST and tried(form, services.correct_case, actor=request.actor, case_id=pk):
        said(request, "The case is corrected.")
        return redirect("caselogs:case", pk)
    return render(request, "caselogs/case_correct.html", {"form": form, "case": found})


@login_required
@require_POST
def case_approach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The family has been told about VIG."""
    services.approach(actor=request.actor, case_id=own_case(request, pk).pk)
    return redirect("caselogs:case", pk)


@login_required
@require_POST
def case_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The family said yes."""
    services.accept(actor=request.actor, case_id=own_case(request, pk).pk)
    return redirect("caselogs:case", pk)


@login_required
@require_POST
def case_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The work goes on."""
    services.reopen(actor=request.actor, case_id=own_case(request, pk).pk)
    said(request, "The case is open again.")
    return redirect("caselogs:case", pk)


@login_required
@require_http_methods(["GET", "POST"])
def case_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the work ended."""
    found = own_case(request, pk)
    states.after(State(found.state), Step.CLOSE)
    form = CloseForm(request.POST or None)
    if request.POST and tried(form, services.close, actor=request.actor, case_id=pk):
        said(request, f"Case {found.code} is closed. Its finished cycles go on counting.")
        return redirect("caselogs:case", pk)
    return render(request, "caselogs/case_close.html", {"form": form, "case": found})
