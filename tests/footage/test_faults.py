"""Every step of a film times every fault: it ends ready or refused, once, and nothing stays.

A film is brought to a step and its worker stopped in the middle of it; then the fault happens, and
everything goes on. What must hold afterwards stands in `promises.py`; meanwhile and afterwards
every folder and every open file is searched for the film in the clear.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.footage import faulted as f
from tests.footage.faulted import CLOCK, LEASE, ODD_JOBS, WORKERS, Faulted, Sent, faulted, until
from tests.footage.plaintext import watched

pytestmark = [pytest.mark.slow, pytest.mark.walk, pytest.mark.xdist_group("faults")]

STEPS = (
    "receiving",
    "received",
    "checking",
    "queued",
    "encoding",
    "sealing",
    "cutting",
    "purging",
    "ready",
)
# What is left out, and why. Everything else is a row.
LEFT_OUT = {
    "worker killed": {
        "receiving": "no worker has a hand in it",
        "ready": "there is no work to kill",
    },
    "worker crashed": {
        **dict.fromkeys(("receiving", "ready"), "no worker has a hand in it"),
        **dict.fromkeys(
            ("received", "checking", "queued", "sealing", "cutting", "purging"),
            "as when the worker is killed",
        ),
    },
    "worker killed, clock stopped": {
        **dict.fromkeys(("receiving", "ready"), "no worker has a hand in it"),
        **dict.fromkeys(
            ("received", "checking", "queued", "sealing", "cutting", "purging"),
            "as while it encodes",
        ),
    },
    "web killed": {
        **dict.fromkeys(
            ("received", "checking", "queued", "encoding", "sealing", "cutting", "purging"),
            "the web process has no hand in it",
        ),
    },
    "house killed": {
        **dict.fromkeys(
            ("received", "checking", "queued", "encoding", "cutting"), "as while it is sealed"
        ),
        "purging": "as when the worker is killed",
        "ready": "tests/test_harness.py",
    },
    "broker emptied": {
        **dict.fromkeys(("checking", "encoding", "sealing"), "its message is gone already"),
        "receiving": "there is no message yet",
    },
    "disk full": {
        **dict.fromkeys(("received", "queued"), "as while it is checked"),
        "cutting": "as while it encodes",
        "ready": "nothing is written",
    },
    "database held": {
        **dict.fromkeys(
            ("received", "checking", "queued", "sealing", "cutting", "purging"),
            "as while it encodes",
        ),
        "ready": "nothing is written",
    },
    "five messages each": {
        "receiving": "there is no message yet",
        **dict.fromkeys(("checking", "sealing"), "as while it encodes"),
    },
    "stopped beyond its lease": {
        **dict.fromkeys(("receiving", "received", "queued", "ready"), "nobody holds a lease"),
        "checking": "as while it encodes",
        "purging": "purging needs no lease: twice does no more",
    },
    "part broken": {
        **dict.fromkeys(("receiving", "received"), "as while it is checked"),
        **dict.fromkeys(("queued", "encoding", "sealing"), "as while it is checked"),
        **dict.fromkeys(("cutting", "ready"), "tests/footage/test_seal.py: a refusal at playing"),
        "purging": "the bytes are not read any more",
    },
    "part away for a moment": {
        "receiving": "nothing is read yet",
        **dict.fromkeys(
            ("checking", "queued", "encoding", "sealing", "cutting"), "as before it is checked"
        ),
        **dict.fromkeys(("purging", "ready"), "the bytes are not read any more, or not by us"),
    },
    "destroyed meanwhile": {
        **dict.fromkeys(("checking", "queued"), "as while it is received or encoded"),
        "purging": "it is being destroyed already",
        "ready": "as while it is cut",
    },
}


@pytest.fixture(scope="module")
def hurt():
    """A house that will be harmed again and again."""
    with faulted(8450) as house, watched(house.search, house.pids):
        yield house


# --- steps ---------------------------------------------------------------------------------------


def brought_to(hurt: Faulted, step: str) -> tuple[Sent, str, object]:
    """A film at this step, the words of the process stopped in the middle of it, an open line."""
    first, _ = hurt.two_hands()
    if step == "receiving":
        sent = hurt.begin(10_000_000)
        line = hurt.request("PATCH", sent, sent.data, Upload_Offset="0")
        line.send(sent.data[:9_500_000])
        time.sleep(0.3)
        return sent, "gunicorn", line
    if step == "ready":
        return hurt.a_ready_one(), first, None
    if step == "purging":
        sent = hurt.a_ready_one()
        hurt.ready.remove(sent)
        hurt.freeze(ODD_JOBS)
        purge(hurt, sent)
        return sent, ODD_JOBS, None
    for _ in range(10):
        sent = at_work(hurt, first, step)
        if sent:
            return sent, first, None
        hurt.thaw(first)
    raise AssertionError(f"never caught a film {step}")


def at_work(hurt: Faulted, first: str, step: str) -> Sent | None:
    """A film that stands at this step, its worker frozen; None when it was too quick for us."""
    if step == "received":
        hurt.freeze(first)
    sent = cut_of(hurt) if step == "cutting" else sent_whole(hurt)
    hurt.aim(first)
    wanted = {"sealing": "encoding", "cutting": "encoding"}.get(step, step)
    if step == "sealing":
        until(lambda: hurt.parts(sent), pause=0, else_say=lambda: hurt.stuck(sent))
    else:
        there = (wanted, "ready")
        until(lambda: hurt.state(sent) in there, pause=0, else_say=lambda: hurt.stuck(sent))
    hurt.freeze(first)
    sealing = bool(hurt.parts(sent)) == (step == "sealing")
    return sent if hurt.state(sent) == wanted and sealing else over(hurt, sent)


def over(hurt: Faulted, sent: Sent) -> None:
    hurt.thaw()
    hurt.until_over(sent)


def sent_whole(hurt: Faulted) -> Sent:
    sent = hurt.begin()
    hurt.send(sent)
    return sent


def cut_of(hurt: Faulted) -> Sent:
    """A stretch that is being cut from a film that was ready."""
    whole = hurt.a_ready_one()
    hurt.films += 1
    page = f"/films/{hurt.films}/"
    part = hurt.ask(f"""
