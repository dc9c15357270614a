"""The words of the tus protocol 1.0.0: headers in, headers out. Knows neither films nor people."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from footage.errors import UploadRefused

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,termination,checksum"
ALGORITHMS = ("sha1", "sha256", "md5")
BODY = "application/offset+octet-stream"


@dataclass(frozen=True)
class Patch:
    """What a PATCH announces."""

    offset: int
    length: int
    algorithm: str
    digest: bytes


def method_of(request: HttpRequest) -> str:
    """The method meant; some networks let only GET and POST through."""
    return request.headers.get("X-HTTP-Method-Override", request.method or "").upper()


def require_version(request: HttpRequest) -> None:
    """Raise UploadRefused 412 when the sender speaks another version."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise UploadRefused(412, f"This address speaks tus {VERSION}.")


def patch_of(request: HttpRequest, *, offset: int | None = None) -> Patch:
    """The announcement of a body; UploadRefused 400, 411 or 415 when it is not one."""
    if request.content_type != BODY:
        raise UploadRefused(415, f"The body must be {BODY}.")
    algorithm, digest = _checksum(request.headers.get("Upload-Checksum"))
    length = whole_number(request, "Content-Length", missing=411)
    if offset is None:
        offset = whole_number(request, "Upload-Offset")
    return Patch(offset, length, algorithm, digest)


def whole_number(request: HttpRequest, header: str, missing: int = 400) -> int:
    """The number in this header; UploadRefused when there is none."""
    words = request.headers.get(header, "")
    if not words.isascii() or not words.isdigit() or len(words) > 18:
        raise UploadRefused(400 if words else missing, f"{header} must be a whole number.")
    return int(words)


def metadata_of(request: HttpRequest) -> dict[str, str]:
    """The pairs of Upload-Metadata; values that are not base64 or not text are left out."""
    pairs: dict[str, str] = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            pairs[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return pairs


def sha256_of(words: str) -> str:
    """The SHA-256 in these words; UploadRefused 400 unless they are 64 hexadecimal digits."""
    if len(words) != 64 or not set(words) <= set("0123456789abcdefABCDEF"):
        raise UploadRefused(400, "Please send the SHA-256 of the film as 64 hexadecimal digits.")
    return words.lower()


def _checksum(header: str | None) -> tuple[str, bytes]:
    if not header:
        return "", b""
    algorithm, _, value = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise UploadRefused(400, f"This checksum is not known. Known are {', '.join(ALGORITHMS)}.")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        raise UploadRefused(400, "The checksum is not base64.") from None
    if len(digest) != hashlib.new(algorithm, usedforsecurity=False).digest_size:
        raise UploadRefused(400, "The checksum has the wrong length.")
    return algorithm, digest


def answer(status: int, words: str = "", **headers: object) -> HttpResponse:
    """A tus answer: header names are written with underscores, None leaves a header out."""
    response = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        if value is not None:
            shown = http_date(value.timestamp()) if hasattr(value, "timestamp") else str(value)
            response[name.replace("_", "-")] = shown
    return response
