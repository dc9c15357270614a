"""What a child tries from inside, and how each try ends: with bubblewrap and without."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time

import pytest

from footage import binaries, fence, memory, sandbox
from footage.errors import MachineTrouble
from footage.sandbox import Finished, Limits

pytestmark = pytest.mark.walk  # no database: once is enough
BRIEF = Limits(wall_seconds=20, cpu_seconds=10, memory_bytes=512 * 1024**2, file_bytes=1024**2)


@pytest.fixture(params=["caged", "uncaged"])
def wrapped(request, monkeypatch):
    """Both ways to run a child; the first only where bubblewrap works."""
    caged = request.param == "caged"
    if caged and not binaries.bubblewrap():
        pytest.skip("bubblewrap does not work on this machine")
    if not caged:
        monkeypatch.setattr(binaries, "bubblewrap", lambda: None)
    return caged


def child(code: str, limits: Limits = BRIEF, **more) -> Finished:
    """These lines of Python as a program from strangers."""
    command = [sys.executable, "-I", "-S", "-c", textwrap.dedent(code)]
    return sandbox.run(command, files=more.pop("files", []), limits=limits, **more)


TRY = """
    import os, sys
    def attempt(name, deed):
        try:
            deed()
            print(name, "WORKED")
        except BaseException as wrong:
            print(name, "refused")
