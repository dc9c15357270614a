"""Sealing: AES-256-GCM in 64 KiB chunks that can be written as bytes arrive and read anywhere.

A sealed object is a row of *parts*. Each part is written once and never touched again: an
eight-byte header, then up to PART_CHUNKS sealed chunks. Every writing session has its own *epoch*
number, so that a session that takes over from a dead one can never use a nonce twice, whatever the
dead one had written. Which session wrote how many chunks is the object's *layout*; it is kept in
the database, not in the object.

    nonce  12 bytes  epoch (4) | chunk index (7) | 1 for the last chunk, else 0
    key    32 bytes  HKDF-SHA256 of the film's key, bound to the object's name and version
    bound  associated data: header, object name, version

A chunk that was altered, moved, taken from another object or session, or that is missing or left
over, does not open.
"""

import io
import mmap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from footage.errors import SealBroken

FORMAT = 1
CHUNK = 64 * 1024
TAG = 16
SEALED_CHUNK = CHUNK + TAG
PART_CHUNKS = 128
PART_BYTES = PART_CHUNKS * CHUNK
HEADER = b"ATTUNE" + bytes([FORMAT, 16])  # 2**16 bytes a chunk
VERSION = 1

Get = Callable[[str, int, int], bytes]
Buffer = bytes | bytearray | memoryview
Put = Callable[[str, memoryview], None]
Room = Callable[[int], memoryview]


