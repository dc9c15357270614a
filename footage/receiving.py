"""Bytes that arrive: taken by one sender at a time, sealed at once, safe at every note."""

import hashlib
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from footage import keys, permissions, seal, wrapping
from footage.errors import UploadRefused
from footage.models import Film, Upload
from footage.seal import Layout, Seal, Writer
from footage.states import State
from footage.stores import store
from people.actor import Actor

READ = 256 * 1024
NOTE_EVERY = 10.0
TOUCH_EVERY = 2.0
LEASE = timedelta(seconds=6)
KEPT_FOR = timedelta(days=7)


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes; none at the end."""


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
    sitting = _Sitting(_take(actor, upload_id, offset, incoming))
    sum_so_far = hashlib.new(incoming.algorithm or "sha1", usedforsecurity=False)
    left = min(incoming.length, sitting.upload.size - offset)
    while left > 0:
        data = _read(incoming.stream, min(left, READ))
        if not data:
            break
        left -= len(data)
        if incoming.algorithm:
            sum_so_far.update(data)
        sitting.take(data, may_note=not incoming.algorithm)
    if incoming.algorithm and sum_so_far.digest() != incoming.digest:
        sitting.leave()
        raise UploadRefused(460, "The checksum does not match what arrived.")
    sitting.note(leave=True)
    return sitting.upload


def _read(stream: Readable, length: int) -> bytes:
    """The next bytes; none when the sender has gone."""
    try:
        return stream.read(length)
    except OSError:
        return b""


@transaction.atomic
def _take(actor: Actor, upload_id: UUID, offset: int, incoming: Incoming) -> Upload:
    """The upload with us as its only sender; one that was silent for some seconds gives way."""
    upload = (
        Upload.objects.select_for_update(of=("self",))
        .select_related("film")
        .filter(pk=upload_id)
        .first()
    )
    if upload is None or not permissions.may_send(actor, upload.film):
        raise UploadRefused(404, "There is no such upload.")
    if upload.expires_at <= timezone.now():
        raise UploadRefused(
            410, "This upload was not carried on in time. Please send the film again."
        )
    if upload.writer and upload.touched_at > timezone.now() - LEASE:
        raise UploadRefused(423, "This film is being sent from another window just now.")
    if offset != upload.offset:
        raise UploadRefused(409, f"{upload.offset} bytes are here already.")
    if incoming.length > upload.size - offset:
        raise UploadRefused(413, "This is more than the film was said to hold.")
    upload.writer, upload.epoch, upload.touched_at = uuid4(), upload.epoch + 1, timezone.now()
    upload.save(update_fields=["writer", "epoch", "touched_at"])
    return upload


class _Sitting:
    """One sender's turn: seals what comes and notes in the database how far it is safe."""

    def __init__(self, upload: Upload) -> None:
        self.upload, self._film = upload, upload.film
        self._key = keys.film_key(upload.film)
        self._seal = Seal(self._key, upload.object)
        self._put = store().put
        self._writer = self._new_writer(upload.layout, _open_tail(self._key, upload))
        self._touched = self._noted = time.monotonic()

    def take(self, data: bytes, *, may_note: bool) -> None:
        """Sealed; noted too when a part went out or some seconds have passed."""
        now = time.monotonic()
        put = self._writer.write(data)
        if may_note and (put or now - self._noted > NOTE_EVERY):
            self.note(leave=False, roll=not put)
        elif now - self._touched > TOUCH_EVERY:
            self._save(touched_at=timezone.now())
            self._touched = now

    def note(self, *, leave: bool, roll: bool = False) -> None:
        """What is sealed is safe and counted. UploadRefused when somebody else has taken over."""
        if leave or roll:
            self._writer.flush()
        writer, upload = self._writer, self.upload
        offset = min(writer.layout.written * seal.CHUNK, upload.size) + len(writer.tail) * (
            leave or roll
        )
        upload.runs = [list(run) for run in writer.layout.runs]
        upload.offset = offset
        upload.tail = (
            wrapping.wrap(self._key, writer.tail, _tail_purpose(upload)) if leave or roll else b""
        )
        if roll:
            upload.epoch += 1
        now = timezone.now()
        self._save(
            runs=upload.runs,
            offset=upload.offset,
            tail=upload.tail,
            epoch=upload.epoch,
            touched_at=now,
            expires_at=now + KEPT_FOR,
            **({"writer": None} if leave else {}),
        )
        if roll:
            self._writer = self._new_writer(writer.layout, writer.tail)
        self._touched = self._noted = time.monotonic()

    def leave(self) -> None:
        """Nothing of this turn counts; the next sender may begin."""
        self._save(writer=None)

    def _new_writer(self, layout: Layout, tail: bytes) -> Writer:
        return Writer(self._seal, self._put, layout, epoch=self.upload.epoch, tail=tail)

    def _save(self, **facts: object) -> None:
        mine = Upload.objects.filter(pk=self.upload.pk, writer=self.upload.writer)
        if not mine.update(**facts):
            if Film.objects.filter(pk=self._film.pk, state__in=[State.PURGING, State.PURGED]):
                store().delete(str(self._film.pk))
            raise UploadRefused(409, "Somebody else carries on with this upload.")


def _tail_purpose(upload: Upload) -> str:
    return f"tail|{upload.film_id}|{upload.offset}"


def _open_tail(key: bytes, upload: Upload) -> bytes:
    return wrapping.unwrap(key, bytes(upload.tail), _tail_purpose(upload)) if upload.tail else b""
