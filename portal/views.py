"""The front page: what matters now. And, in the demo, the people one can look around as."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from footage import health as film_health
from footage import permissions as film_permissions
from footage import services as films
from people import factors
from people.models import User
from portal import queries
from portal.demo.world import people as cast


@login_required
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Open on the one next step, then on what waits."""
    now = timezone.localtime()
    context = {"front": queries.front_of(request.actor, now), "now": now}
    return render(request, "portal/front.html", context)


@login_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """How the room of films is, and what a person should do about it."""
    film_permissions.may_keep_house(request.actor).require()
    lines = film_health.lines()
    failed = any(line.what == "Films" and line.state != film_health.WELL for line in lines)
    context = {"lines": lines, "queues": film_health.queues(), "failed": failed}
    return render(request, "portal/health.html", context)


@login_required
@require_POST
def health_again(request: HttpRequest) -> HttpResponse:
    """Films that failed through our fault are tried again."""
    count = films.retry_all(actor=request.actor)
    films_are = "film is" if count == 1 else "films are"
    messages.success(request, f"{count} {films_are} being tried again.")
    return redirect("portal:health")


@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """The people of the demo, with a line on who they are."""
    _only_in_the_demo()
    return render(request, "portal/demo.html", {"people": cast.people()})


@require_POST
def look_around(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on as this person, without a password or a second factor: only in the demo."""
    _only_in_the_demo()
    person = get_object_or_404(User, pk=pk)
    if not cast.is_of_the_cast(person):
        raise Http404
    logout(request)
    factors.open_session(request, person)
    request.session[factors.SHOWN] = True
    messages.info(request, f"You are looking around as {person.name}.")
    return redirect("portal:front")


def _only_in_the_demo() -> None:
    if not settings.DEMO or settings.PRODUCTION:
        raise Http404
