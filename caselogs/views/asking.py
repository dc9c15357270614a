"""What every page of the log does: find the own case, try a form, say what was kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from caselogs import permissions
from caselogs.errors import ConsentFirst
from caselogs.forms.looking import LogForm
from caselogs.models import Case
from people.errors import RuleBroken


def own_case(request: HttpRequest, pk: UUID) -> Case:
    """The case, for its guider; 404 to strangers, a refusal with its reason to readers."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    permissions.may_write(request.actor, case).require()
    return case


def tried(form: LogForm, service: Callable[..., Any], **facts: Any) -> Any | None:
    """What the service made of the form; None, and the reason in the form, when it was refused."""
    if not form.is_valid():
        return None
    try:
        return service(**facts, **form.facts())
    except RuleBroken as broken:
        form.needs_consent = isinstance(broken, ConsentFirst)
        form.add_error(None, str(broken))
        return None


def said(request: HttpRequest, words: str) -> None:
    """The next page says what was kept."""
    messages.success(request, words)
