"""The process through which people watch together."""

import asyncio
import logging
import signal
import socket
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media_review.together.server import open_doors


class Command(BaseCommand):
    """Pages meet here until the process is told to stop."""

    help = "Open the doors for watching together (docs/operations.md)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen: at a socket that is held for us, or at a port of this machine."""
        parser.add_argument("--fd", type=int, help="a listening socket that was handed over")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8100)

    def handle(self, *_: Any, **options: Any) -> None:
        """Doors open, doors closed."""
        logging.getLogger("websockets").setLevel(logging.WARNING)
        if options["fd"] is None:
            listener = socket.create_server((options["host"], options["port"]))
        else:
            listener = socket.socket(fileno=options["fd"])
        asyncio.run(_until_told(listener))


async def _until_told(listener: socket.socket) -> None:
    stopped = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    doors = asyncio.ensure_future(open_doors(listener))
    waiting = asyncio.ensure_future(stopped.wait())
    await asyncio.wait([doors, waiting], return_when=asyncio.FIRST_COMPLETED)
    if doors.done():
        doors.result()
    doors.cancel()
    await asyncio.gather(doors, return_exceptions=True)
