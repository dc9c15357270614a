"""A line between a browser and the house that is slow, counts what it carries, and can be cut."""

import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

PIECE = 32 * 1024


class Line:
    """Its own address on this machine; whatever comes there is carried on to the house."""

    def __init__(self, house: str, bytes_a_second: int) -> None:
        self.house, self.speed = urlsplit(house), bytes_a_second
        self.carried = 0
        self.is_cut = False
        self._ends: set[socket.socket] = set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2 * PIECE)
        self.url = f"http://{self.house.hostname}:{self._door.getsockname()[1]}"
        threading.Thread(target=self._open, daemon=True).start()

    def cut(self) -> None:
        """Nothing gets through any more; what is under way breaks off."""
        self.is_cut = True
        for end in list(self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """It carries again."""
        self.is_cut = False

    def close(self) -> None:
        """Nobody listens here any more."""
        self.cut()
        self._door.close()

    def _open(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._door.accept()
                if self.is_cut:
                    here.close()
                    continue
                there = socket.create_connection((self.house.hostname, self.house.port))
                self._ends |= {here, there}
                for pair in ((here, there, True), (there, here, False)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket, is_up: bool) -> None:
        with suppress(OSError):
            while data := here.recv(PIECE):
                if is_up:
                    self.carried += len(data)
                    time.sleep(len(data) / self.speed)
                there.sendall(data)
        for end in (here, there):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            self._ends.discard(end)
