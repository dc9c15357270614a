"""The page of protected time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselogs import permissions, queries, services
from caselogs.forms import TimeForm
from caselogs.views.asking import said, tried


@login_required
@require_http_methods(["GET", "POST"])
def time_log(request: HttpRequest) -> HttpResponse:
    """A day's hours, and the months so far."""
    permissions.may_log(request.actor).require()
    form = TimeForm(request.POST or None)
    if request.POST and tried(form, services.log_time, actor=request.actor):
        said(request, "The hours are in your log.")
        return redirect("caselogs:time-log")
    context = {"form": form, "months": queries.time_of(request.actor)}
    return render(request, "caselogs/time_log.html", context)
