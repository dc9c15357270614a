"""Everything a 1080p film needs before it can be watched, against the one bare ffmpeg command.

Ours: unsealed, looked into, summed, 720p film, small pictures, still and loudness made in one
decoding, probed, sealed, published. ATTUNE_BENCH_FILM_SECONDS sets the length (60; the ratio is
that of 300, which takes five times as long to measure).
"""

import contextlib
import ctypes
import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.floors import encode as bare
from benchmarks.measure import Result, cpu_seconds
from benchmarks.pages import guider

SECONDS = int(os.environ.get("ATTUNE_BENCH_FILM_SECONDS", "60")) // 6 * 6
NAME = f"preparing {SECONDS} s of 1080p"
BAR = 1.15
MOST_ROUNDS = 3
DECODES, WALL = 3.5, 0.5
PR_SET_CHILD_SUBREAPER = 36


def missing() -> str:
    """Why this cannot be measured here; nothing when it can."""
    from footage import binaries, source
    from footage.errors import MachineTrouble

    try:
        binaries.ffmpeg()
    except MachineTrouble:
        return "there is no ffmpeg on this machine"
    return "" if source.has_door() else "bubblewrap does not work on this machine"


def prepare() -> dict[str, Any]:
    """A film, a person who sends it, and a process that inherits whoever loses their parent."""
    from footage import binaries
    from people.queries import actor_for

    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    folder = TemporaryDirectory(prefix="attune-encode-")
    film = bare.made_film(binaries.ffmpeg(), Path(folder.name), SECONDS)
    actor = actor_for(guider("sender@example.org"))
    return {"folder": folder, "film": film, "actor": actor, "ffmpeg": binaries.ffmpeg()}


def compared(state: dict[str, Any], rounds: int) -> Result:
    """CPU seconds of the bare command and of ours, in turn; in milliseconds a second of film."""
    pairs, state["walls"] = [], []
    for _ in range(min(rounds, MOST_ROUNDS)):
        low = spent(lambda: bare.proxy(state["ffmpeg"], state["film"]))
        film_id = sent(state)
        begun = time.monotonic()
        high = spent(lambda: prepared(film_id))  # noqa: B023
        state["walls"].append((time.monotonic() - begun) / SECONDS)
        pairs.append((low, high))
    state["ours"] = sorted(high for _, high in pairs)[len(pairs) // 2]
    return Result(
        floor=1000 * sorted(low for low, _ in pairs)[len(pairs) // 2] / SECONDS,
        ours=1000 * state["ours"] / SECONDS,
        ratios=tuple(high / low for low, high in pairs),
    )


def notes(state: dict[str, Any]) -> list[str]:
    """Against decoding alone, against the peers' recipe, and by the clock."""
    decode = spent(lambda: bare.decode(state["ffmpeg"], state["film"]))
    every = max(1.0, SECONDS / 100)
    peers = spent(lambda: bare.separate_runs(state["ffmpeg"], state["film"], every))
    ours, wall, size = state["ours"], min(state["walls"]), state["film"].stat().st_size
    return [
        f"ms of CPU a second of film; {SECONDS} s, {size / 1e6:.0f} MB",
        f"{ours / decode:.2f}x decoding alone (bar {DECODES}){missed(ours / decode, DECODES)}",
        f"{ours / peers:.2f}x the peers' separate runs (bar 1.00){missed(ours / peers, 1)}",
        f"watchable {wall:.2f}x the film's length after it was sent (bar {WALL} on 2 idle cores;"
        f" {os.cpu_count()} cores, {os.getloadavg()[1]:.1f} at work here){missed(wall, WALL)}",
    ]


def missed(found: float, bar: float) -> str:
    """A word for the eye."""
    return " MISSED" if found > bar else ""


def clear(state: dict[str, Any]) -> None:
    """The films in the clear are gone."""
    state["folder"].cleanup()


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of the work and of everything it started, sandboxes included."""
    before = cpu_seconds()
    work()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    return cpu_seconds() - before


def sent(state: dict[str, Any]) -> Any:
    """The id of the film, once more on its way through the house."""
    from uuid import uuid4

    from footage import services
    from footage.receiving import Incoming

    size = state["film"].stat().st_size
    upload = services.begin_upload(
        actor=state["actor"], ring=uuid4(), file_name="film.mp4", size=size, page="/"
    )
    with state["film"].open("rb") as file:
        services.receive(
            actor=state["actor"], upload_id=upload.pk, offset=0, incoming=Incoming(file, size)
        )
    return upload.film_id


def prepared(film_id: Any) -> None:
    """The film can be watched."""
    from footage import pipeline
    from footage.models import Film

    while pipeline.work_on(film_id):
        pass
    assert Film.objects.get(pk=film_id).is_ready