"""


def outcomes(deeds: str, **more) -> set[str]:
    """How the attempts of the child ended."""
    done = child(TRY + deeds, **more)
    assert done.code == 0, done.words
    return set(done.output.decode().splitlines())


def test_it_opens_no_file_of_the_house_and_writes_nowhere(wrapped, tmp_path):
    if not wrapped and not fence.landlock():
        pytest.skip("this kernel has no Landlock")
    secret = tmp_path / "secret"
    secret.write_text("film")
    deeds = f"""
    attempt("passwd", lambda: open("/etc/passwd"))
    attempt("house", lambda: open({str(secret)!r}))
    attempt("list", lambda: os.listdir({str(tmp_path)!r}))
    for place in ("/tmp", "/dev/shm", "/dev", "/usr", "/", {str(tmp_path)!r}):
        attempt("write", lambda: open(place + "/attune-canary", "w"))
    attempt("memory", lambda: open("/proc/1/mem", "rb").read(1))
    attempt("parent", lambda: open("/proc/{os.getpid()}/environ").read(1))
    """

    assert outcomes(deeds) == {
        f"{name} refused" for name in ("passwd", "house", "list", "write", "memory", "parent")
    }


def test_it_reads_and_writes_the_files_it_was_given(wrapped):
    with memory.Scratch("given") as given:
        given.fill([b"film"])
        code = f"""
        with open("{given.path}", "r+b") as film:
            print(film.read())
            film.write(b" and more")
        """
        done = child(code, files=[given.fd])

        assert (done.code, done.output) == (0, b"b'film'\n")
        assert bytes(given.view()) == b"film and more"


def test_it_reaches_no_network(wrapped):
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        deeds = f"""
    import socket
    attempt("tcp", lambda: socket.create_connection(("127.0.0.1", {canary.getsockname()[1]}), 2))
    attempt("udp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)))
    attempt("unix", lambda: socket.socket(socket.AF_UNIX))
    attempt("pair", lambda: socket.socketpair())
    attempt("netlink", lambda: socket.socket(16, socket.SOCK_RAW))
        """  # noqa: E501

        assert outcomes(deeds) == {
            f"{name} refused" for name in ("tcp", "udp", "unix", "pair", "netlink")
        }
        with pytest.raises(TimeoutError):
            canary.accept()


def test_it_starts_threads_but_no_process_and_signals_nobody(wrapped):
    deeds = f"""
    import threading, subprocess, ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    def call(*words):
        if libc.syscall(*words) < 0: raise OSError(ctypes.get_errno())
    attempt("fork", os.fork)
    attempt("spawn", lambda: subprocess.run(["/usr/bin/true"]))
    attempt("signal", lambda: os.kill({os.getpid()}, 0))
    attempt("thread", lambda: threading.Thread(target=int).start())
    attempt("unshare", lambda: call(272 if os.uname().machine == "x86_64" else 97, 0x10000000))
    attempt("ring", lambda: call(425, 1, 0))
    """

    refused = {f"{name} refused" for name in ("fork", "spawn", "signal", "unshare", "ring")}
    assert outcomes(deeds) == {*refused, "thread WORKED"}


def test_a_network_of_its_own_holds_nobody_else():
    if not binaries.bubblewrap():
        pytest.skip("bubblewrap does not work on this machine")
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        deeds = f"""
    import socket
    own = socket.create_server(("127.0.0.1", 0))
    attempt("own", lambda: socket.create_connection(own.getsockname(), 2))
    attempt("house", lambda: socket.create_connection(("127.0.0.1", {canary.getsockname()[1]}), 2))
    attempt("unix", lambda: socket.socket(socket.AF_UNIX))
    attempt("fork", os.fork)
        """

        refused = {f"{name} refused" for name in ("house", "unix", "fork")}
        assert outcomes(deeds, loopback=True) == {"own WORKED", *refused}
        with pytest.raises(TimeoutError):
            canary.accept()


def test_without_bubblewrap_nobody_is_given_a_network(monkeypatch):
    monkeypatch.setattr(binaries, "bubblewrap", lambda: None)

    with pytest.raises(MachineTrouble, match="no network of its own"):
        child("print(1)", loopback=True)


@pytest.mark.parametrize(
    ("code", "blamed"),
    [
        ("while True: pass", True),  # the processor's limit
        ("bytearray(2 * 1024**3)", False),  # Python says so in words of its own
        ("import os; os.abort()", True),
        ("import os, signal; signal.raise_signal(signal.SIGSEGV)", True),
    ],
)
def test_too_much_ends_it_and_the_film_is_to_blame(wrapped, code, blamed):
    limits = Limits(wall_seconds=20, cpu_seconds=1, memory_bytes=512 * 1024**2)

    done = child(code, limits)

    assert done.code != 0
    assert sandbox.ran_into_limit(done) is blamed
    assert sandbox.was_our_trouble(done) is False


def test_no_memory_is_the_films_fault_only_while_the_machine_has_some(monkeypatch):
    done = Finished(1, b"", "av_malloc: Cannot allocate memory")
    assert (sandbox.ran_into_limit(done), sandbox.was_our_trouble(done)) == (True, False)

    monkeypatch.setattr(memory, "free", lambda: 1024)

    assert (sandbox.ran_into_limit(done), sandbox.was_our_trouble(done)) == (False, True)


def test_it_writes_no_more_than_it_may(wrapped):
    with memory.Scratch("full") as full:
        code = f"""
        import signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        open("{full.path}", "wb", buffering=0).write(bytes(2 * 1024**2))
        open("{full.path}", "ab", buffering=0).write(bytes(2 * 1024**2))
        """
        done = child(code, files=[full.fd])

        assert "File too large" in done.words
        assert full.size == BRIEF.file_bytes


def test_one_that_prints_for_ever_is_ended(wrapped):
    with pytest.raises(MachineTrouble, match="too much"):
        child("while True: print('x' * 60000)")


def test_one_that_complains_for_ever_is_ended(wrapped):
    code = "import os\nwhile True: os.write(2, b'x' * 60000)"
    with pytest.raises(MachineTrouble, match="too much"):
        child(code)


def test_one_that_sleeps_for_ever_is_our_trouble(wrapped):
    begun = time.monotonic()

    with pytest.raises(MachineTrouble, match="no end after 1 seconds"):
        child("import time; time.sleep(1000)", Limits(wall_seconds=1, cpu_seconds=5))

    assert time.monotonic() - begun < 10


def test_one_that_works_for_ever_is_the_films_fault(wrapped, monkeypatch):
    monkeypatch.setattr(sandbox, "BUSY", 0.02)  # this machine may be busy with other tests
    done = child("while True: pass", Limits(wall_seconds=2, cpu_seconds=60))

    assert done.code == -signal.SIGXCPU
    assert sandbox.ran_into_limit(done)


def test_what_the_tick_raises_ends_the_child(wrapped):
    def stop(heard: bytes) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        child("import time; time.sleep(86398)", tick=stop)

    for _ in range(100):  # what was killed inside a sandbox is reaped a moment later
        left = subprocess.run(["pgrep", "-f", "sleep.86398"], capture_output=True, check=False)
        if left.stdout == b"":
            break
        time.sleep(0.1)
    assert left.stdout == b""
