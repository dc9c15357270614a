"""A whole house to do harm to: stopped at a step, hit by a fault, looked at afterwards."""

import hashlib
import http.client
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlparse

from footage import binaries
from tests.footage.plaintext import Search, needles_of
from tests.house import ROOT, House, environment, make_tables, processes, start, stop

LEASE = 3
GONE = -1
PATIENCE = 90  # generous: other programs may want the processor too
WORKERS = ("--hostname=film@", "--hostname=relief@")
ODD_JOBS = "--hostname=house@"
CLOCK = " beat "
BUSY = {"receiving", "received", "checking", "queued", "encoding", "purging"}
# The house of `make run`, with a second film worker, and a supervisor that never waits long.
RUN = """
import resource, sys
from contextlib import suppress
sys.path[:0] = ["scripts", "."]
with suppress(ValueError, OSError):  # a careless machine, on which crashes leave their memory
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
from config import supervisor
from config.supervisor import Child
import run
usual = supervisor.house
def larger(*words):
    *others, last = usual(*words)
    relief = [word.replace("film@", "relief@") for word in others[2].command]
    return [*others, Child("relief", relief, orphaned=others[2].orphaned), last]
supervisor.house, supervisor.LONGEST_WAIT_SECONDS = larger, 0.2
sys.exit(run.main(reset=False))
"""
CLERK = """
import json, sys, django
django.setup()
from django.db import close_old_connections, connections
for line in sys.stdin:
    names = {}
    try:
        exec(json.loads(line), names)
        print(json.dumps({"said": names.get("said")}), flush=True)
    except Exception as wrong:
        connections.close_all()
        print(json.dumps({"wrong": f"{type(wrong).__name__}: {wrong}"}), flush=True)
"""
BEGIN = """
from footage import services
from people.queries import actor_for
from people.models import User
upload = services.begin_upload(
    actor=actor_for(User.objects.get(pk="{user}")), ring="{ring}", file_name="a.mp4", size={size},
    page="{page}"
)
said = [str(upload.film_id), str(upload.pk)]
"""
SENDER = """
from people.kinds import Role
from tests.people.factories import person, signed_in
user = person(Role.TRAINEE)
said = [str(user.pk), signed_in(user).cookies["sessionid"].value]
"""


@dataclass
class Sent:
    """A film on its way, as its sender knows it."""

    film_id: str
    upload_id: str
    data: bytes
    page: str
    cut: bool = False

    @property
    def sha256(self) -> str:
        """What the sender computed."""
        return hashlib.sha256(self.data).hexdigest()


@cache
def film() -> bytes:
    """Three seconds of noise nobody else has; made in memory, so that no disk ever held it."""
    seed = int.from_bytes(os.urandom(3), "big")
    scratch = os.memfd_create("film")
    noise = f"testsrc2=s=320x180:r=30:d=3,noise=alls=30:all_seed={seed}"
    command = [binaries.ffmpeg(), "-v", "error", "-y", "-f", "lavfi", "-i", noise]
    command += ["-f", "lavfi", "-i", "sine=frequency=440:d=3", "-c:v", "libx264", "-preset"]
    command += ["ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-f", "mp4"]
    command += [f"/proc/self/fd/{scratch}"]
    subprocess.run(command, check=True, pass_fds=[scratch], capture_output=True, timeout=60)
    made = os.pread(scratch, os.fstat(scratch).st_size, 0)
    os.close(scratch)
    return made


def padded(size: int) -> bytes:
    """The film with so much padding behind it as a film may carry, never the same twice."""
    return film() + (8 + size).to_bytes(4, "big") + b"free" + os.urandom(size)


