"""A sealed film as the input of ffmpeg: unsealed as it is asked for, on no disk, in little memory.

The sandbox has a network of its own, a loopback that nobody outside can reach and that leads
nowhere. Before ffmpeg starts, `door.py` listens there and hands the listening socket out to us. So
we answer, outside, where the key is; inside there is an address and nothing else. Why so, and why
memory where there is no such network: docs/adr/0043.
"""

import re
import socket
import sys
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Protocol

from footage import binaries, graph, memory, sandbox
from footage.errors import MachineTrouble
from footage.memory import Scratch
from footage.porter import Answering
from footage.sandbox import Finished, Limits
from footage.seal import CHUNK, Reader

DOOR = str(Path(__file__).with_name("door.py"))
PORT = 8080  # of a network that is made for one program and ends with it
PARTS_KEPT = 4


class Source(Protocol):
    """A film that a program in the sandbox can read, and how the program is told so."""

    @property
    def address(self) -> str:
        """What the program is given as its input."""

    @property
    def options(self) -> dict[str, Any]:
        """What belongs before the input: which formats, protocols and codecs are allowed."""

    def run(
        self,
        command: Sequence[str],
        *,
        limits: Limits,
        files: Sequence[int] = (),
        tick: Callable[[bytes], None] | None = None,
    ) -> Finished:
        """The command has read the film and ended; see sandbox.run."""


@contextmanager
def opened(reader: Reader, pieces: Iterable[bytes]) -> Iterator[Source]:
    """Programs can read the film: through a door where sandboxes have one, else from memory.

    Into memory goes what `pieces` gives, the film from beginning to end; a door needs none of it.
    """
    if has_door():
        yield Behind(reader)
        return
    memory.require_room(reader.layout.size)
    with Scratch("film") as scratch:
        scratch.fill(pieces)
        yield InMemory(scratch)


@contextmanager
def all_opened(films: Iterable[tuple[Reader, Iterable[bytes]]]) -> Iterator["Several"]:
    """One program can read all of these films (reader and pieces of each, see `opened`)."""
    with ExitStack() as stack:
        yield Several([stack.enter_context(opened(*film)) for film in films])


def has_door() -> bool:
    """Can a program here have a network of its own?"""
    return binaries.bubblewrap() is not None


class InMemory:
    """A film that lies in memory, passed on as an open file."""

    def __init__(self, scratch: Scratch) -> None:
        self.fd, self.address = scratch.fd, scratch.path
        self.options = {**graph.ALLOWED, "protocol_whitelist": "file"}

    def run(
        self,
        command: Sequence[str],
        *,
        limits: Limits,
        files: Sequence[int] = (),
        tick: Callable[[bytes], None] | None = None,
    ) -> Finished:
        """The command has read it and ended; see sandbox.run."""
        return sandbox.run(command, files=[self.fd, *files], limits=limits, tick=tick)


class Behind:
    """A sealed film behind the door of a sandbox. What cannot be opened ends the program."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._size = reader, reader.layout.size
        self._starts = [first * CHUNK for _, _, first, _ in reader.layout.parts()]
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._one_at_a_time = threading.Lock()
        self._path = f"/{token_urlsafe(18)}"
        self.trouble: Exception | None = None

    @property
    def address(self) -> str:
        """An address that exists only inside the sandbox."""
        return f"http://127.0.0.1:{PORT}{self._path}"

    @property
    def options(self) -> dict[str, Any]:
        """No file can be opened as an input at all."""
        return {**graph.ALLOWED, "protocol_whitelist": "http,tcp", "seekable": 1}

    def run(
        self,
        command: Sequence[str],
        *,
        limits: Limits,
        files: Sequence[int] = (),
        tick: Callable[[bytes], None] | None = None,
    ) -> Finished:
        """The command has ended; SealBroken or OSError when the film could not be given to it."""
        return _run_behind([self], command, limits=limits, files=files, tick=tick)

    def is_asked_for(self, request: bytes) -> bool:
        """Does the request name this film?"""
        return request.startswith(f"GET {self._path} HTTP/1.1\r\n".encode())

    def answer(self, caller: socket.socket, request: bytes) -> None:
        """The caller has been sent the bytes it asked for, or it has gone."""
        wanted = re.search(rb"\r\nRange: *bytes=(\d{1,15})-\r\n", request, re.IGNORECASE)
        start = int(wanted[1]) if wanted else 0
        if start >= self._size:
            caller.sendall(b"HTTP/1.1 416 Range Not Satisfiable\r\nConnection: close\r\n\r\n")
            return
        caller.sendall(
            b"HTTP/1.1 206 Partial Content\r\nConnection: close\r\nAccept-Ranges: bytes\r\n"
            b"Content-Type: application/octet-stream\r\n"
            + f"Content-Range: bytes {start}-{self._size - 1}/{self._size}\r\n".encode()
            + f"Content-Length: {self._size - start}\r\n\r\n".encode()
        )
        while start < self._size:
            number = bisect_right(self._starts, start) - 1
            piece = memoryview(self._part(number))[start - self._starts[number] :]
            caller.sendall(piece)
            start += len(piece)

    def _part(self, number: int) -> bytes:
        """A part in the clear; the last few are kept, for films whose sound lies elsewhere."""
        with self._one_at_a_time:
            if self.trouble:
                raise self.trouble
            if number not in self._kept:
                while len(self._kept) >= PARTS_KEPT:
                    self._kept.popitem(last=False)
                start = self._starts[number]
                beyond = (*self._starts, self._size)[number + 1]
                try:
                    self._kept[number] = self._reader.range(start, beyond - start)
                except Exception as trouble:
                    self.trouble = trouble
                    raise
            self._kept.move_to_end(number)
            return self._kept[number]

    def raise_trouble(self) -> None:
        """What our side could not give is raised as what it is."""
        if self.trouble:
            raise self.trouble


class Several:
    """Films of one kind, behind one door or in memory, for one program."""

    def __init__(self, each: Sequence[Source]) -> None:
        self.each = each

    def run(
        self,
        command: Sequence[str],
        *,
        limits: Limits,
        files: Sequence[int] = (),
        tick: Callable[[bytes], None] | None = None,
    ) -> Finished:
        """The command has read them and ended; see sandbox.run."""
        behind = [film for film in self.each if isinstance(film, Behind)]
        if behind:
            return _run_behind(behind, command, limits=limits, files=files, tick=tick)
        kept = [film.fd for film in self.each if isinstance(film, InMemory)]
        return sandbox.run(command, files=[*kept, *files], limits=limits, tick=tick)


def _run_behind(
    films: Sequence[Behind],
    command: Sequence[str],
    *,
    limits: Limits,
    files: Sequence[int],
    tick: Callable[[bytes], None] | None,
) -> Finished:
    if not has_door():
        raise MachineTrouble("this sandbox has no network of its own")

    def heed(heard: bytes) -> None:
        _raise_trouble(films)
        if tick:
            tick(heard)

    outside, inside = socket.socketpair()
    with outside, inside, Answering(outside, films) as answering:
        done = sandbox.run(
            [sys.executable, "-I", "-S", DOOR, str(inside.fileno()), str(PORT), *command],
            files=[inside.fileno(), *files],
            limits=limits,
            tick=heed,
            loopback=True,
            shown=[Path(command[0])],
        )
    _raise_trouble(films)
    if not answering.has_door or done.words.startswith("door:"):
        raise MachineTrouble(f"the door did not open: {done.words[-300:]}")
    return done


def _raise_trouble(films: Sequence[Behind]) -> None:
    for film in films:
        film.raise_trouble()
