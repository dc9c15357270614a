"""The small process: one event loop, one connection a page, the database asked in a thread.

A page enters with a ticket, is re-authorised every few seconds by itself, and is closed with a
number that it turns into a sentence. No words of anybody are logged.
"""

import asyncio
import json
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Barrier
from typing import Any, TypeVar
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import close_old_connections, connections
from django.http.request import validate_host
from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from media_review.together import messages, rights, tickets
from media_review.together.messages import Deed, Enter, Ping, Point
from media_review.together.rooms import House, Member, Told

logger = structlog.get_logger(__name__)
Given = TypeVar("Given")

ENTER_SECONDS = 5
LARGEST_BACKLOG = 64 * 1024  # bytes not yet taken by a page: more, and it is let go
NO_TICKET, NO_RIGHT, NO_SEAT, TOO_FAST, LATER = 4401, 4403, 4408, 4429, 1013


class Page:
    """The line to one page: it is told without waiting for it."""

    def __init__(self, connection: ServerConnection) -> None:
        self.connection = connection

    def tell(self, told: Told) -> None:
        """On its way; a page that takes nothing any more is let go."""
        if self.connection.transport.get_write_buffer_size() > LARGEST_BACKLOG:
            self.connection.transport.abort()
            return
        broadcast([self.connection], json.dumps(told))


class Together:
    """Who sits where, and nothing else. Gone with the process; pages come back by themselves."""

    def __init__(self) -> None:
        self.house = House(settings.TOGETHER_MOST)
        self.threads = ThreadPoolExecutor(settings.TOGETHER_THREADS, "together")

    async def ask(self, question: Callable[..., Given], *facts: Any) -> Given:
        """What the database says, asked in a thread of our own."""

        def asked() -> Given:
            close_old_connections()
            try:
                return question(*facts)
            finally:
                close_old_connections()

        return await asyncio.get_running_loop().run_in_executor(self.threads, asked)

    def close(self) -> None:
        """Our threads have ended, each with its own line to the database."""
        all_here = Barrier(settings.TOGETHER_THREADS)

        def closed() -> None:
            all_here.wait(5)
            connections.close_all()

        for _ in range(settings.TOGETHER_THREADS):
            self.threads.submit(closed)
        self.threads.shutdown()

    async def welcome(self, connection: ServerConnection) -> None:
        """One page from its ticket to its end."""
        try:
            entry = await self._entry(connection)
            if entry is None:
                return await connection.close(NO_TICKET)
            seat = await self.ask(rights.seat_of, entry)
            if seat is None:
                return await connection.close(NO_RIGHT)
            member = self.house.enter(entry.submission_id, Page(connection), seat, now_ms())
            if member is None:
                return await connection.close(NO_SEAT)
        except (ConnectionClosed, TimeoutError):
            return None
        watch = asyncio.ensure_future(self._watch(connection, member, entry))
        try:
            await self._listen(connection, member, entry)
        except ConnectionClosed:
            return None
        finally:
            watch.cancel()
            self.house.leave(entry.submission_id, member)

    async def _entry(self, connection: ServerConnection) -> tickets.Entry | None:
        async with asyncio.timeout(ENTER_SECONDS):
            first = messages.parse(await connection.recv())
        if not isinstance(first, Enter):
            return None
        return await self.ask(tickets.redeem, first.ticket)

    async def _listen(
        self, connection: ServerConnection, member: Member, entry: tickets.Entry
    ) -> None:
        room = self.house.rooms[entry.submission_id]
        async for text in connection:
            now = now_ms()
            if not member.may_speak(now):
                return await connection.close(TOO_FAST)
            match messages.parse(text):
                case Ping(mark):
                    member.line.tell({"is": "clock", "mark": mark, "now": now})
                case Point(x, y):
                    room.point(member, x, y)
                case Deed() as deed:
                    room.do(member, deed, now)
        return None

    async def _watch(
        self, connection: ServerConnection, member: Member, entry: tickets.Entry
    ) -> None:
        """Whoever loses the right is shown out, within seconds; others do not notice more."""
        while True:
            await asyncio.sleep(settings.TOGETHER_ASK_SECONDS)
            try:
                seat = await self.ask(rights.seat_of, entry)
            except Exception as away:  # no answer is no right: the page asks again by itself
                logger.warning("together.not_asked", why=type(away).__name__)
                return await connection.close(LATER)
            if seat is None:
                return await connection.close(NO_RIGHT)
            member.seat = seat


def now_ms() -> float:
    """Our clock, in milliseconds; it only goes forward and means nothing elsewhere."""
    return round(time.monotonic() * 1000, 1)


def only_from_our_pages(connection: ServerConnection, request: Request) -> Response | None:
    """Nothing for a page of ours; a refusal for a page of any other host."""
    host = urlsplit(request.headers.get("Origin", "")).hostname or ""
    if validate_host(host, settings.ALLOWED_HOSTS):
        return None
    return connection.respond(HTTPStatus.FORBIDDEN, "Only pages of this house.\n")


async def open_doors(listener: socket.socket, ready: Callable[[], None] = lambda: None) -> None:
    """Pages come and go until this is cancelled; then every one is told to come back later."""
    together = Together()
    try:
        async with serve(
            together.welcome,
            sock=listener,
            process_request=only_from_our_pages,
            compression=None,
            max_size=messages.LONGEST_BYTES,
            max_queue=32,
            open_timeout=ENTER_SECONDS,
            ping_interval=15,
            ping_timeout=15,
            close_timeout=2,
            server_header=None,
        ):
            ready()
            await asyncio.get_running_loop().create_future()
    finally:
        together.close()
