"""The body of a request: straight from gunicorn's socket where there is one, else by `read`."""

from typing import Any, Protocol

from gunicorn.http.body import LengthReader

TICK = 0.5


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes; none at the end."""


class Plain:
    """A body that is read like a file. It cannot tell silence from slowness: it waits."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def take(self, buffer: memoryview) -> int | None:
        """How many bytes were put into the buffer; 0 at the end, or when the sender has gone."""
        try:
            data = self._stream.read(len(buffer))
        except OSError:
            return 0
        buffer[: len(data)] = data
        return len(data)

    def leave(self) -> None:
        """Nothing to give back."""


class Straight:
    """A body of known length, received into the buffer without a copy in between.

    gunicorn's own reader is kept informed, so that it knows where the next request begins.
    """

    def __init__(self, reader: Any) -> None:
        self._reader, self._socket = reader, reader.unreader.sock
        self._held = memoryview(reader.unreader.take_buffered())  # came along with the headers
        self._timeout = self._socket.gettimeout()
        self._socket.settimeout(TICK)

    def take(self, buffer: memoryview) -> int | None:
        """As with Plain; None when the sender was silent for a tick."""
        buffer = buffer[: self._reader.length]
        if self._held:
            got = min(len(buffer), len(self._held))
            buffer[:got], self._held = self._held[:got], self._held[got:]
        else:
            try:
                got = self._socket.recv_into(buffer)
            except TimeoutError:
                return None
            except OSError:
                got = 0
        self._reader.length -= got
        return got

    def leave(self) -> None:
        """gunicorn has its socket back, and what it had read of the next request."""
        self._reader.unreader.unread(bytes(self._held))
        self._socket.settimeout(self._timeout)


def body_of(stream: Any) -> Plain | Straight:
    """The best way to read this request (or file, in tests)."""
    body = getattr(stream, "environ", {}).get("wsgi.input")
    reader = getattr(body, "reader", None)
    if isinstance(reader, LengthReader) and hasattr(reader.unreader, "sock"):
        return Straight(reader)
    return Plain(stream)
