"""Scratch without a name on any disk: anonymous memory, passed on as an open file.

Why memory and not a folder: docs/adr/0020.
"""

import mmap
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from footage.errors import MachineTrouble

USABLE = 0.7
CGROUP = Path("/sys/fs/cgroup")


class Scratch:
    """A film in memory, for as long as the `with` lasts."""

    def __init__(self, label: str) -> None:
        self.fd = os.memfd_create(f"attune-{label}", os.MFD_CLOEXEC)

    @property
    def path(self) -> str:
        """How a child that was given the file reaches it."""
        return f"/proc/self/fd/{self.fd}"

    @property
    def size(self) -> int:
        """Bytes in it."""
        return os.fstat(self.fd).st_size

    def fill(self, pieces: Iterable[bytes]) -> None:
        """The pieces lie in it, one after the other."""
        for piece in pieces:
            view = memoryview(piece)
            while view:
                view = view[os.write(self.fd, view) :]

    def view(self) -> memoryview:
        """Its bytes without a copy."""
        if not self.size:
            return memoryview(b"")
        return memoryview(mmap.mmap(self.fd, 0, prot=mmap.PROT_READ))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self.fd)


def require_room(wanted: int) -> None:
    """Raise MachineTrouble when this much memory is not to be had just now."""
    found = free()
    if wanted > found * USABLE:
        raise MachineTrouble(f"{wanted >> 20} MiB of memory wanted, {found >> 20} MiB free")


def free() -> int:
    """Bytes of memory that may still be used, on this machine and in this container."""
    lines = dict(
        line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines() if ":" in line
    )
    found = int(lines["MemAvailable"].split()[0]) * 1024
    try:
        limit = int((CGROUP / "memory.max").read_text())
        return min(found, limit - int((CGROUP / "memory.current").read_text()))
    except (OSError, ValueError):
        return found