@dataclass(frozen=True)
class Layout:
    """Which session wrote how many chunks: ((epoch, chunks), ...), in the order of the film."""

    runs: tuple[tuple[int, int], ...]
    size: int

    @classmethod
    def from_json(cls, runs: list[list[int]], size: int) -> "Layout":
        """The layout as a database row keeps it."""
        return cls(tuple((epoch, chunks) for epoch, chunks in runs), size)

    @property
    def chunks(self) -> int:
        """Chunks of a complete object of this size. An empty object has one, empty chunk."""
        return max(1, -(-self.size // CHUNK))

    @property
    def written(self) -> int:
        """Chunks that are already written."""
        return sum(chunks for _, chunks in self.runs)

    def grown(self, epoch: int, chunks: int) -> "Layout":
        """The layout after this session has written so many chunks more."""
        if not chunks:
            return self
        runs = dict(self.runs)
        runs[epoch] = runs.get(epoch, 0) + chunks
        return replace(self, runs=tuple(runs.items()))

    def starts(self) -> Iterator[tuple[int, int, int]]:
        """(first chunk, epoch, chunks) of each session."""
        first = 0
        for epoch, chunks in self.runs:
            yield first, epoch, chunks
            first += chunks

    def parts(self) -> Iterator[tuple[str, int, int, int]]:
        """(part name, epoch, first chunk, chunks) of every part."""
        for first, epoch, chunks in self.starts():
            for number, at in enumerate(range(0, chunks, PART_CHUNKS)):
                yield part_name(epoch, number), epoch, first + at, min(PART_CHUNKS, chunks - at)

    def find(self, index: int) -> tuple[str, int, int, int]:
        """(part name, epoch, first chunk, chunks) of the part that holds this chunk."""
        for first, epoch, chunks in self.starts():
            if index < first + chunks:
                number = (index - first) // PART_CHUNKS
                at = number * PART_CHUNKS
                return part_name(epoch, number), epoch, first + at, min(PART_CHUNKS, chunks - at)
        raise SealBroken("the object is shorter than it should be")


def part_name(epoch: int, number: int) -> str:
    """The name of a session's part, below the object's own name."""
    return f"{epoch:04d}-{number:05d}"


class Seal:
    """Opens and closes the chunks of one object, and of no other."""

    def __init__(self, film_key: bytes, name: str, version: int = VERSION) -> None:
        self.name = name
        self.bound = HEADER + f"|{name}|{version}".encode()
        hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=self.bound)
        self._cipher = AESGCM(hkdf.derive(film_key))

    def close(self, plain: Buffer, into: memoryview, *, index: int, epoch: int, last: bool) -> int:
        """One sealed chunk, written into a place; how long it is."""
        nonce, length = _nonce(index, epoch, last), len(plain) + TAG
        return self._cipher.encrypt_into(nonce, plain, self.bound, into[:length])

    def open(self, sealed: bytes | memoryview, *, index: int, epoch: int, last: bool) -> bytes:
        """The chunk in the clear; SealBroken unless it is exactly the one that belongs here."""
        try:
            return self._cipher.decrypt(_nonce(index, epoch, last), sealed, self.bound)
        except InvalidTag:
            raise SealBroken(f"chunk {index} of {self.name} does not open") from None


def _nonce(index: int, epoch: int, last: bool) -> bytes:
    return epoch.to_bytes(4, "big") + index.to_bytes(7, "big") + bytes([last])


def fresh_room(length: int) -> memoryview:
    """Memory for a part; it begins with a page, so that a disk can take it as it is."""
    return memoryview(mmap.mmap(-1, length))


class Writer:
    """Seals bytes as they come and puts whole parts. Keeps at most one part in memory."""

    def __init__(
        self,
        seal: Seal,
        put: Put,
        layout: Layout,
        *,
        epoch: int,
        tail: bytes = b"",
        room: Room = fresh_room,
    ) -> None:
        self._seal, self._put, self._room, self.epoch = seal, put, room, epoch
        self.layout = layout
        self._part, self._end, self._in_part = memoryview(b""), 0, 0
        self._number = 0
        self._tail = bytearray(tail)

    @property
    def offset(self) -> int:
        """Bytes taken in so far, sealed or waiting in the tail."""
        return min(
            (self.layout.written + self._in_part) * CHUNK + len(self._tail), self.layout.size
        )

    @property
    def tail(self) -> bytes:
        """The bytes after the last whole chunk; the caller keeps them until the next session."""
        return bytes(self._tail)

    def write(self, data: bytes | memoryview) -> bool:
        """Take these bytes in. True when a whole part was put: the time to note the layout."""
        view, put = memoryview(data), False
        if self._tail:
            need = CHUNK - len(self._tail)
            self._tail += view[:need]
            view = view[need:]
            if len(self._tail) < CHUNK and not self._complete(len(self._tail)):
                return False
            whole, self._tail = self._tail, bytearray()
            put = self._chunk(whole)
        while len(view) >= CHUNK or (len(view) and self._complete(len(view))):
            put = self._chunk(view[:CHUNK]) or put
            view = view[CHUNK:]
        self._tail += view
        return put

    def flush(self) -> None:
        """Put what is sealed as a shorter part. Afterwards this session may write no more."""
        if not self.layout.size and not self.layout.written:
            self._chunk(b"")
        if self._in_part:
            self._put_part()

    def _complete(self, length: int) -> bool:
        """Would a chunk of this length be the last one?"""
        return (self.layout.written + self._in_part) * CHUNK + length >= self.layout.size

    def _chunk(self, plain: Buffer) -> bool:
        index = self.layout.written + self._in_part
        last = index == self.layout.chunks - 1
        if not self._in_part:
            room = min(PART_CHUNKS, self.layout.chunks - index) * SEALED_CHUNK
            self._part, self._end = self._room(len(HEADER) + room), len(HEADER)
            self._part[: self._end] = HEADER
        into = self._part[self._end :]
        self._end += self._seal.close(plain, into, index=index, epoch=self.epoch, last=last)
        self._in_part += 1
        if self._in_part == PART_CHUNKS:
            self._put_part()
            return True
        return False

    def _put_part(self) -> None:
        part = self._part[: self._end]
        self._put(f"{self._seal.name}/{part_name(self.epoch, self._number)}", part)
        self.layout = self.layout.grown(self.epoch, self._in_part)
        self._number += 1
        self._part, self._in_part = memoryview(b""), 0


class Reader(io.RawIOBase):
    """Reads a sealed object anywhere, chunk by chunk; every byte that comes out was verified."""

    def __init__(self, seal: Seal, get: Get, layout: Layout) -> None:
        super().__init__()
        if layout.written != layout.chunks:
            raise SealBroken(f"{seal.name} is not complete")
        self._seal, self._get, self.layout, self._at = seal, get, layout, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go there; the new place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.layout.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """The place."""
        return self._at

    def readinto(self, buffer: memoryview) -> int:
        """Fill the buffer as far as the object reaches."""
        data = self.range(self._at, len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def range(self, start: int, length: int) -> bytes:
        """These bytes in the clear, fewer at the end; SealBroken when a chunk is not genuine."""
        stop = min(start + length, self.layout.size)
        if start >= stop:
            return b""
        first, beyond = start // CHUNK, -(-stop // CHUNK)
        pieces: list[bytes | memoryview] = list(self._chunks(first, beyond))
        pieces[-1] = memoryview(pieces[-1])[: stop - (beyond - 1) * CHUNK]
        pieces[0] = memoryview(pieces[0])[start - first * CHUNK :]
        return b"".join(pieces)  # the only copy of a range that is made

    def pieces(self) -> Iterator[bytes]:
        """The whole object, a part at a time."""
        for _, _, first, chunks in self.layout.parts():
            yield b"".join(self._chunks(first, first + chunks))

    def _chunks(self, index: int, beyond: int) -> Iterator[bytes]:
        while index < beyond:
            part, epoch, first, chunks = self.layout.find(index)
            stop = min(beyond, first + chunks)
            sealed = self._fetch(part, index - first, stop - first, chunks, first)
            for number in range(index, stop):
                at = (number - index) * SEALED_CHUNK
                last = number == self.layout.chunks - 1
                piece = sealed[at : at + SEALED_CHUNK]
                yield self._seal.open(piece, index=number, epoch=epoch, last=last)
            index = stop

    def _fetch(self, part: str, start: int, stop: int, chunks: int, first: int) -> memoryview:
        """The sealed chunks of a part; refused when it ends too early or goes on after its end."""
        expected = (stop - start) * SEALED_CHUNK
        to_end = stop == chunks
        if to_end and first + chunks == self.layout.chunks:
            expected -= self.layout.chunks * CHUNK - max(self.layout.size, 0)
        name = f"{self._seal.name}/{part}"
        begin = len(HEADER) + start * SEALED_CHUNK
        if start == 0:
            sealed = memoryview(self._get(name, 0, len(HEADER) + expected + to_end))
            if sealed[: len(HEADER)] != HEADER:
                raise SealBroken(f"{name} has an unknown format")
            sealed = sealed[len(HEADER) :]
        else:
            sealed = memoryview(self._get(name, begin, expected + to_end))
        if len(sealed) != expected:
            raise SealBroken(f"{name} is not as long as it was")
        return sealed
