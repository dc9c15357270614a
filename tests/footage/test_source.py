"""A sealed film behind the door of a sandbox: read whole, by nobody else, in little memory."""

import hashlib
import os
import random
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks.measure import descendants
from footage import binaries, memory, pipeline, services, source
from footage.errors import LeaseLost, SealBroken
from footage.models import Film
from footage.receiving import Incoming
from footage.sandbox import Limits
from footage.seal import PART_BYTES, Layout, Reader, Seal, Writer
from footage.source import Behind
from people.actor import Actor
from tests.footage import films
from tests.footage.conftest import RING

pytestmark = pytest.mark.walk  # programs in sandboxes: once is enough
LIMITS = Limits(wall_seconds=60, cpu_seconds=60)
FILM = random.Random(7).randbytes(2 * PART_BYTES + 70_000)
ASK = """
import hashlib, socket, sys
def ask(words, port=8080):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(words.encode() + b"\\r\\n\\r\\n")
        with line.makefile("rb") as answer:
            return answer.read()
path = "/" + sys.argv[1].rpartition("/")[2]
"""


@pytest.fixture(autouse=True)
def _needs_a_door():
    if not source.has_door():
        pytest.skip("bubblewrap does not work on this machine")


def sealed(data: bytes = FILM) -> tuple[dict[str, bytes], Reader]:
    """The parts of the sealed film by name, and a reader of it."""
    parts: dict[str, bytes] = {}
    seal = Seal(b"k" * 32, "film/original")
    put = lambda name, data: parts.update({name: bytes(data)})  # noqa: E731
    writer = Writer(seal, put, Layout((), len(data)), epoch=1)
    writer.write(data)
    writer.flush()
    get = lambda name, start, length: parts[name][start : start + length]  # noqa: E731
    return parts, Reader(seal, get, writer.layout)


def asked(film: Behind, code: str, *words: str, **rest: object) -> str:
    """What a program inside prints that was given the film's address."""
    command = [sys.executable, "-I", "-S", "-c", ASK + code, film.address, *words]
    done = film.run(command, limits=LIMITS, **rest)
    assert done.code == 0, done.words
    return done.output.decode().strip()


def test_the_program_inside_reads_every_byte():
    film = Behind(sealed()[1])

    found = asked(
        film,
        'head, _, body = ask(f"GET {path} HTTP/1.1").partition(b"\\r\\n\\r\\n")\n'
        "print(head.split()[1].decode(), hashlib.sha256(body).hexdigest())",
    )

    assert found == f"206 {hashlib.sha256(FILM).hexdigest()}"


@pytest.mark.parametrize("start", [1, 65_535, PART_BYTES - 1, PART_BYTES, len(FILM) - 1])
def test_it_may_begin_anywhere(start):
    film = Behind(sealed()[1])

    found = asked(
        film,
        'words = f"GET {path} HTTP/1.1\\r\\nRange: bytes={sys.argv[2]}-"\n'
        'print(hashlib.sha256(ask(words).partition(b"\\r\\n\\r\\n")[2]).hexdigest())',
        str(start),
    )

    assert found == hashlib.sha256(FILM[start:]).hexdigest()


def test_nothing_else_is_answered():
    film = Behind(sealed()[1])

    found = asked(
        film,
        'for words in ("GET / HTTP/1.1", f"GET {path}x HTTP/1.1", f"PUT {path} HTTP/1.1",\n'
        '              "GET", f"GET {path} HTTP/1.1\\r\\nRange: bytes=99999999-"):\n'
        "    print(ask(words).split()[1].decode(), end=' ')",
    )

    assert found == "404 404 404 404 416"


def test_nobody_outside_is_reached_from_inside():
    film = Behind(sealed()[1])
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        port = canary.getsockname()[1]

        found = asked(
            film,
            "try:\n    ask('GET / HTTP/1.1', int(sys.argv[2]))\n"
            "except OSError as wrong:\n    print(type(wrong).__name__)",
            str(port),
        )

        assert found == "ConnectionRefusedError"
        with pytest.raises(TimeoutError):
            canary.accept()


