"""How the room of films is: each line is well, or says what a person should do about it.

Nothing here names a film, its sender or its case.
"""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache as shared
from django.db.models import Count, Min, Q
from django.utils import timezone

from footage import binaries, fence, memory, rounds, rules
from footage.kinds import Recipe, WorkState
from footage.models import Film, RingKey, Work
from footage.states import State
from footage.stores import store

WELL, LOOK, ACT = "well", "look", "act"
SEEN = {
    WELL: ("ready", "well"),
    LOOK: ("waiting", "have a look"),
    ACT: ("refused", "needs a person"),
}
SWEPT = "footage.swept_at"
SWEEP_LATE = timedelta(minutes=2)
WAITS_LONG = timedelta(minutes=10)
GIGABYTE = 1024**3
LITTLE_ROOM = 0.1


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: how it is (well, look, act), in words, and what to do."""

    what: str
    state: str
    words: str
    todo: str = ""

    @property
    def shade(self) -> str:
        """The state whose colour it has on a page."""
        return SEEN[self.state][0]

    @property
    def word(self) -> str:
        """How it is, as one reads it."""
        return SEEN[self.state][1]


@dataclass(frozen=True, slots=True)
class Queue:
    """A kind of work: how many wait, how many are being done, under which leases."""

    what: str
    waiting: int
    running: int
    lost: int


def lines() -> list[Line]:
    """Everything that is looked at, what needs a person first."""
    looked = [_looked(what, look) for what, look in LOOKS.items()]
    return sorted(looked, key=lambda line: [ACT, LOOK, WELL].index(line.state))


def queues() -> list[Queue]:
    """The open work of each kind, in one query."""
    now = timezone.now()
    running = Q(state=WorkState.RUNNING)
    counted = Work.objects.values("recipe").annotate(
        waiting=Count("pk", filter=Q(state=WorkState.WAITING)),
        running=Count("pk", filter=running & Q(lease_until__gte=now)),
        lost=Count("pk", filter=running & Q(lease_until__lt=now)),
    )
    rows = {
        recipe: counts
        for recipe, *counts in counted.values_list("recipe", "waiting", "running", "lost")
    }
    return [Queue(words, *rows.get(recipe, (0, 0, 0))) for recipe, words in RECIPES.items()]


def note_sweep() -> None:
    """The sweep has been seen just now, by every process that shares the cache."""
    shared.set(SWEPT, timezone.now(), timeout=None)


RECIPES = {
    Recipe.CHECK: "Films to check",
    Recipe.PREPARE: "Films to prepare",
    Recipe.CUT: "Clips to cut",
    Recipe.STILL: "Stills to take",
}


def _looked(what: str, look: Callable[[], tuple[str, ...]]) -> Line:
    """The line; what cannot even be looked at needs a person."""
    try:
        return Line(what, *look())
    except Exception as wrong:  # a page about trouble must not fall over trouble
        return Line(what, ACT, f"This does not answer ({type(wrong).__name__}).", TODO[what])


def _sandbox() -> tuple[str, ...]:
    calls = fence.seccomp() is not None
    if binaries.bubblewrap() and calls:
        return WELL, "Programs that read films run in bubblewrap: no network, no files, no way out."
    if calls and fence.landlock():
        return (
            LOOK,
            "bubblewrap does not work here. Programs that read films still see no files and no "
            "network (Landlock and seccomp), but a film must then fit into memory.",
            "Install bubblewrap and allow user namespaces, then start the workers again.",
        )
    return (
        ACT,
        "This machine fences the programs that read films only in part.",
        "Use a newer Linux, and install bubblewrap. Until then take films from people you know.",
    )


def _ffmpeg() -> tuple[str, ...]:
    program = binaries.ffmpeg()
    version, has_all = _version_of(program)
    if not has_all:
        todo = "Install an ffmpeg with libx264 and zscale, or remove ATTUNE_FFMPEG."
        return ACT, f"ffmpeg {version} lacks what we need: libx264 or zscale.", todo
    return WELL, f"ffmpeg {version}."


@cache
def _version_of(program: str) -> tuple[str, bool]:
    """The version, and whether it can write H.264 and calm bright colours."""

    def said(*words: str) -> str:
        command = [program, "-hide_banner", *words]
        return subprocess.run(command, capture_output=True, timeout=20, check=True).stdout.decode()

    version = said("-version").split()[2]
    return version, "libx264" in said("-encoders") and "zscale" in said("-filters")


def _probe() -> tuple[str, ...]:
    if binaries.ffprobe():
        return WELL, f"ffprobe {_version_of(str(binaries.ffprobe()))[0]}."
    import av

    return WELL, f"PyAV {av.__version__}; there is no ffprobe on this machine."


def _keys() -> tuple[str, ...]:
    made = RingKey.objects.filter(destroyed_at=None).count()
    return WELL, f"The keys answer: {made} key{'s' if made != 1 else ''} in use."


def _store() -> tuple[str, ...]:
    name = f"health/{uuid4()}"
    store().put(name, b"well")
    try:
        if store().get(name, 0, 4) != b"well":
            raise OSError("it gave back something else")
    finally:
        store().delete(name)
    if settings.FILM_STORE == "s3":
        return WELL, "The bucket takes and gives."
    room = shutil.disk_usage(settings.FILM_FOLDER)
    words = f"The folder takes and gives; {room.free / GIGABYTE:.1f} GB are free."
    if room.free < 2 * settings.FILM_LARGEST_BYTES:
        few = room.free < settings.FILM_LARGEST_BYTES or room.free < LITTLE_ROOM * room.total
        state = ACT if few and room.free < 2 * GIGABYTE else LOOK
        return state, words, "Make room for at least two films of the largest size."
    return WELL, words


def _memory() -> tuple[str, ...]:
    words = f"{memory.free() / GIGABYTE:.1f} GB of memory are free."
    if len(Path("/proc/swaps").read_text().splitlines()) > 1:
        return (
            LOOK,
            f"{words} This machine swaps: what is in memory may be written to its disk.",
            "Switch swap off, or encrypt it.",
        )
    return (WELL, words) if memory.free() > GIGABYTE else (LOOK, words, TODO["Memory"])


def _clock() -> tuple[str, ...]:
    seen: datetime | None = shared.get(SWEPT)
    if seen is None:
        return ACT, "The clock has not been seen since the house was started.", TODO["The clock"]
    ago = timezone.now() - seen
    words = f"The clock was last seen {_ago(ago)}."
    return (WELL, words) if ago < SWEEP_LATE else (ACT, words, TODO["The clock"])


def _rounds() -> tuple[str, ...]:
    stumbles = sorted(rounds.stumbles().items())
    if not stumbles:
        return WELL, "Every round of the clock did all it had to do."
    words = ", ".join(f"{count} in {name}" for name, count in stumbles)
    return ACT, f"Some things could not be done in the last round: {words}.", TODO["Rounds"]


def _workers() -> tuple[str, ...]:
    now = timezone.now()
    facts = Work.objects.aggregate(
        busy=Count("pk", filter=Q(state=WorkState.RUNNING, lease_until__gte=now)),
        lost=Count("pk", filter=Q(state=WorkState.RUNNING, lease_until__lt=now)),
        oldest=Min("made_at", filter=Q(state=WorkState.WAITING)),
    )
    waited = now - facts["oldest"] if facts["oldest"] else timedelta(0)
    at_work = f"{facts['busy']} piece{'s' if facts['busy'] != 1 else ''} of work in hand"
    if waited > WAITS_LONG:
        state = LOOK if facts["busy"] else ACT
        return state, f"{at_work}; the oldest has waited {_span(waited)}.", TODO["Workers"]
    if facts["lost"]:
        todo = "Nothing yet: the clock gives such work to another worker within a minute."
        return LOOK, f"{at_work}; {facts['lost']} lost with a worker that stopped.", todo
    return WELL, f"{at_work}; nothing waits long."


def _failed() -> tuple[str, ...]:
    count = Film.objects.filter(state=State.FAILED).count()
    if not count:
        return WELL, "No film has failed through our fault."
    films = f"{count} film{'s' if count != 1 else ''}"
    return ACT, f"{films} could not be prepared, and it was our fault.", TODO["Films"]


def _ago(ago: timedelta) -> str:
    return f"{_span(ago)} ago"


def _span(span: timedelta) -> str:
    return rules.spoken(round(span.total_seconds() * 1000))


LOOKS: dict[str, Callable[[], tuple[str, ...]]] = {
    "Sandbox": _sandbox,
    "ffmpeg": _ffmpeg,
    "Probe": _probe,
    "Keys": _keys,
    "Store": _store,
    "Memory": _memory,
    "The clock": _clock,
    "Rounds": _rounds,
    "Workers": _workers,
    "Films": _failed,
}
TODO = {
    "Sandbox": "Look at docs/reference/footage.md, 'Sandbox'.",
    "ffmpeg": "Install ffmpeg, or set ATTUNE_FFMPEG to where it is.",
    "Probe": "Install ffmpeg with ffprobe, or the Python package av.",
    "Keys": "See that the keys' database runs, and that ATTUNE_KEYS_DATABASE_URL names it.",
    "Store": "See that the folder or bucket of films is there and may be written to.",
    "Memory": "Give the machine more memory, or let fewer workers prepare films at once.",
    "The clock": "Start the clock (beat) and a worker of the house's queue.",
    "Rounds": "See the log (footage.round_stumbled). The next round tries again by itself.",
    "Workers": "Start another worker of the film queue, or see why it stands still.",
    "Films": "Put right what is named above, then try these films again.",
}
