"""Running a program on bytes from strangers: limited, no network where possible, ended whole."""

import contextlib
import ctypes
import os
import resource
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from footage import binaries
from footage.errors import MachineTrouble

PR_SET_PDEATHSIG = 1
TICK = 1.0
MOST_OUTPUT = 16 * 1024 * 1024
MOST_WORDS = 16 * 1024
SIGNS_OF_TROUBLE = (
    "bwrap:",
    "Cannot allocate memory",
    "error while loading shared libraries",
    "No space left",
    "File too large",
    "ModuleNotFoundError",
)
SIGNALS = frozenset({4, 6, 7, 8, 9, 11, 15, 24, 25, 31})
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Limits:
    """What a child may use."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int = 6 * 1024**3
    file_bytes: int = 4 * 1024**3


@dataclass(frozen=True)
class Finished:
    """How a child ended: its code (negative: the signal), what it printed, its last words."""

    code: int
    output: bytes
    words: str


def run(
    command: Sequence[str],
    *,
    files: Sequence[int],
    limits: Limits,
    tick: Callable[[bytes], None] | None = None,
) -> Finished:
    """The child has ended and nothing of its process group is left, however this returns or raises.

    `tick` is given what the child printed, at least every second; what it raises ends the child.
    """
    wrap = binaries.bubblewrap()
    caged = [wrap, *binaries.cage(Path(command[0])), *command] if wrap else list(command)
    child = subprocess.Popen(
        caged,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=files,
        start_new_session=True,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"},
        preexec_fn=lambda: _restrict(limits),
    )
    try:
        return _listen(child, limits, tick)
    finally:
        _end(child)


def _listen(
    child: subprocess.Popen[bytes], limits: Limits, tick: Callable[[bytes], None] | None
) -> Finished:
    deadline = time.monotonic() + limits.wall_seconds
    output, words = bytearray(), bytearray()
    with selectors.DefaultSelector() as ears:
        ears.register(child.stdout, selectors.EVENT_READ, output)  # type: ignore[arg-type]
        ears.register(child.stderr, selectors.EVENT_READ, words)  # type: ignore[arg-type]
        last_tick = 0.0
        while ears.get_map():
            heard = b""
            for key, _ in ears.select(timeout=TICK):
                piece = os.read(key.fd, 65536)
                if not piece:
                    ears.unregister(key.fileobj)
                    continue
                key.data.extend(piece)
                heard += piece if key.data is output else b""
            del words[:-MOST_WORDS]
            if len(output) > MOST_OUTPUT:
                raise MachineTrouble("the program printed too much")
            if time.monotonic() > deadline:
                raise MachineTrouble(f"no end after {limits.wall_seconds:.0f} seconds")
            if tick and (heard or time.monotonic() - last_tick >= TICK):
                last_tick = time.monotonic()
                tick(heard)
    code = child.wait(timeout=10)
    # bubblewrap reports a signal as 128 + its number; ffmpeg's own codes above 128 are others
    code = 128 - code if code - 128 in SIGNALS else code
    return Finished(code, bytes(output), words.decode(errors="replace"))


def _end(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdout, child.stderr):
        if pipe:
            pipe.close()


def _restrict(limits: Limits) -> None:
    """In the child, before it becomes the program: dies with us, limited, leaves no core file."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, 256),
    ):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))
    os.nice(5)
