"""Who is asking, and whether they showed a second factor."""

from collections.abc import Callable
from urllib.parse import quote

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url

from people.actor import STRANGER
from people.factors import has_shown_a_second_factor
from people.queries import actor_for

Answer = Callable[[HttpRequest], HttpResponse]
OPEN_PATHS = ("/account/", "/static/", "/people/second-factor/", "/practice/welcome/")
FILM_PATHS = ("/films/",)


class ActorMiddleware:
    """Put `request.actor` on every request; sign a suspended person out."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to a known actor, or to a stranger."""
        if request.path.startswith("/static/") or not request.user.is_authenticated:
            request.actor = STRANGER  # type: ignore[attr-defined]
            return self.answer(request)
        request.actor = actor_for(request.user)  # type: ignore[attr-defined]
        if not request.actor.is_signed_in:  # type: ignore[attr-defined]
            logout(request)
            return redirect("account_login")
        return self.answer(request)


class SecondFactorMiddleware:
    """Whoever can see film, decide or edit gets no further without a second factor.

    At the addresses of film that is everybody: a clip may be shown to somebody without any role.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the way to the second factor."""
        actor = request.actor  # type: ignore[attr-defined]
        if not actor.is_signed_in or request.path.startswith(OPEN_PATHS):
            return self.answer(request)
        if not _must_show_one(request) or has_shown_a_second_factor(request):
            return self.answer(request)
        if request.headers.get("HX-Request") or request.headers.get("Tus-Resumable"):
            return JsonResponse({"reason": "Please confirm your second step first."}, status=403)
        back = quote(request.get_full_path())
        return redirect(f"{resolve_url('people:second-factor')}?next={back}")


def _must_show_one(request: HttpRequest) -> bool:
    user, actor = request.user, request.actor  # type: ignore[attr-defined]
    asks_for_film = request.path.startswith(FILM_PATHS)
    return asks_for_film or actor.needs_second_factor or user.is_superuser or user.is_staff
