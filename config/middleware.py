"""What every answer carries, whatever room it comes from."""

from collections.abc import Callable

from csp.constants import HEADER as CSP
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_permissions_policy import PermissionsPolicyMiddleware

from people.errors import RuleBroken

Answer = Callable[[HttpRequest], HttpResponse]
EDITOR_PATHS = ("/editor/",)
RECORDING = ("microphone", "camera")  # for a page whose view says `may_record` of its answer


def _allowing(policy: str, features: tuple[str, ...]) -> str:
    """The policy of the house, with these features for its own pages."""
    for feature in features:
        policy = policy.replace(f"{feature}=()", f"{feature}=(self)")
    return policy


class HeadersMiddleware:
    """Policies on every answer, put into words once; private answers are kept by no cache."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.editors = {
            CSP: build_policy(replace=settings.EDITOR_CONTENT_SECURITY_POLICY),
            "X-Frame-Options": "SAMEORIGIN",
        }
        self.everywhere = {
            CSP: build_policy(),
            "Permissions-Policy": PermissionsPolicyMiddleware(answer).permissions_policy,
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        self.recording = _allowing(self.everywhere["Permissions-Policy"], RECORDING)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with headers that hold for the whole house; Wagtail's editor has its own."""
        response = self.answer(request)
        if request.path.startswith(EDITOR_PATHS):
            for name, words in self.editors.items():
                response.headers[name] = words
        for name, words in self.everywhere.items():
            response.headers.setdefault(name, words)
        if getattr(response, "may_record", False):
            response.headers["Permissions-Policy"] = self.recording
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
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
