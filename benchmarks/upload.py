"""A film over loopback into the real web processes, against @tus/server with the same client.

Ours is sealed, durable and counted when the client hears of it; theirs is in the page cache.
ATTUNE_BENCH_UPLOAD_MB makes the film smaller, ATTUNE_BENCH_UPLOAD_LARGEST_MB the largest one.
"""

import os
import shutil
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import Result, descendants, seconds_of

FILM_MB = int(os.environ.get("ATTUNE_BENCH_UPLOAD_MB", "1024"))
LARGEST_MB = int(os.environ.get("ATTUNE_BENCH_UPLOAD_LARGEST_MB", "8192"))
NAME = f"upload, {FILM_MB} MB"
BAR = 1.0
LAST_BYTES = 64 * 1024
PEER_PORT = 8149


@dataclass
class State:
    """Both servers, running, and what was noted about them."""

    film: Path
    ours: Any
    theirs: Any
    address: str
    headers: dict[str, str]
    actor: Any
    cpu: list[tuple[float, float]] = field(default_factory=list)
    finishing: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)


def missing() -> str:
    """Node, or the packages of its lock file."""
    from tests.footage import node

    return node.lacking()


def prepare() -> State:
    """The web processes as `make run` starts them, the peer, and a film of zeros in memory."""
    from django.conf import settings

    from benchmarks.pages import guider, session_of
    from config import supervisor
    from people.queries import actor_for
    from tests.footage import node

    listener = supervisor.listen("127.0.0.1", PEER_PORT - 9)
    web = supervisor.house(listener.fileno(), listener.fileno(), settings.VAR)[0]
    supervisor.start(web, settings.VAR)
    host, port = listener.getsockname()
    _until(lambda: supervisor.answer(host, port))
    folder = settings.VAR / "theirs"
    folder.mkdir()
    peer = node.node("server.mjs", str(PEER_PORT), str(folder))
    _until(lambda: peer.stdout and peer.stdout.readline())
    film = settings.VAR / "film.mp4"
    _grow(film, FILM_MB)
    user = guider("sender@example.org")
    token = "x" * 32
    cookie = f"{session_of(user)}; {settings.CSRF_COOKIE_NAME}={token}"
    headers = {"Cookie": cookie, "X-CSRFToken": token}
    address = f"http://127.0.0.1:{port}"
    return State(film, web.process, peer, address, headers, actor_for(user))


def clear(state: State) -> None:
    """Both servers have ended."""
    for process in (state.ours, state.theirs):
        process.terminate()
        process.wait()


def compared(state: State, rounds: int) -> Result:
    """Wall time of the client, theirs and ours in turn."""
    send_to_us(state), send_to_them(state)
    pairs = [(send_to_them(state), send_to_us(state)) for _ in range(rounds)]
    state.rates = [state.film.stat().st_size / 1e6 / ours["seconds"] for _, ours in pairs]
    state.cpu = [(theirs["cpu"], ours["cpu"]) for theirs, ours in pairs]
    state.finishing = [ours["lastMs"] for _, ours in pairs]
    return Result(
        floor=1000 * statistics.median(theirs["seconds"] for theirs, _ in pairs),
        ours=1000 * statistics.median(ours["seconds"] for _, ours in pairs),
        ratios=tuple(ours["seconds"] / theirs["seconds"] for theirs, ours in pairs),
    )


def notes(state: State) -> list[str]:
    """Speed, CPU, the last call, and what the web processes grow by, also for the largest film."""
    small = growth(state)
    _grow(state.film, LARGEST_MB)
    large = growth(state)
    rate = statistics.median(state.rates)
    cpu = statistics.median(ours / theirs for theirs, ours in state.cpu)
    spent = statistics.median(ours for _, ours in state.cpu)
    return [
        f"Wall time. Ours receives {rate:.0f} MB/s, durable and sealed.",
        f"Processor time of the server, ours / theirs: {cpu:.2f} (ours {spent:.2f} s).",
        f"The finishing call: {max(state.finishing):.0f} ms at most; "
        f"{large['lastMs']:.0f} ms for {LARGEST_MB} MB.",
        f"Resident memory of all web processes grows by {small['grown']:.0f} MB for {FILM_MB} MB, "
        f"{large['grown']:.0f} MB for {LARGEST_MB} MB (at {large['rate']:.0f} MB/s).",
    ]


def growth(state: State) -> dict[str, Any]:
    """One film more, with how far the web processes' peak rose above where they stood (MB)."""
    family = [state.ours.pid, *descendants(state.ours.pid)]
    for pid in family:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    before = sum(_memory(pid, "VmRSS") for pid in family)
    told = send_to_us(state)
    told["grown"] = sum(_memory(pid, "VmHWM") for pid in family) - before
    told["rate"] = state.film.stat().st_size / 1e6 / told["seconds"]
    return told


def send_to_us(state: State) -> dict[str, Any]:
    """One film sent to our web processes; destroyed afterwards."""
    from uuid import uuid4

    from footage import purging, services

    upload = services.begin_upload(
        actor=state.actor,
        ring=uuid4(),
        file_name="film.mp4",
        size=state.film.stat().st_size,
        page="/",
    )
    address = f"{state.address}/footage/uploads/{upload.pk}/"
    told = _sent(state, state.ours.pid, uploadUrl=address, headers=state.headers)
    services.purge(user_id=None, film_id=upload.film_id)
    purging.purge(upload.film_id)
    return told


def send_to_them(state: State) -> dict[str, Any]:
    """One film sent to the peer; removed afterwards."""
    endpoint = f"http://127.0.0.1:{PEER_PORT}/files"
    told = _sent(state, state.theirs.pid, endpoint=endpoint)
    for path in (state.film.parent / "theirs").iterdir():
        path.unlink()
    return told


def _sent(state: State, pid: int, **told: Any) -> dict[str, Any]:
    from tests.footage import node

    before = sum(map(seconds_of, [pid, *descendants(pid)]))
    found = node.send(file=str(state.film), lastBytes=LAST_BYTES, **told)
    if not found["ok"]:
        raise AssertionError(found)
    return {**found, "cpu": sum(map(seconds_of, [pid, *descendants(pid)])) - before}


def _grow(film: Path, megabytes: int) -> None:
    """A film of so many zeros that takes no room; less when the disk has too little for it."""
    room = shutil.disk_usage(film.parent).free // 2
    with film.open("ab") as file:
        file.truncate(min(megabytes * 1024 * 1024, room))


def _memory(pid: int, name: str) -> float:
    """Megabytes of this kind that the process has."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def _until(true: Callable[[], Any], seconds: float = 60) -> None:
    """It is so now."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError("a server did not start")
        time.sleep(0.1)
