"""The broker in a folder: a message lies there whole or not at all, a broken one is passed over.

kombu's own leaves half a message, or an empty one, when the disk is full, and a worker that finds
it ends. Here nothing that lies in the folder can stop anybody; what is lost is only a wake-up.
"""

import json
import os
import time
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem

FORGOTTEN_SECONDS = 3600


class Channel(filesystem.Channel):
    """Messages as files, whole ones only."""

    @property
    def folder(self) -> Path:
        """Where messages lie."""
        return Path(self.data_folder_in)

    def _put(self, queue: str, payload: dict[str, Any], **_facts: Any) -> None:
        """Written beside its place, then moved there; ChannelError when there is no room."""
        name = f"{time.monotonic_ns():020d}_{uuid4()}"
        beside = self.folder / f"{name}.new"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(payload))
            beside.rename(self.folder / f"{name}.{queue}.msg")
        except OSError as full:
            beside.unlink(missing_ok=True)
            raise ChannelError(f"The message could not be laid down: {full}") from full

    def _get(self, queue: str) -> dict[str, Any]:
        """The oldest message, taken by one alone; Empty when there is none that can be read."""
        for name in sorted(os.listdir(self.folder) if self.folder.exists() else ()):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = self.folder / f"{name}.taken"
            try:
                (self.folder / name).rename(taken)
                return json.loads(taken.read_text())
            except (OSError, ValueError):
                continue  # somebody else was quicker, or it is not whole
            finally:
                taken.unlink(missing_ok=True)
        raise Empty

    def get_table(self, exchange: str) -> list[Any]:
        """Who listens; nobody when the list is broken."""
        try:
            return super().get_table(exchange)
        except ValueError:
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """The queue listens; a list that a full disk left broken is begun again."""
        self._clear()
        try:
            super()._queue_bind(exchange, routing_key, pattern, queue)
        except ValueError:
            self._exchange_file(exchange).unlink(missing_ok=True)
            super()._queue_bind(exchange, routing_key, pattern, queue)

    def _clear(self) -> None:
        """What killed processes left half-done long ago is gone."""
        long_ago = time.time() - FORGOTTEN_SECONDS
        for path in self.folder.glob("*"):
            if path.suffix in (".new", ".taken") and path.stat().st_mtime < long_ago:
                path.unlink(missing_ok=True)


class Transport(filesystem.Transport):
    """What `filesystem://` means in this house."""

    Channel = Channel


TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"
