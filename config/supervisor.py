"""One process tree: web, two workers, the clock and watching together, started and stopped as one.

Standard library only. Every child leads a session of its own, dies when this process dies and takes
its whole group along before it is started again. The listening socket is held here, so that a
browser waits instead of being refused while the web process is being replaced.
"""

import ctypes
import fcntl
import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

LOCK = "run.lock"
PEOPLE = "demo-people.txt"
ROOT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 3.0
LONGEST_WAIT_SECONDS = 30.0
LARGEST_LOG_BYTES = 5_000_000
PR_SET_PDEATHSIG = 1
SHARED_MEMORY = "/dev/shm"  # noqa: S108  (gunicorn's heartbeat, where a busy disk cannot stall it)


class AlreadyRunningError(SystemExit):
    """Another Attune holds this folder."""


@dataclass
class Child:
    """One program of the house: how it is started, and how it has fared."""

    name: str
    command: list[str]
    keep: tuple[int, ...] = ()
    orphaned: signal.Signals = signal.SIGTERM  # what it gets when the supervisor dies
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    wait_seconds: float = 1.0
    start_again_at: float = field(default=0.0)


def main(var: Path) -> int:
    """The house ran until somebody stopped it; no process is left."""
    stopping = catch_signals()
    listener = listen(os.environ.get("ATTUNE_HOST", "127.0.0.1"), wanted_port())
    host, port = listener.getsockname()[:2]
    os.environ["ATTUNE_PORT"] = str(port)
    together = listen(host, wanted_port("ATTUNE_TOGETHER_PORT", 8100))
    os.environ["ATTUNE_TOGETHER_PORT"] = str(together.getsockname()[1])
    logs = var / "log"
    logs.mkdir(parents=True, exist_ok=True)
    children = house(listener.fileno(), together.fileno(), var)
    (var / LOCK).write_text(f"http://localhost:{port}")
    say(f"Starting web, two workers, the clock and watching together (their words go to {logs}).")
    web, others = children[0], children[1:]
    for child in others:  # the first page comes sooner when it need not share the processor
        child.start_again_at = time.monotonic() + LONGEST_WAIT_SECONDS
    try:
        welcomed = False
        while not stopping:
            for child in children:
                look_after(child, logs)
            if not welcomed and web.process and (status := answer(host, port)):
                for child in others:
                    child.start_again_at = 0.0
                welcome(status, port, var)
                welcomed = True
            time.sleep(0.2)
        say("Stopping everything.")
    finally:
        stop_all(children)
        listener.close()
        together.close()
    say("Stopped. The data is kept; `make run` starts again in seconds.")
    return 0


def house(listener: int, together: int, var: Path) -> list[Child]:
    """The five programs of the house; film has a worker of its own so that nothing waits for it."""
    worker = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--loglevel=INFO"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    # One process each: a pool's child that is killed while idle keeps the lock of its pool, and
    # the next child waits for ever behind a parent that looks well.
    worker.append("--pool=solo")
    web = [sys.executable, "-m", "gunicorn", "config.wsgi:application", f"--bind=fd://{listener}"]
    web += ["--worker-class=gthread", "--workers=2", "--threads=8", "--timeout=120"]
    web += ["--graceful-timeout=3", "--keep-alive=5", "--preload"]
    if os.access(SHARED_MEMORY, os.W_OK):
        web.append(f"--worker-tmp-dir={SHARED_MEMORY}")
    clock = [sys.executable, "-m", "celery", "-A", "config.celery", "beat", "--loglevel=INFO"]
    meeting = [sys.executable, "manage.py", "together", f"--fd={together}"]
    clock += ["--pidfile=", f"--schedule={var / 'beat-schedule'}"]
    return [
        Child("web", web, keep=(listener,)),
        Child("worker", [*worker, *queue("house")], orphaned=signal.SIGKILL),
        Child("film-worker", [*worker, *queue("film")], orphaned=signal.SIGKILL),
        Child("clock", clock),
        Child("together", meeting, keep=(together,)),
    ]


def queue(name: str) -> list[str]:
    """What a worker of this queue is told."""
    return [f"--queues={name}", f"--hostname={name}@%h"]


# --- one child -------------------------------------------------------------------------------