from footage import services
said = str(services.cut(actor_id="{hurt.user}", film_id="{whole.film_id}", start_ms=500,
                        end_ms=2500, page="{page}").pk)
""")
    return Sent(part, "", b"", page, cut=True)


def purge_if_any(hurt: Faulted, sent: Sent) -> None:
    """It is destroyed, unless it is already."""
    if not hurt.ask(
        f"from tests.footage import promises; said = promises.is_gone('{sent.film_id}')"
    ):
        purge(hurt, sent)


def purge(hurt: Faulted, sent: Sent) -> None:
    hurt.ask(
        f'from footage import services; services.purge(user_id=None, film_id="{sent.film_id}")'
    )


# --- faults --------------------------------------------------------------------------------------


def worker_killed(hurt: Faulted, sent: Sent, worker: str) -> None:
    kill(hurt, worker, signal.SIGKILL)


def kill(hurt: Faulted, worker: str, sign: signal.Signals) -> None:
    """The worker is dead, and all that it had started."""
    pids = hurt.house.pids(worker)
    family = {pid for one in pids for pid in f.family_of(one)}
    f.signal_all(pids, sign)
    f.signal_all(pids, signal.SIGCONT)
    until(lambda: all(f.letter_of(pid) == "Z" for pid in family), 10)


def worker_crashed(hurt: Faulted, sent: Sent, worker: str) -> None:
    """As a broken library would: without leaving a picture of its memory on a disk."""
    kill(hurt, worker, signal.SIGSEGV)


def clock_stopped_too(hurt: Faulted, sent: Sent, worker: str) -> None:
    """The worker is killed while the clock, which lets others sweep, stands still."""
    hurt.freeze(CLOCK)
    kill(hurt, worker, signal.SIGKILL)
    hurt.thaw()
    hurt.until_over(sent)
    hurt.thaw(CLOCK)


def web_killed(hurt: Faulted, sent: Sent, worker: str) -> None:
    hurt.house.kill("gunicorn")


def house_killed(hurt: Faulted, sent: Sent, worker: str) -> None:
    f.signal_all(hurt.pids(), signal.SIGKILL)
    until(lambda: not hurt.pids(), 10)
    f.open_again(hurt.house)


def broker_emptied(hurt: Faulted, sent: Sent, worker: str) -> None:
    for message in (hurt.house.var / "broker" / "messages").iterdir():
        message.unlink()


def disk_full(hurt: Faulted, sent: Sent, worker: str) -> None:
    if not os.path.ismount(hurt.house.var):
        pytest.skip("a small disk needs the right to mount one")
    with filled(hurt.house.var):
        hurt.thaw()
        if worker == "gunicorn":
            status, words = hurt.patch(sent, hurt.offset(sent) or 0)
            assert status in (0, 409, 423, 503, 507), (status, words[:300])
            assert not status or len(words) < 200, words[:300]
        time.sleep(LEASE)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is free there; what fills it has no name, so that nobody reads it meanwhile."""
    filler = os.open(disk, os.O_TMPFILE | os.O_WRONLY)
    try:
        for size in (1 << 20, 1 << 12):
            with suppress(OSError):
                while True:
                    os.write(filler, bytes(size))
        yield
    finally:
        os.close(filler)


def database_held(hurt: Faulted, sent: Sent, worker: str) -> None:
    with f.held(hurt.house.var / "attune.sqlite3"):
        hurt.thaw()
        time.sleep(LEASE * 2)


