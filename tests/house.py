"""The whole house as `make run` starts it: real processes on a folder of their own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.supervisor import die_with
from tests import tables

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 240


class House:
    """A running house: its address, its folder, and ways to look inside."""

    def __init__(self, var: Path, env: dict[str, str]) -> None:
        self.var, self.env = var, env
        self.url = ""
        self.process: subprocess.Popen[str] | None = None

    def manage(self, *words: str) -> str:
        """What `manage.py WORDS` printed; its error is raised with its own words."""
        return self._python("manage.py", *words)

    def python(self, code: str) -> str:
        """What these lines printed, run inside the house's own Django."""
        return self._python("-c", f"import django; django.setup()\n{code}")

    def _python(self, *words: str) -> str:
        ran = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.env, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def pids(self, words: str) -> list[int]:
        """The processes of this house whose command line holds these words."""
        mark = f"ATTUNE_VAR={self.var}".encode()
        return [pid for pid in processes() if words in line_of(pid) and mark in facts_of(pid)]

    def kill(self, words: str) -> list[int]:
        """Those processes were killed outright (signal 9)."""
        pids = self.pids(words)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        return pids

    def log(self, child: str) -> str:
        """Everything that web, worker, film-worker or clock wrote so far."""
        return (self.var / "log" / f"{child}.log").read_text(errors="replace")


def processes() -> list[int]:
    """Every process of the machine that we can see."""
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def line_of(pid: int) -> str:
    """Its command line, or nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def facts_of(pid: int) -> list[bytes]:
    """Its environment, or nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


@contextmanager
def standing(
    *,
    furnish: Callable[[Path], None] = lambda _: None,
    patience: float = START_SECONDS,
    **more: str,
) -> Iterator[House]:
    """A house on a folder of its own, open; stopped with Ctrl-C and cleared away afterwards."""
    var = Path(tempfile.mkdtemp(prefix="attune-house-"))
    house = House(var, environment(var, more))
    try:
        make_tables(house)
        furnish(var)
        start(house, patience)
        yield house
    finally:
        stop(house)
        shutil.rmtree(var, ignore_errors=True)


def make_tables(house: House) -> None:
    """The house finds its tables made, from an earlier run where there was one."""
    place = str(house.var / "attune.sqlite3")
    if not tables.lend(place):
        house.manage("migrate", "--verbosity", "0")
        tables.keep(place)


def environment(var: Path, more: dict[str, str]) -> dict[str, str]:
    """The embedded defaults, whatever the tests around us were told."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("ATTUNE_")}
    worker = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "0")) or 0)
    return {
        **env,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ATTUNE_VAR": str(var),
        "ATTUNE_PORT": str(8700 + 50 * worker),
        "ATTUNE_DEMO": "0",
        **more,
    }


def start(
    house: House, patience: float = START_SECONDS, command: tuple[str, ...] = ("scripts/run.py",)
) -> None:
    """The house runs and told its address."""
    log, parent = (house.var / "console.log").open("w"), os.getpid()
    house.process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=house.env,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: die_with(parent),  # a test run that is killed leaves no house behind
    )
    end = time.monotonic() + patience
    while time.monotonic() < end and house.process.poll() is None:
        words = (house.var / "console.log").read_text()
        if address := re.search(r"Attune is open at (\S+)", words):
            house.url = address[1]
            return
        time.sleep(0.1)
    raise AssertionError("The house did not open:\n" + (house.var / "console.log").read_text())


def stop(house: House) -> None:
    """Nothing of the house runs any more."""
    if house.process and house.process.poll() is None:
        house.process.send_signal(signal.SIGINT)
        try:
            house.process.wait(20)
        except subprocess.TimeoutExpired:
            house.kill("")
