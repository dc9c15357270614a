"""What must never be touched: a neighbouring file that is watched, and two ports that listen."""

import ctypes
import os
import socket
from pathlib import Path

MARK = b"attune canary: this text must never appear in any film"
IN_ACCESS, IN_OPEN, IN_NONBLOCK = 0x1, 0x20, 0o4000
_libc = ctypes.CDLL(None, use_errno=True)


class Canary:
    """A file that others of this user can open by its path, and a TCP and a UDP port on loopback.

    The file lies in memory: tests that search the folders for film do not touch it.
    """

    def __init__(self) -> None:
        self.file = os.memfd_create("canary")
        os.write(self.file, b"\0\0\0\x10ftypisom\0\0\0\0" + MARK * 100)
        self.path = Path(f"/proc/{os.getpid()}/fd/{self.file}")
        self.tcp = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.tcp.setblocking(False)
        self.port = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        self.udp.setblocking(False)
        self.watch = _libc.inotify_init1(IN_NONBLOCK)
        watched = _libc.inotify_add_watch(self.watch, os.fsencode(self.path), IN_ACCESS | IN_OPEN)
        assert watched > 0, "the canary could not be watched"

    def touched(self) -> list[str]:
        """What has happened to it since it was asked last; nothing, we hope."""
        found = []
        for what, ask in {
            "the file was opened": lambda: os.read(self.watch, 4096),
            "somebody called": self.tcp.accept,
            "somebody sent a word": lambda: self.udp.recv(100),
        }.items():
            try:
                ask()
            except BlockingIOError:
                continue
            found.append(what)
        return found


CANARY = Canary()
