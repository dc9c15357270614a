"""Bytes that arrive: taken by one sender at a time, sealed at once, safe at every note."""

import hashlib
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from footage import permissions, rules
from footage.bodies import Readable, body_of
from footage.errors import KeyGone, StoreTrouble, UploadRefused
from footage.models import Upload
from footage.sitting import Sitting
from footage.states import GONE
from people.actor import Actor

READ = 1024 * 1024
LEASE = timedelta(seconds=2)
PATIENCE = 2.5
SILENT_FOR = 60.0
NOT_KEPT = (
    "We could not store the film just now; that is our fault, not yours. "
    "What has arrived is safe. Please carry on later."
)
TOO_LATE = "This upload was not carried on in time. Please send the film again."


@dataclass(frozen=True)
class Incoming:
    """The body of one request: where to read, how much was announced, and perhaps its checksum."""

    stream: Readable
    length: int
    algorithm: str = ""
    digest: bytes = b""


def clean_name(file_name: str) -> str:
    """A file name without folders and unprintable letters, for its sender's eyes only."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:200].strip()


def receive_into(actor: Actor, upload_id: UUID, offset: int, incoming: Incoming) -> Upload:
    """The upload with everything safe that came in before the body or the connection ended."""
    if Upload.objects.filter(pk=upload_id, film__sent_by=actor.user_id).exists():
        make_way(upload_id)
    upload = _take(actor, upload_id, offset, incoming)
    if upload.finished_at:
        return upload  # its sender lost our last answer; nothing is written
    with closing(_sit(upload)) as sitting:
        try:
            digest = _pour(incoming, sitting)
            if incoming.algorithm and digest != incoming.digest:
                sitting.leave()
                raise UploadRefused(460, "The checksum does not match what arrived.")
            sitting.note(leave=True)
        except StoreTrouble as trouble:
            sitting.leave()
            raise UploadRefused(507, NOT_KEPT) from trouble
    return sitting.upload


def _sit(upload: Upload) -> Sitting:
    """The turn begins; UploadRefused when the key has died this very moment."""
    try:
        return Sitting(upload)
    except KeyGone:
        raise UploadRefused(410, rules.LOCKED) from None


def _pour(incoming: Incoming, sitting: Sitting) -> bytes:
    """All that comes is handed on until the body ends or its sender has gone; its checksum."""
    sum_so_far = hashlib.new(incoming.algorithm or "sha1", usedforsecurity=False)
    body, buffer = body_of(incoming.stream), memoryview(bytearray(READ))
    left, heard, may_note = incoming.length, time.monotonic(), not incoming.algorithm
    try:
        while left:
            got = body.take(buffer[:left])
            if got is None:
                silent = time.monotonic() - heard
                if sitting.rest(may_note=may_note) or silent > SILENT_FOR:
                    break
                continue
            if not got:
                break
            left, heard = left - got, time.monotonic()
            if incoming.algorithm:
                sum_so_far.update(buffer[:got])
            sitting.take(buffer[:got], may_note=may_note)
    finally:
        body.leave()
    return sum_so_far.digest()


def make_way(upload_id: UUID) -> None:
    """A sender whose line is dead or silent has stopped, and all it brought is counted.

    One that is silent stops within a tick when it sees that it is wanted; one that is dead no
    longer touches the upload. One that is alive outlasts our patience and keeps its turn.
    """
    busy, end = Upload.objects.filter(pk=upload_id).exclude(writer=None), None
    while end is None or time.monotonic() < end:
        alive = busy.filter(touched_at__gt=timezone.now() - LEASE)
        if not alive.exists():
            return
        if end is None:
            alive.update(wanted_at=timezone.now())
            end = time.monotonic() + PATIENCE
        time.sleep(0.1)


@transaction.atomic
def _take(actor: Actor, upload_id: UUID, offset: int, incoming: Incoming) -> Upload:
    """The upload with us as its only sender; one that was silent for some seconds gives way.

    A finished one is left as it is.
    """
    rows = Upload.objects.select_for_update(of=("self",)).select_related("film")
    upload = rows.filter(pk=upload_id).first()
    if upload is None or not permissions.may_send(actor, upload.film):
        raise UploadRefused(404, "There is no such upload.")
    _require_open(upload, offset, incoming)
    if upload.finished_at:
        return upload
    upload.writer, upload.epoch, upload.touched_at = uuid4(), upload.epoch + 1, timezone.now()
    upload.wanted_at = None
    upload.save(update_fields=["writer", "epoch", "touched_at", "wanted_at"])
    return upload


def _require_open(upload: Upload, offset: int, incoming: Incoming) -> None:
    """These bytes come next, and nobody else is sending; or UploadRefused. Finished: no byte."""
    if upload.film.state in GONE:
        raise UploadRefused(410, rules.LOCKED)
    if upload.finished_at and (incoming.length or offset != upload.size):
        raise UploadRefused(409, "All of this film is here already.")
    if not upload.finished_at and upload.expires_at <= timezone.now() and not upload.film.is_kept:
        raise UploadRefused(410, TOO_LATE)
    if upload.writer and upload.touched_at > timezone.now() - LEASE:
        raise UploadRefused(423, "This film is being sent from another window just now.")
    if offset != upload.offset:
        raise UploadRefused(409, f"{upload.offset} bytes are here already.")
    if incoming.length > upload.size - offset:
        raise UploadRefused(413, "This is more than the film was said to hold.")
