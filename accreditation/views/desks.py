"""What waits: the supervisor's desk and the body's."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accreditation.queries import desks
from people.kinds import Capability


@login_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Who waits for you, sessions to confirm, and where each of your trainees is."""
    if not request.actor.can(Capability.SUPERVISE):
        raise PermissionDenied("This desk is for supervisors.")
    return render(request, "accreditation/desk.html", {"desk": desks.desk_of(request.actor)})


@login_required
@require_GET
def body_desk(request: HttpRequest) -> HttpResponse:
    """Awards to issue, meetings to arrange, invitations, and everybody on the road."""
    if not request.actor.can(Capability.ARRANGE_MEETINGS):
        raise PermissionDenied("This desk is for the people of an accrediting body.")
    context = {
        "desk": desks.body_desk_of(request.actor),
        "may_issue": request.actor.can(Capability.ISSUE),
        "may_edit": request.actor.can(Capability.EDIT_PATHWAYS),
    }
    return render(request, "accreditation/body_desk.html", context)
