"""Answering a browser that plays: one byte range at a time, unsealed for this answer alone.

Asks nobody whether this person may watch: the room above has asked its rules for this request.
"""

from django.http import HttpRequest, HttpResponse

from footage import rules, vault
from footage.errors import KeyGone, SealBroken
from footage.models import Artefact

CAP = 2 * 1024 * 1024


def answer(request: HttpRequest, artefact: Artefact, *, cap: int = CAP) -> HttpResponse:
    """206 with at most `cap` bytes of the range, 200 for a small whole, 416, or 410 once shredded.

    Pass an artefact with its film selected: then this costs one query, for the ring's key.
    """
    try:
        wanted = rules.parse_range(request.headers.get("Range"), artefact.size)
    except ValueError:
        return _dressed(HttpResponse(status=416), artefact, f"bytes */{artefact.size}")
    start, stop = wanted or (0, artefact.size)
    if request.method == "HEAD":
        response = HttpResponse(status=200)
        response["Content-Length"] = str(artefact.size)
        return _dressed(response, artefact)
    partly = wanted is not None or stop - start > cap
    stop = min(stop, start + cap)
    try:
        body = vault.reader(artefact).range(start, stop - start)
    except KeyGone:
        return _dressed(HttpResponse("This film has been destroyed.", status=410))
    except SealBroken:
        return _dressed(HttpResponse("This film cannot be opened.", status=500))
    response = HttpResponse(body, status=206 if partly else 200)
    return _dressed(
        response, artefact, f"bytes {start}-{stop - 1}/{artefact.size}" if partly else ""
    )


def _dressed(
    response: HttpResponse, artefact: Artefact | None = None, content_range: str = ""
) -> HttpResponse:
    response["Content-Type"] = artefact.media_type if artefact else "text/plain; charset=utf-8"
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = "inline"
    if content_range:
        response["Content-Range"] = content_range
    return response
