"""Running a program on bytes from strangers: limited, without network or files, ended whole.

Around the child stand, from the outside in: bubblewrap where it works (own network, own processes,
nothing to see, nothing to write to), Landlock where it does not, a seccomp filter everywhere, the
limits of the kernel, and our own clock. Why so: docs/adr/0045.
"""

import contextlib
import ctypes
import os
import resource
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from footage import binaries, fence, memory
from footage.errors import MachineTrouble

PR_SET_PDEATHSIG = 1
TICK = 1.0
GRACE = 5  # seconds of processor between the warning and the end by force
BUSY = 0.5  # of the time on a processor: whoever was late was working, not waiting
ROOM = 512 * 1024**2  # with this much free, "no memory" speaks of the limit, not of the machine
MOST_OUTPUT = 16 * 1024 * 1024
MOST_WORDS = 16 * 1024
MOST_PROCESSES = 4096
SIGNS_OF_TROUBLE = (
    "bwrap:",
    "Cannot allocate memory",
    "error while loading shared libraries",
    "No space left",
    "File too large",
    "ModuleNotFoundError",
)
# by their own hand (ILL, ABRT, BUS, FPE, SEGV), for using too much processor, or a call we refuse
BLAMED = frozenset({4, 6, 7, 8, 11, 24, 31})
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
    loopback: bool = False,
    shown: Sequence[Path] = (),
) -> Finished:
    """The child has ended and nothing of its process group is left, however this returns or raises.

    `tick` is given what the child printed, at least every second; what it raises ends the child.
    With `loopback` it has a network of its own that holds nobody else (bubblewrap only).
    `shown` are programs that the first one goes over to, and must see.
    """
    with ExitStack() as stack:
        caged, kept, fences = _walls(list(command), stack, loopback, shown)
        child = subprocess.Popen(
            caged,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=[*files, *kept],
            start_new_session=True,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"},
            preexec_fn=lambda: _restrict(limits, fences),
        )
        try:
            return _listen(child, limits, tick)
        finally:
            _end(child)


def ran_into_limit(done: Finished) -> bool:
    """Did the child want more than any film needs, or fall over? Then the film is to blame."""
    short = "Cannot allocate memory" in done.words and memory.free() > ROOM
    return short or -done.code in BLAMED


def was_our_trouble(done: Finished) -> bool:
    """Did this machine fail the child, so that another time or place may do better?"""
    signs = any(sign in done.words for sign in SIGNS_OF_TROUBLE)
    return not ran_into_limit(done) and (done.code < 0 or signs)


def _walls(
    command: list[str], stack: ExitStack, loopback: bool, shown: Sequence[Path]
) -> tuple[list[str], list[int], list[Callable[[], None]]]:
    """The command as it is started, the files it needs for that, and what the child does first."""
    wrap, calls = binaries.bubblewrap(), fence.seccomp(loopback=loopback)
    programs = [Path(command[0]), *shown]
    if wrap:
        kept = [_readable_once(calls, stack)] if calls else []
        return [wrap, *binaries.cage(programs, *kept), *command], kept, []
    if loopback:
        raise MachineTrouble("without bubblewrap a child has no network of its own")
    fences: list[Callable[[], None]] = []
    rules = stack.enter_context(fence.rules_for(binaries.readable(programs)))
    if rules is not None:
        fences.append(lambda: fence.refuse_files(rules))
    if calls:
        fences.append(lambda: fence.refuse_calls(calls))
    return command, [], fences


def _readable_once(data: bytes, stack: ExitStack) -> int:
    """An open file with these bytes, from their beginning."""
    file = stack.enter_context(memory.Scratch("filter"))
    file.fill([data])
    os.lseek(file.fd, 0, os.SEEK_SET)
    return file.fd


def _listen(
    child: subprocess.Popen[bytes], limits: Limits, tick: Callable[[bytes], None] | None
) -> Finished:
    deadline = time.monotonic() + limits.wall_seconds
    output, words, said = bytearray(), bytearray(), 0
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
                said += len(piece)
            del words[:-MOST_WORDS]
            if said > MOST_OUTPUT:
                raise MachineTrouble("the program printed too much")
            if time.monotonic() > deadline:
                return _late(child, limits, bytes(output), words)
            if tick and (heard or time.monotonic() - last_tick >= TICK):
                last_tick = time.monotonic()
                tick(heard)
    code = child.wait(timeout=10)
    # bubblewrap reports a signal as 128 + its number; ffmpeg's own codes above 128 are others
    code = 128 - code if code - 128 in SIGNALS else code
    return Finished(code, bytes(output), words.decode(errors="replace"))


def _late(
    child: subprocess.Popen[bytes], limits: Limits, output: bytes, words: bytearray
) -> Finished:
    """Whose fault it is that there is no end: busy all the time, and the film is endless."""
    if _worked(child.pid) >= BUSY * limits.wall_seconds:
        return Finished(-signal.SIGXCPU, output, words.decode(errors="replace"))
    raise MachineTrouble(f"no end after {limits.wall_seconds:.0f} seconds")


def _worked(pid: int) -> float:
    """Seconds that this process and those it started have had on a processor."""
    ticks: dict[int, int] = {}
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            facts = stat.read_text().rpartition(")")[2].split()
            ticks[int(stat.parent.name)] = int(facts[11]) + int(facts[12])
            below.setdefault(int(facts[1]), []).append(int(stat.parent.name))
    spent, asked = 0, [pid]
    while asked:
        one = asked.pop()
        spent += ticks.get(one, 0)
        asked += below.get(one, [])
    return spent / os.sysconf("SC_CLK_TCK")


def _end(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdout, child.stderr):
        if pipe:
            pipe.close()


def _restrict(limits: Limits, fences: Sequence[Callable[[], None]]) -> None:
    """In the child, before it becomes the program: dies with us, limited, leaves no core file."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for kind, most, grace in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, limits.cpu_seconds, GRACE),
        (resource.RLIMIT_AS, limits.memory_bytes, 0),
        (resource.RLIMIT_FSIZE, limits.file_bytes, 0),
        (resource.RLIMIT_NOFILE, 256, 0),
        (resource.RLIMIT_NPROC, MOST_PROCESSES, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        most, end = (
            wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            for wanted in (most, most + grace)
        )
        resource.setrlimit(kind, (most, end))
    os.nice(5)
    for raise_fence in fences:
        raise_fence()
