"""Minutes of films and random harm; in the end every promise is asked for. Not part of a test run.

ATTUNE_SOAK_MINUTES=10 .venv/bin/pytest tests/footage/test_soak.py -s
"""

import os
import random
import signal
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.footage import faulted as f
from tests.footage import test_faults as faults
from tests.footage.faulted import LEASE, ODD_JOBS, WORKERS, Faulted, Sent, faulted
from tests.footage.plaintext import watched

MINUTES = float(os.environ.get("ATTUNE_SOAK_MINUTES", "0"))
pytestmark = pytest.mark.skipif(not MINUTES, reason="a soak is asked for by ATTUNE_SOAK_MINUTES")
EACH = "from tests.footage import promises; said = promises."


def one_killed(hurt: Faulted) -> None:
    words = random.choice([*WORKERS, ODD_JOBS, "gunicorn", " beat "])
    f.signal_all(hurt.house.pids(words), signal.SIGKILL)


def one_frozen(hurt: Faulted) -> None:
    worker = random.choice(WORKERS)
    hurt.freeze(worker)
    time.sleep(LEASE * 1.5)
    hurt.thaw(worker)


def disk_filled(hurt: Faulted) -> None:
    faults.disk_full(hurt, None, "")


def database_held(hurt: Faulted) -> None:
    faults.database_held(hurt, None, "")


def broker_emptied(hurt: Faulted) -> None:
    faults.broker_emptied(hurt, None, "")


HARM = [one_killed, one_killed, one_frozen, disk_filled, database_held, broker_emptied]


def test_minutes_of_harm_break_no_promise():
    with faulted(8490) as hurt, watched(hurt.search, hurt.pids), ThreadPoolExecutor(4) as senders:
        done: list[tuple[Sent, Future]] = []
        seen, end = Counter(), time.monotonic() + MINUTES * 60
        while time.monotonic() < end:
            if sum(not future.done() for _, future in done) < 3:
                sent = hurt.begin(random.choice([1000, 200_000, 9_000_000]))
                done.append((sent, senders.submit(hurt.send, sent, 600)))
            if random.random() < 0.1 and done:
                faults.purge_if_any(hurt, random.choice(done)[0])
                seen["destroyed"] += 1
            harm = random.choice(HARM)
            seen[harm.__name__] += 1
            harm(hurt)
            time.sleep(random.uniform(0, 6))
        hurt.thaw()
        broken = ended(hurt, done, seen)
        print(f"{len(done)} films in {MINUTES:g} minutes: {dict(seen)}")
        assert broken == {}


def ended(hurt: Faulted, done: list[tuple[Sent, Future]], seen: Counter) -> dict[str, list[str]]:
    """What is broken, by film."""
    broken = {}
    for sent, future in done:
        gone = hurt.ask(f"{EACH}is_gone('{sent.film_id}')")
        if not gone:
            future.result(600)
        hurt.until_over(sent, 600)
        state = hurt.state(sent)
        seen[state] += 1
        told = {"ready": 1, "failed": 1}.get(state, -1)
        wanted = f"sha256='{sent.sha256}', ends='{state}', told={told}"
        found = hurt.ask(f"{EACH}breaches('{sent.film_id}', {wanted})")
        broken |= {sent.page: found} if found else {}
    house = hurt.ask(f"{EACH}breaches_of_house()") + sorted(hurt.search.look(hurt.pids()))
    return broken | ({"house": house} if house else {})
