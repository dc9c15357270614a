"""The porter at the door of a sandbox: answers whoever knocks with bytes of the films it has."""

import socket
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol, Self

MOST_CALLERS = 4
LONGEST_REQUEST = 8192
SEND_BUFFER = 1024 * 1024


class Sealed(Protocol):
    """A film that can be asked for, and what was wrong with it on our side, if anything was."""

    trouble: Exception | None

    def is_asked_for(self, request: bytes) -> bool:
        """Does the request name this film?"""

    def answer(self, caller: socket.socket, request: bytes) -> None:
        """The caller has been sent what it asked for."""


class Answering:
    """Takes the door from the sandbox and answers whoever knocks, for as long as the `with` lasts.

    ffmpeg holds two connections a film at the most: the one it leaves and the one it goes over to.
    """

    def __init__(self, way_in: socket.socket, films: Sequence[Sealed]) -> None:
        self._way_in, self._films = way_in, films
        self._most = MOST_CALLERS * len(films)
        self._callers: deque[socket.socket] = deque(maxlen=self._most)
        self._door: socket.socket | None = None
        self._over = threading.Event()
        self._porter = threading.Thread(target=self._open, daemon=True)

    @property
    def has_door(self) -> bool:
        """Has the sandbox opened its door to us?"""
        return self._door is not None

    def __enter__(self) -> Self:
        self._porter.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        for end in (self._way_in, self._door, *self._callers):
            _shut(end)
        self._porter.join(timeout=10)

    def _open(self) -> None:
        try:
            _, numbers, _, _ = socket.recv_fds(self._way_in, 16, 1)
            if numbers:
                self._door = socket.socket(fileno=numbers[0])
                with self._door:
                    self._take_turns(self._door)
        except Exception as trouble:
            if not self._over.is_set():
                self._films[0].trouble = self._films[0].trouble or trouble

    def _take_turns(self, door: socket.socket) -> None:
        door.settimeout(1)
        while not self._over.is_set():
            with suppress(TimeoutError):
                caller = door.accept()[0]
                caller.setblocking(True)
                caller.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
                if len(self._callers) == self._most:
                    _shut(self._callers[0])
                self._callers.append(caller)
                threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        film = self._films[0]
        try:
            with caller:
                request = _request_of(caller)
                found = [each for each in self._films if each.is_asked_for(request)]
                if not found:
                    caller.sendall(b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n")
                    return
                film = found[0]
                film.answer(caller, request)
        except OSError:
            return  # it has gone; what the store could not give is noted as the film's trouble
        except Exception as trouble:
            film.trouble = film.trouble or trouble


def _request_of(caller: socket.socket) -> bytes:
    """What the caller asks, whole; nothing when it is longer than a request of ffmpeg's can be."""
    request = b""
    while b"\r\n\r\n" not in request:
        piece = caller.recv(LONGEST_REQUEST - len(request))
        request += piece
        if not piece or len(request) >= LONGEST_REQUEST:
            return b""
    return request


def _shut(end: socket.socket | None) -> None:
    with suppress(OSError):
        if end:
            end.shutdown(socket.SHUT_RDWR)