READ_ON = 'ask(f"GET {path} HTTP/1.1")'


def test_a_seal_broken_in_the_middle_is_our_trouble_not_the_films():
    parts, reader = sealed()
    second = sorted(parts)[1]
    parts[second] = parts[second][:-100] + bytes(100)

    with pytest.raises(SealBroken):
        asked(Behind(reader), READ_ON)


def test_a_store_that_fails_in_the_middle_is_told_apart():
    parts, reader = sealed()
    del parts[sorted(parts)[1]]

    with pytest.raises(KeyError):
        asked(Behind(reader), READ_ON)


def test_work_that_is_taken_away_ends_at_once_and_leaves_nobody():
    before = threading.active_count()
    heard = []

    def tick(words: bytes) -> None:
        heard.append(words)
        if b"reading" in b"".join(heard):
            raise LeaseLost("the family said no")

    begun = time.monotonic()
    with pytest.raises(LeaseLost):
        asked(
            Behind(sealed()[1]),
            "import time\nprint('reading', flush=True)\n"
            "line = socket.create_connection(('127.0.0.1', 8080))\n"
            "line.sendall(f'GET {path} HTTP/1.1\\r\\n\\r\\n'.encode())\ntime.sleep(50)",
            tick=tick,
        )

    assert time.monotonic() - begun < 20
    for _ in range(50):
        if threading.active_count() == before:
            break
        time.sleep(0.1)
    assert threading.active_count() == before


def test_a_program_that_is_not_there_is_our_trouble():
    with pytest.raises(source.MachineTrouble):
        Behind(sealed()[1]).run(["/usr/bin/no-such-program"], limits=LIMITS)


def megabytes(pid: str, name: str) -> int:
    """A line of a process's status, in MiB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith(name)), 0)


class Peak(threading.Thread):
    """The most memory that this process, its descendants and its nameless files held at once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.over = 0, threading.Event()

    def __enter__(self) -> "Peak":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        while not self.over.wait(0.05):
            self.most = max(self.most, self._now())

    def _now(self) -> int:
        own = {"self", *map(str, descendants(os.getpid()))}
        files = 0
        for link in Path("/proc/self/fd").iterdir():
            try:
                files += link.stat().st_size if "memfd" in str(link.readlink()) else 0
            except OSError:
                continue
        return sum(megabytes(pid, "RssAnon") for pid in own) + files // 2**20


@pytest.mark.django_db
def test_a_film_larger_than_the_memory_is_prepared(sender, monkeypatch):
    """Three hundred megabytes and sixty take the same memory, though hardly any is free."""
    monkeypatch.setattr(memory, "free", lambda: 50 * 1024 * 1024)
    peaks = []
    for loops in (1, 5):
        path = films.heavy(loops)
        film = arrived(sender, path)
        with Peak() as peak:
            while pipeline.work_on(film.pk):
                pass
        peaks.append(peak.most)
        film.refresh_from_db()
        assert (film.state, film.reason) == ("ready", "")
        with path.open("rb") as file:
            assert film.sha256 == hashlib.file_digest(file, "sha256").hexdigest()

    grown = path.stat().st_size // 2**20
    assert grown > 4 * 50
    assert peaks[1] - peaks[0] < grown // 2, peaks  # held whole it would grow by all of it


def arrived(sender: Actor, path: Path, **wishes: bool | int) -> Film:
    """The film, sent from its file."""
    size = path.stat().st_size
    upload = services.begin_upload(
        actor=sender, ring=RING, file_name=path.name, size=size, page="/films/1/", **wishes
    )
    with path.open("rb") as file:
        services.receive(actor=sender, upload_id=upload.pk, offset=0, incoming=Incoming(file, size))
    return upload.film


def test_where_there_is_no_door_the_film_lies_in_memory(monkeypatch):
    monkeypatch.setattr(binaries, "bubblewrap", lambda: None)
    reader = sealed()[1]

    with source.opened(reader, reader.pieces()) as opened:
        assert opened.address.startswith("/proc/self/fd/")
        assert opened.options["protocol_whitelist"] == "file"
        assert Path(opened.address).read_bytes() == FILM
