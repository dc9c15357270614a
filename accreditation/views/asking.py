"""What these pages share: a verb tried, its refusal told on the form."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import Form

from people.errors import RuleBroken

Given = TypeVar("Given")


def tried(form: Form, verb: Callable[..., Given], **facts: Any) -> Given | None:
    """What the service gave; None when it refused, with its sentence on the form."""
    try:
        return verb(**facts)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return None
