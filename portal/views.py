"""The front page: what matters now."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@login_required
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Open on the one next step, then on what waits."""
    return render(request, "portal/front.html", {})
