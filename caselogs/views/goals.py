"""Pages of goals: the helping question, and where the parent is with it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselogs import services
from caselogs.forms import GoalForm, RatingForm
from caselogs.models import Goal
from caselogs.views.asking import own_case, said, tried

BOTH = ["GET", "POST"]


@login_required
@require_http_methods(BOTH)
def goal_set(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A goal in the parent's words; then straight to its first number."""
    case = own_case(request, pk)
    has_question = case.goals.filter(is_helping_question=True).exists()
    form = GoalForm(request.POST or None, initial={"is_helping_question": not has_question})
    if request.POST:
        goal = tried(form, services.set_goal, actor=request.actor, case_id=pk)
        if goal:
            said(request, "Their words are in the log.")
            return redirect("caselogs:goal-rate", goal.pk)
    return render(request, "caselogs/goal_set.html", {"form": form, "case": case})


@login_required
@require_http_methods(BOTH)
def goal_rate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The parent's number of that day."""
    goal = Goal.objects.filter(pk=pk).first()
    if goal is None:
        raise Http404
    case = own_case(request, goal.case_id)
    earlier = list(goal.ratings.all())
    hoped = earlier[-1].hoped_score if earlier else None
    form = RatingForm(request.POST or None, initial={"hoped_score": hoped})
    if request.POST and tried(form, services.rate_goal, actor=request.actor, goal_id=pk):
        said(request, "The number is in the log.")
        return redirect("caselogs:case", case.pk)
    context = {"form": form, "goal": goal, "case": case, "earlier": earlier}
    return render(request, "caselogs/goal_rate.html", context)
