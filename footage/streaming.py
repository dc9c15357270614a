"""Answering a browser that plays: one byte range at a time, unsealed for this answer alone.

Asks nobody whether this person may watch: the room above has asked its rules for this request. An
answer has no validator and no cache keeps it, so a condition on an earlier copy never holds.
"""

import errno
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from footage import alarms, rules, vault
from footage.errors import KeyGone, SealBroken
from footage.models import Artefact
from footage.seal import Reader

CAP = 2 * 1024 * 1024
PLAIN = "text/plain; charset=utf-8"
DRESS = {
    "Cache-Control": "no-store, private",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "bytes",
    "Content-Disposition": "inline",
    "Vary": "Cookie",
}
Still = Callable[[], bool]


def answer(
    request: HttpRequest, artefact: Artefact, *, cap: int = CAP, still: Still | None = None
) -> HttpResponseBase:
    """206 with at most `cap` bytes of the range, 200 with the whole, 416, or 410 once shredded.

    A whole that is longer than `cap` leaves piece by piece; before each, `still` is asked whether
    it may go on. Pass an artefact with its film selected: then this costs one query, for the key.
    """
    try:
        wanted = rules.parse_range(_range_of(request), artefact.size)
    except ValueError:
        return _dressed(HttpResponse(status=416), f"bytes */{artefact.size}")
    try:
        reader = vault.reader(artefact)
        return _film(request, artefact, reader, wanted, cap, still)
    except KeyGone:
        return _dressed(HttpResponse("This film has been destroyed.", PLAIN, status=410))
    except SealBroken as broken:
        return _dressed(HttpResponse(alarms.sound(artefact, broken), PLAIN, status=500))


def served(request: HttpRequest, artefact: Artefact, cap: int = CAP) -> tuple[int, int]:
    """The bytes (start, stop) that the answer to this request carries; (0, 0) for none."""
    if request.method == "HEAD":
        return 0, 0
    try:
        wanted = rules.parse_range(_range_of(request), artefact.size)
    except ValueError:
        return 0, 0
    return (wanted[0], min(wanted[1], wanted[0] + cap)) if wanted else (0, artefact.size)


def _range_of(request: HttpRequest) -> str | None:
    """The range asked for: of a GET only, and without a condition that could never hold."""
    if request.method != "GET" or "HTTP_IF_RANGE" in request.META:
        return None
    return request.META.get("HTTP_RANGE")


def _film(
    request: HttpRequest,
    artefact: Artefact,
    reader: Reader,
    wanted: tuple[int, int] | None,
    cap: int,
    still: Still | None,
) -> HttpResponseBase:
    kind = artefact.media_type
    if wanted:
        start, stop = wanted[0], min(wanted[1], wanted[0] + cap)
        part = HttpResponse(reader.range(start, stop - start), kind, status=206)
        return _dressed(part, f"bytes {start}-{stop - 1}/{artefact.size}")
    if request.method == "HEAD":
        whole: HttpResponseBase = HttpResponse(content_type=kind)
    elif artefact.size <= cap:
        whole = HttpResponse(reader.range(0, artefact.size), kind)
    else:
        whole = StreamingHttpResponse(_pieces(artefact, reader, cap, still), kind)
    whole["Content-Length"] = str(artefact.size)
    return _dressed(whole)


def _pieces(artefact: Artefact, reader: Reader, cap: int, still: Still | None) -> Iterator[bytes]:
    """The whole film; the line is cut as soon as it may not go on."""
    for start in range(0, artefact.size, cap):
        if start and still is not None and not still():
            raise ConnectionResetError(errno.ECONNRESET, "this film may not be watched any longer")
        try:
            piece = reader.range(start, cap)
        except SealBroken as broken:
            alarms.sound(artefact, broken)
            raise ConnectionResetError(errno.ECONNRESET, "this film goes no further") from None
        yield piece


def _dressed(response: HttpResponseBase, content_range: str = "") -> HttpResponseBase:
    for name, word in DRESS.items():
        response[name] = word
    if content_range:
        response["Content-Range"] = content_range
    return response