def start(child: Child, logs: Path) -> None:
    """The child runs in a session of its own and writes to its own log."""
    parent = os.getpid()
    log = logs / f"{child.name}.log"
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))
    with log.open("ab") as out:
        child.process = subprocess.Popen(
            child.command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=child.keep,
            preexec_fn=lambda: die_with(parent, child.orphaned),
            # A worker told to stop stops at once: the work row is taken up again by the sweep.
            env={**os.environ, "PYTHONUNBUFFERED": "1", "REMAP_SIGTERM": "SIGQUIT"},
        )
    child.started_at = time.monotonic()


def die_with(parent: int, sign: signal.Signals = signal.SIGTERM) -> None:
    """The calling process gets `sign` when `parent` dies (Linux; elsewhere nothing happens)."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign)
    except (AttributeError, OSError):
        return
    if os.getppid() != parent:
        os._exit(1)


def leave_no_core() -> None:
    """A crash of this process writes no picture of its memory, which may hold film, to a disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def look_after(child: Child, logs: Path) -> None:
    """A child that stopped has its group cleared away and is started again, later each time."""
    now = time.monotonic()
    if child.process is None:
        if now >= child.start_again_at:
            start(child, logs)
        return
    code = child.process.poll()
    if code is None:
        return
    clear_group(child.process.pid, signal.SIGKILL)
    if now - child.started_at > 60:
        child.wait_seconds = 1.0
    child.process, child.start_again_at = None, now + child.wait_seconds
    why = f"signal {-code}" if code < 0 else f"code {code}"
    say(f"{child.name} stopped ({why}); starting it again in {child.wait_seconds:.0f} s.")
    child.wait_seconds = min(child.wait_seconds * 2, LONGEST_WAIT_SECONDS)


def clear_group(group: int, sign: signal.Signals) -> bool:
    """Everyone in the group got the signal; False when nobody is left."""
    try:
        os.killpg(group, sign)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def stop_all(children: list[Child]) -> None:
    """Every child and everyone it started has ended, politely or not, within seconds."""
    groups = [child.process.pid for child in children if child.process]
    for group in groups:
        clear_group(group, signal.SIGTERM)
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and any(
        child.process and child.process.poll() is None for child in children
    ):
        time.sleep(0.05)
    for group in groups:
        clear_group(group, signal.SIGKILL)
    for child in children:
        if child.process:
            child.process.wait(timeout=PATIENCE_SECONDS)


# --- the door --------------------------------------------------------------------------------


def wanted_port(name: str = "ATTUNE_PORT", otherwise: int = 8000) -> int:
    """The port that this variable names, 8000 unless said otherwise."""
    words = os.environ.get(name, str(otherwise))
    if not words.isdigit():
        sys.exit(f"{name} must be a whole number, not {words!r}.")
    return int(words)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on the wanted port, or on the next free one, saying so."""
    for candidate in range(port, port + 50):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen(512)
        except OSError:
            listener.close()
            continue
        if candidate != port:
            say(f"Port {port} is taken by another program, so Attune uses {candidate}.")
        return listener
    sys.exit(f"No free port between {port} and {port + 49}. Set ATTUNE_PORT to a free one.")


def answer(host: str, port: int) -> int | None:
    """The status of the home page, or None while nothing answers yet."""
    door = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104
    try:
        door.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return door.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        door.close()


def welcome(status: int, port: int, var: Path) -> None:
    """The address stands on the screen, with the demo's people below it."""
    if status >= 500:
        say(f"The home page answers with an error ({status}); see {var / 'log' / 'web.log'}.")
    say(f"\n  Attune is open at http://localhost:{port}\n")
    if (var / PEOPLE).exists():
        say((var / PEOPLE).read_text())
    say("  Ctrl-C stops everything.")


# --- around ----------------------------------------------------------------------------------


@contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Nobody else starts a house on the same folder meanwhile."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            address = lock.read() or "an address that it is about to print"
            raise AlreadyRunningError(f"Attune is already running at {address}.") from None
        yield


def catch_signals() -> list[int]:
    """A list that is filled when somebody asks us to stop."""
    stopping: list[int] = []
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda number, _frame: stopping.append(number))
    return stopping


def say(sentence: str) -> None:
    """One line for the person at the keyboard, at once."""
    if sentence:
        print(sentence, flush=True)


if __name__ == "__main__":
    folder = Path(os.environ.setdefault("ATTUNE_VAR", str(ROOT / "var")))
    with only_one(folder):
        sys.exit(main(folder))
