"""Pages about one's own account."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from people import drafts

LONGEST_KEY = 120


@login_required
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say why a second step is needed and offer the ways to set it up."""
    return render(request, "people/second_factor.html", {"next": request.GET.get("next", "/road/")})


@login_required
@require_POST
def draft_keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed so far: JSON {key, fields}; answers when it was kept."""
    try:
        body = json.loads(request.body)
        key, fields = str(body["key"])[:LONGEST_KEY], dict(body["fields"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"reason": "That could not be read."}, status=400)
    if len(request.body) > drafts.LARGEST_DRAFT:
        return JsonResponse({"reason": "That is too long to keep as a draft."}, status=413)
    kept = drafts.keep(actor=request.actor, key=key, fields=fields)  # type: ignore[attr-defined]
    return JsonResponse({"kept_at": kept.kept_at.isoformat()})
