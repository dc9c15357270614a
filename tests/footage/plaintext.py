"""Looking for film in the clear: in every folder that processes can write to, and in open files.

`needles_of(film)` picks bytes nobody else has; `Search(needles, folders)` finds where they lie.
"""

import os
import random
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NEEDLE = 32
BLOCK = 4 * 1024 * 1024
EVERYBODYS = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108
# How films and pictures made by our ffmpeg begin, or what they always hold.
MADE = (
    b"x264 - core ",
    b"ftypisom\0\0\2\0isom",
    b"moov\0\0\0lmvhd",
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01",
    b"\xff\xfe\0\x10Lavc",
)


def needles_of(film: bytes, count: int = 8) -> list[bytes]:
    """Stretches of 32 bytes from all over the film, varied enough to be its own."""
    dice, found = random.Random(len(film)), []
    for part in range(count):
        span = len(film) // count
        for _ in range(200):
            at = part * span + dice.randrange(max(1, span - NEEDLE))
            needle = film[at : at + NEEDLE]
            if len(set(needle)) > NEEDLE * 2 // 3:
                found.append(needle)
                break
    assert found, "this film is too dull to be told from others"
    return found


class Search:
    """Remembers what it has looked at, so that looking again costs little."""

    def __init__(self, own: Path, needles: Iterable[bytes] = ()) -> None:
        self.own, self.needles = own, list(needles)
        self.since = own.stat().st_ctime - 1
        self._seen: dict[str, tuple[int, int, int, int]] = {}
        self.hits: set[str] = set()
        self.looked_at = 0

    def add(self, needles: Iterable[bytes]) -> None:
        """These are looked for too, in everything, from now on."""
        new = [needle for needle in needles if needle not in self.needles]
        self.needles += new

    def look(self, pids: Iterable[int] = (), *, near: bool = False) -> set[str]:
        """Every place where film was found so far; new and changed files were read just now.

        `near` leaves out the folders that all programs share, which takes a fraction of the time.
        """
        for path in self._files(self.own):
            self._read(path, [*self.needles, *MADE])
        for pid in pids:
            self._open_files_of(pid)
        if not near:
            self._look_around()
        return self.hits

    def _look_around(self) -> None:
        for folder in map(Path, (*EVERYBODYS, os.environ.get("TMPDIR", "/tmp"))):  # noqa: S108
            for path in self._files(folder):
                if self.own not in path.parents:
                    self._read(path, self.needles)
        for place in {Path("/"), Path.cwd()}:
            for core in place.glob("core*"):
                self._read(core, self.needles)

    def _files(self, folder: Path) -> Iterator[Path]:
        """The files below, of ours and changed since we began."""
        for place, folders, names in os.walk(folder, onerror=lambda _: None):
            here = Path(place)
            # what other tests write belongs to them; a pytest folder holds what they compare with
            folders[:] = [name for name in folders if not name.startswith("pytest-of-")]
            for name in names:
                with suppress(OSError):
                    facts = (here / name).lstat()
                    if facts.st_ctime >= self.since and facts.st_uid == os.getuid():
                        yield here / name

    def _open_files_of(self, pid: int) -> None:
        """Files that have no name any more but are still open; memory files are what they are."""
        with suppress(OSError):
            for link in Path(f"/proc/{pid}/fd").iterdir():
                with suppress(OSError):
                    goal = str(link.readlink())
                    if goal.startswith("/") and not goal.startswith(("/memfd:", "/dev/")):
                        self._read(link, [*self.needles, *MADE], f"{pid}:{goal}")

    def _read(self, path: Path, needles: list[bytes], name: str = "") -> None:
        with suppress(OSError), path.open("rb", buffering=0) as file:
            facts = os.fstat(file.fileno())
            now = (facts.st_ino, facts.st_size, facts.st_mtime_ns, len(needles))
            name = name or str(path)
            if self._seen.get(name) == now or not os.path.isfile(f"/dev/fd/{file.fileno()}"):
                return
            self._seen[name] = now
            self.looked_at += 1
            before, at = b"", 0
            while block := os.pread(file.fileno(), BLOCK, at):
                at += len(block)
                block = before + block
                for needle in needles:
                    if needle in block:
                        self.hits.add(f"{name}: {needle[:12]!r}")
                before = block[-NEEDLE:]


@contextmanager
def watched(search: Search, pids: object, pause: float = 0.5) -> Iterator[None]:
    """While the block runs, everything is looked at again and again, open files too."""
    over = threading.Event()

    def look_on() -> None:
        while not over.wait(pause):
            search.look(pids(), near=True)  # type: ignore[operator]

    thread = threading.Thread(target=look_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        search.look(pids())  # type: ignore[operator]
