"""The upload address: tus 1.0.0, for the person who began the upload and nobody else."""

import logging
from uuid import UUID

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from footage import permits, queries, rules, services, tus
from footage.errors import KeyGone, UploadRefused
from footage.models import Upload
from footage.receiving import Incoming, make_way
from people.errors import RuleBroken

METHODS = ["OPTIONS", "HEAD", "POST", "PATCH", "DELETE"]
LATER = "We cannot take this just now. What has arrived is safe. Please carry on in a moment."
log = logging.getLogger(__name__)


@require_http_methods(METHODS)
def uploads(request: HttpRequest) -> HttpResponse:
    """What this server can do; or, with a permit from the room above, a new upload."""
    if tus.method_of(request) == "OPTIONS":
        return _abilities()
    return _guarded(request, _begin)


@require_http_methods(METHODS)
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far an upload is, more of it, or its end."""
    method = tus.method_of(request)
    if method == "OPTIONS":
        return _abilities()
    verbs = {"HEAD": _tell, "PATCH": _receive, "DELETE": _end}
    if method not in verbs:
        return tus.answer(405, "This address takes HEAD, PATCH and DELETE.")
    return _guarded(request, verbs[method], pk)


@require_http_methods(["POST", "PUT"])
def digest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The SHA-256 that the sender's side found in the whole film, to be held against ours.

    The body is its 64 hexadecimal digits as text/plain, with `Tus-Resumable: 1.0.0` (and
    `X-CSRFToken`) among the headers. It may be sent at any time from the beginning of the upload
    until an hour after its end, more than once; `sha256` in `Upload-Metadata` does the same.
    204 noted (and, when we know ours, equal); 400 not a SHA-256; 404 no such upload of yours;
    422 with a sentence: another was told before, the film is in use already, or it differs and
    is being destroyed.
    """
    return _guarded(request, _compare, pk)


def _guarded(request: HttpRequest, verb: object, *args: object) -> HttpResponse:
    """The verb's answer, or a refusal in its own words."""
    try:
        if not request.actor.is_signed_in:
            raise UploadRefused(403, "Please sign in again, then choose the same film.")
        tus.require_version(request)
        return verb(request, *args)  # type: ignore[operator]
    except UploadRefused as refused:
        headers = {"Tus_Version": tus.VERSION} if refused.status == 412 else {}
        return tus.answer(refused.status, str(refused), **headers)
    except RuleBroken as broken:
        return tus.answer(422, str(broken))
    except KeyGone:
        return tus.answer(410, "This film’s key has been destroyed, so it cannot be sent any more.")
    except OperationalError:  # a full disk, a database that is away: its sender tries again
        log.exception("footage.database_trouble")
        return tus.answer(503, LATER, Retry_After=5)


def _abilities() -> HttpResponse:
    return tus.answer(
        204,
        Tus_Version=tus.VERSION,
        Tus_Extension=tus.EXTENSIONS,
        Tus_Max_Size=settings.FILM_LARGEST_BYTES,
        Tus_Checksum_Algorithm=",".join(tus.ALGORITHMS),
    )


def _begin(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return tus.answer(405, "This address takes POST.")
    permit = permits.opened(request.GET.get("permit", ""), request.actor.user_id)
    metadata = tus.metadata_of(request)
    begun = services.begin_upload(
        actor=request.actor,
        ring=permit.ring,
        account=permit.account,
        page=permit.page,
        file_name=metadata.get("filename", ""),
        sha256=tus.sha256_of(metadata["sha256"]) if "sha256" in metadata else "",
        size=tus.whole_number(request, "Upload-Length"),
    )
    if request.content_type == tus.BODY and request.headers.get("Content-Length", "0") != "0":
        begun = _take_in(request, begun.pk, offset=0)
    return tus.answer(
        201,
        Location=request.build_absolute_uri(reverse("footage:upload", args=[begun.pk])),
        Upload_Offset=begun.offset,
        Upload_Expires=begun.expires_at,
    )


def _tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    begun = queries.upload_of(request.actor, pk)
    if begun is None:
        return tus.answer(404)
    if begun.writer:
        make_way(pk)
        begun.refresh_from_db()
    if not begun.finished_at and not queries.may_send_to(request.actor, pk):
        return tus.answer(410)
    return tus.answer(
        200,
        Upload_Offset=begun.offset,
        Upload_Length=begun.size,
        Upload_Expires=None if begun.finished_at else begun.expires_at,
    )


def _receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    begun = _take_in(request, pk)
    return tus.answer(204, Upload_Offset=begun.offset, Upload_Expires=begun.expires_at)


def _take_in(request: HttpRequest, pk: UUID, offset: int | None = None) -> Upload:
    patch = tus.patch_of(request, offset=offset)
    if patch.length > settings.FILM_PATCH_BYTES:
        raise UploadRefused(413, "Please send smaller pieces.")
    incoming = Incoming(request, patch.length, patch.algorithm, patch.digest)
    return services.receive(
        actor=request.actor, upload_id=pk, offset=patch.offset, incoming=incoming
    )


def _compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    if queries.upload_of(request.actor, pk) is None:
        return tus.answer(404)
    sha256 = tus.sha256_of(request.read(65).decode("ascii", "replace").strip())
    services.tell_digest(actor=request.actor, upload_id=pk, sha256=sha256)
    if queries.is_refused(pk):
        return tus.answer(422, rules.CUT_SHORT)
    return tus.answer(204)


def _end(request: HttpRequest, pk: UUID) -> HttpResponse:
    if not queries.may_send_to(request.actor, pk):
        return tus.answer(404)
    services.end_upload(actor=request.actor, upload_id=pk)
    return tus.answer(204)
