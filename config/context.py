"""What every page knows about the house."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """Whether this is the demo, and who is looking."""
    return {"demo": settings.DEMO, "actor": getattr(request, "actor", None)}
