"""What every answer carries, whatever room it comes from."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.errors import RuleBroken

Answer = Callable[[HttpRequest], HttpResponse]
EDITOR_PATHS = ("/editor/",)


class EditorPolicyMiddleware:
    """Give Wagtail's editor, and nothing else, the looser content policy that it needs."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with the editor's policy on the editor's paths."""
        response = self.answer(request)
        if request.path.startswith(EDITOR_PATHS):
            response._csp_replace = settings.EDITOR_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response


class FixedHeadersMiddleware:
    """Keep answers out of other sites, and private answers out of every cache."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with headers that hold for the whole house."""
        response = self.answer(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.setdefault("Cache-Control", "no-store, private")
        return response


class PlainErrorsMiddleware:
    """A broken rule or a refusal becomes a plain page, never a trace."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer as it comes."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show a rule's own sentence (409) or a refusal's reason (403)."""
        if isinstance(error, RuleBroken):
            return render(request, "409.html", {"reason": str(error)}, status=409)
        if isinstance(error, PermissionDenied):
            return render(request, "403.html", {"reason": str(error)}, status=403)
        return None