class Faulted:
    """The house, somebody inside who answers questions, and somebody who looks for plaintext."""

    def __init__(self, house: House) -> None:
        self.house, self.films = house, 0
        self.ready: list[Sent] = []
        self.knows_what_is_made = False
        self._pids: dict[str, list[int]] = {}
        self.search = Search(house.var)
        log = (house.var / "clerk.log").open("wb")
        self.clerk = subprocess.Popen(
            [sys.executable, "-c", CLERK],
            cwd=ROOT,
            env=house.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        self.user, self.session = self.ask(SENDER)

    def ask(self, code: str) -> object:
        """What the code left in `said`, run inside the house's own Django."""
        self.clerk.stdin.write(json.dumps(code) + "\n")
        self.clerk.stdin.flush()
        answer = json.loads(self.clerk.stdout.readline())
        assert "wrong" not in answer, f"{answer.get('wrong')} in {code}"
        return answer["said"]

    def pids(self) -> list[int]:
        """Every process of the house, and what those started."""
        known = {pid for pid in self.house.pids("") if pid != self.clerk.pid}
        return sorted(known | {pid for one in known for pid in family_of(one)})

    # --- films -------------------------------------------------------------------------------

    def begin(self, size: int = 200_000, ring: str = "") -> Sent:
        """A film is expected, and its bytes are looked for from now on."""
        self.films += 1
        data, page = padded(size), f"/films/{self.films}/"
        ring = ring or f"00000000-0000-4000-8000-{self.films:012d}"
        words = BEGIN.format(user=self.user, ring=ring, size=len(data), page=page)
        film_id, upload_id = self.ask(words)
        self.search.add(needles_of(film(), 4) + needles_of(data[-size:], 1))
        return Sent(film_id, upload_id, data, page)

    def state(self, sent: Sent) -> str:
        """Where the film stands now."""
        return str(
            self.ask(f"""
from footage.models import Film
said = Film.objects.values_list("state", flat=True).get(pk="{sent.film_id}")
""")
        )

    def request(self, method: str, sent: Sent, body: bytes = b"", **headers: str):
        """One tus request, begun: its line, on which the body can be sent."""
        line = http.client.HTTPConnection(urlparse(self.house.url).netloc, timeout=40)
        line.putrequest(method, f"/footage/uploads/{sent.upload_id}/")
        token = "x" * 32
        all_headers = {
            "Tus-Resumable": "1.0.0",
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(len(body)),
            **headers,
        }
        for name, value in all_headers.items():
            line.putheader(name.replace("_", "-"), value)
        line.endheaders()
        return line

    def offset(self, sent: Sent) -> int | None:
        """How much is safe; None while nobody can say, GONE when it was destroyed."""
        with suppress(OSError, http.client.HTTPException):
            answer = self.request("HEAD", sent).getresponse()
            if answer.status in (404, 410):
                return GONE
            if answer.status == 200:
                return int(answer.headers["Upload-Offset"])
        return None

    def send(self, sent: Sent, patience: float = PATIENCE) -> list[tuple[int, str]]:
        """The rest of the film is sent as a patient client does it; the refusals on the way."""
        refusals, end = [], time.monotonic() + patience
        while (safe := self.offset(sent)) != len(sent.data):
            if safe == GONE:
                return refusals
            assert time.monotonic() < end, f"the house did not take it: {refusals}"
            if safe is None:
                time.sleep(0.1)
                continue
            status, words = self.patch(sent, safe)
            if status != 204:
                refusals.append((status, words))
                time.sleep(0.2)
        return refusals

    def patch(self, sent: Sent, safe: int) -> tuple[int, str]:
        """The status and words with which the house took the rest; 0 when it hung up."""
        body = sent.data[safe:]
        try:
            line = self.request("PATCH", sent, body, Upload_Offset=str(safe))
            with suppress(BrokenPipeError, ConnectionResetError):
                line.send(body)
            answer = line.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as broken:
            return 0, str(broken)

    def a_ready_one(self) -> Sent:
        """A film that is ready, from an earlier row where there is one."""
        if not self.ready:
            sent = self.begin()
            self.send(sent)
            self.until_over(sent)
            self.ready.append(sent)
        return self.ready[-1]

    def look_for_what_was_made_of(self, sent: Sent) -> None:
        """From now on the watchable film and its pictures are looked for too."""
        if not self.knows_what_is_made:
            code = f"from tests.footage import promises; said = promises.proof('{sent.film_id}')"
            self.search.add([bytes.fromhex(word) for word in self.ask(code)])
            self.knows_what_is_made = True

    def until_over(self, sent: Sent, patience: float = PATIENCE) -> float:
        """Its story is over; how many seconds that took."""
        begun = time.monotonic()
        while self.state(sent) in BUSY:
            assert time.monotonic() - begun < patience, self.stuck(sent)
            time.sleep(0.05)
        return time.monotonic() - begun

    def stuck(self, sent: Sent) -> str:
        """Everything that may explain why a film does not move."""
        rows = self.ask(f"""
from footage.models import Work
said = [str(row) for row in Work.objects.filter(film="{sent.film_id}").values()]
""")
        logs = [self.house.log(name)[-1500:] for name in ("film-worker", "relief", "worker")]
        return "\n".join([f"still {self.state(sent)}", *rows, *logs])

    # --- workers -----------------------------------------------------------------------------

    def aim(self, words: str) -> None:
        """The next `freeze` of these will not have to look for them first."""
        self._pids[words] = self.house.pids(words)

    def freeze(self, words: str) -> None:
        """These processes stand still, and none of them holds the database while it does."""
        for _ in range(200):
            pids = self._pids.pop(words, None) or self.house.pids(words)
            signal_all(pids, signal.SIGSTOP)
            until(lambda pids=pids: all(letter_of(pid) in "TZ" for pid in pids), 10)
            if self.database_is_free():
                return
            signal_all(pids, signal.SIGCONT)
            time.sleep(0.002)
        raise AssertionError("the database is never free")

    def thaw(self, *words: str) -> None:
        """They go on."""
        for each in words or (*WORKERS, ODD_JOBS):
            signal_all(self.house.pids(each), signal.SIGCONT)

    def database_is_free(self) -> bool:
        """Could somebody write now? Only SQLite can be held by one process that stands still."""
        if "ATTUNE_DATABASE_URL" in self.house.env:
            return True
        try:
            with held(self.house.var / "attune.sqlite3", timeout=0.1):
                return True
        except sqlite3.OperationalError:
            return False

    def up(self, words: str) -> bool:
        """Does this worker wait for work?"""
        name = {"film@": "film-worker", "relief@": "relief", "house@": "worker"}
        log = self.house.log(name[words.rpartition("=")[2]])
        pids = self.house.pids(words)
        # a full disk may have swallowed the word
        said = log.rfind(" ready.") > log.rfind("- [queues]")
        return bool(pids) and (said or age_of(pids[0]) > 20)

    def two_hands(self) -> tuple[str, str]:
        """A worker that will work, and one that stands still until it is needed."""
        self.thaw()
        until(lambda: any(self.up(each) for each in WORKERS))
        first = next(each for each in WORKERS if self.up(each))
        second = next(each for each in WORKERS if each != first)
        self.freeze(second)
        return first, second

    def parts(self, sent: Sent) -> list[str]:
        """What lies in the store for this film, apart from what was sent."""
        folder = self.house.var / "films" / sent.film_id
        with suppress(OSError):
            return [name for name in os.listdir(folder) if name != "original"]
        return []


def until(
    true: Callable[[], object],
    seconds: float = PATIENCE,
    pause: float = 0.01,
    else_say: Callable[[], str] = lambda: "it did not become true",
) -> None:
    """It became true in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, else_say()
        if pause:
            time.sleep(pause)


def signal_all(pids: list[int], sign: signal.Signals) -> None:
    """Each of them that still lives got the signal."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, sign)


def letter_of(pid: int) -> str:
    """R, S, T (stopped), Z ...; Z for one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def age_of(pid: int) -> float:
    """Seconds since it began."""
    try:
        return time.time() - Path(f"/proc/{pid}").stat().st_ctime
    except OSError:
        return 0


def family_of(pid: int) -> set[int]:
    """The process, what it started, and what those started."""
    parents = {}
    for each in processes():
        with suppress(OSError):
            words = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            parents[each] = int(words[1])
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


@contextmanager
def held(database: Path, timeout: float = 20) -> Iterator[None]:
    """Nobody else can write to this SQLite database meanwhile."""
    line = sqlite3.connect(database, timeout=timeout, isolation_level=None)
    try:
        line.execute("BEGIN IMMEDIATE")
        yield
        line.execute("ROLLBACK")
    finally:
        line.close()


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A folder on a disk of its own, of this size; the ordinary disk where we may not mount."""
    place = Path(tempfile.mkdtemp(prefix="attune-house-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "attune", str(place)]
    mounted = subprocess.run(mount, capture_output=True).returncode == 0
    try:
        yield place
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(place)], check=False)
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def faulted(port: int, **more: str) -> Iterator[Faulted]:
    """A house with two film workers and short leases, on a small disk; nothing of it is left."""
    with small_disk(192) as var:
        env = environment(var, {})
        env |= {
            "ATTUNE_PORT": str(port),
            "ATTUNE_FILM_LEASE_SECONDS": str(LEASE),
            "ATTUNE_FILM_PAUSE_SECONDS": "1",
            "ATTUNE_MAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            **more,
        }
        house = House(var, env)
        whole = None
        try:
            if "ATTUNE_DATABASE_URL" not in env:
                make_tables(house)
            open_again(house)
            whole = Faulted(house)
            until(lambda: all(whole.up(each) for each in (*WORKERS, ODD_JOBS)))
            yield whole
        finally:
            if whole:
                whole.thaw()
                whole.clerk.kill()
                whole.clerk.wait()
            stop(house)
            signal_all(house.pids(""), signal.SIGKILL)


def open_again(house: House) -> None:
    """The house runs; its supervisor starts a killed child at once, however often."""
    start(house, command=("-c", RUN))
