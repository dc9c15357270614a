"""The editor's door: open to whoever may edit the course, today."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from learning import permissions, services

Answer = Callable[[HttpRequest], HttpResponse]


class EditorDoorMiddleware:
    """Let in whoever may edit today, and make them a course editor; nobody else."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; a refusal in the editor for people whose role does not reach there."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Raise PermissionDenied before any page of the editor is made."""
        actor = getattr(request, "actor", None)
        if not request.path.startswith("/editor/") or actor is None or not actor.is_signed_in:
            return
        if request.user.is_superuser:
            return
        permissions.may_edit(actor).require()
        services.open_editor(actor=actor)
