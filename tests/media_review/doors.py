"""The process of watching together, in a thread of the test, on the port the settings name."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections

from media_review.together.server import open_doors


@contextmanager
def standing() -> Iterator[str]:
    """Pages may come to this address; nobody is left inside afterwards."""
    port = urlsplit(settings.TOGETHER_ADDRESS).port
    listener = socket.create_server(("127.0.0.1", port or 0))
    loop, ready = asyncio.new_event_loop(), threading.Event()
    doors = loop.create_task(open_doors(listener, ready.set))

    def stand() -> None:
        try:
            loop.run_until_complete(asyncio.gather(doors, return_exceptions=True))
        finally:
            loop.close()
            connections.close_all()

    thread = threading.Thread(target=stand)
    thread.start()
    try:
        assert ready.wait(20)
        yield settings.TOGETHER_ADDRESS
    finally:
        loop.call_soon_threadsafe(doors.cancel)
        thread.join(20)