def five_messages_each(hurt: Faulted, sent: Sent, worker: str) -> None:
    hurt.ask(f"""
from footage import tasks
for _ in range(5):
    tasks.prepare_film.delay("{sent.film_id}")
    tasks.purge_film.delay("{sent.film_id}")
    tasks.sweep.delay()
""")


def stopped_beyond_its_lease(hurt: Faulted, sent: Sent, worker: str) -> None:
    others = [each for each in WORKERS if each != worker]
    hurt.thaw(*others)
    hurt.until_over(sent)
    hurt.thaw(worker)
    until(
        lambda: (
            hurt.ask(
                f"from tests.footage import promises; from footage.models import Film;"
                f"said = promises.litter(Film.objects.get(pk='{sent.film_id}'))"
            )
            == []
        )
    )


def part_broken(hurt: Faulted, sent: Sent, worker: str) -> None:
    part = next((hurt.house.var / "films" / sent.film_id / "original").iterdir())
    sealed = bytearray(part.read_bytes())
    sealed[len(sealed) // 2] ^= 1
    part.write_bytes(sealed)


def part_away_for_a_moment(hurt: Faulted, sent: Sent, worker: str) -> None:
    """The first try cannot read the film; then the store is whole again."""
    part = next((hurt.house.var / "films" / sent.film_id / "original").iterdir())
    aside = part.rename(hurt.house.var / "aside")
    hurt.thaw(worker, ODD_JOBS)
    until(
        lambda: hurt.ask(f"""
from footage.models import Work
said = Work.objects.exclude(trouble="").filter(film="{sent.film_id}").exists()
""")
    )
    aside.rename(part)


def destroyed_meanwhile(hurt: Faulted, sent: Sent, worker: str) -> None:
    purge(hurt, sent)


FAULTS = {
    "worker killed": worker_killed,
    "worker crashed": worker_crashed,
    "worker killed, clock stopped": clock_stopped_too,
    "web killed": web_killed,
    "house killed": house_killed,
    "broker emptied": broker_emptied,
    "disk full": disk_full,
    "database held": database_held,
    "five messages each": five_messages_each,
    "stopped beyond its lease": stopped_beyond_its_lease,
    "part broken": part_broken,
    "part away for a moment": part_away_for_a_moment,
    "destroyed meanwhile": destroyed_meanwhile,
}
ROWS = [(step, fault) for fault in FAULTS for step in STEPS if step not in LEFT_OUT[fault]]


# --- the end -------------------------------------------------------------------------------------


def end_of(step: str, fault: str) -> tuple[str, int]:
    """How the story must end, and how often its sender was told something."""
    if "purging" in (step,) or fault == "destroyed meanwhile":
        return "purged", int(step == "purging")
    if fault == "part broken":
        return "failed", 1
    return "ready", int(step != "cutting")


@pytest.mark.parametrize(("step", "fault"), ROWS, ids=[f"{s}-{f}" for s, f in ROWS])
def test_a_film_ends_well(hurt, step, fault):
    sent, worker, line = brought_to(hurt, step)

    FAULTS[fault](hurt, sent, worker)

    assert_it_ended_well(hurt, sent, step, fault, line)


def assert_it_ended_well(hurt: Faulted, sent: Sent, step: str, fault: str, line: object) -> None:
    """Everything goes on; the film's story ends as it must, and nothing is left of the fault."""
    hurt.thaw()
    if step == "receiving" and fault != "destroyed meanwhile":
        finish(hurt, sent, line)
    seconds = hurt.until_over(sent)
    ends, told = end_of(step, fault)
    look = (
        f"promises.breaches('{sent.film_id}', sha256='{sent.sha256}', ends='{ends}', told={told})"
    )
    found = hurt.ask(f"from tests.footage import promises; said = {look}")
    found += hurt.ask("from tests.footage import promises; said = promises.breaches_of_house()")
    found += sorted(hurt.search.look(hurt.pids(), near=True))
    print(f"{step:10} {fault:26} {ends} after {seconds:.1f} s")
    assert found == []
    if ends == "ready" and not sent.cut and sent not in hurt.ready:
        hurt.ready.append(sent)
        hurt.look_for_what_was_made_of(sent)


def finish(hurt: Faulted, sent: Sent, line: object) -> None:
    """The sender's line is gone or goes; the film is sent to its end."""
    line.close()
    hurt.send(sent)


def test_every_cell_is_a_row_or_left_out_with_a_reason():
    assert set(LEFT_OUT) == set(FAULTS)
    assert all(set(cells) < set(STEPS) and all(cells.values()) for cells in LEFT_OUT.values())


def test_nothing_lies_in_the_clear_anywhere_and_nobody_had_two_letters(hurt):
    letters = [path.read_text() for path in (hurt.house.var / "mail").glob("*")]
    pages = [f"/films/{number}/" for number in range(1, hurt.films + 1)]

    assert hurt.search.look(hurt.pids()) == set()
    assert hurt.search.looked_at > 100
    assert {page for page in pages if sum(page in letter for letter in letters) > 1} == set()
