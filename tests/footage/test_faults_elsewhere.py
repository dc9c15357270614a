"""The same harm to a house as in production: PostgreSQL as the truth, Redis as the bell."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.footage.faulted import LEASE, Faulted, Sent, faulted, until
from tests.footage.plaintext import watched
from tests.footage.test_faults import (
    assert_it_ended_well,
    brought_to,
    five_messages_each,
    worker_killed,
)

REDIS = shutil.which("redis-server")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(not REDIS, reason="there is no redis-server on this machine"),
]
PORT = 8480


class Servers:
    """A PostgreSQL and a Redis that can be killed and started again."""

    def __init__(self, stack: ExitStack) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="attune-pg-"))
        stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.owner = postgres.unprivileged() if os.geteuid() == 0 else None
        if self.owner:
            os.chown(self.folder, self.owner.pw_uid, self.owner.pw_gid)
        self.programs = postgres.find_programs(self.folder)
        postgres.initialise(self.programs, self.folder, self.owner)
        self.database, self.redis = ExitStack(), None
        stack.callback(lambda: self.database.close())
        stack.callback(lambda: self.redis and self.redis.kill())
        self.start_database()
        with psycopg.connect(
            host=str(self.folder), user="attune", dbname="postgres", autocommit=True
        ) as line:
            line.execute("CREATE DATABASE attune")
            line.execute("CREATE DATABASE keys")
        self.start_redis()

    def start_database(self) -> None:
        """It answers."""
        self.database.enter_context(postgres.running(self.programs, self.folder, self.owner))

    def start_redis(self) -> None:
        """It answers, and holds nothing."""
        words = ["--port", str(PORT), "--save", "", "--dir", str(self.folder), "--bind"]
        with (self.folder / "redis.log").open("ab") as log:
            self.redis = subprocess.Popen([REDIS, *words, "127.0.0.1"], stdout=log, stderr=log)
        until(lambda: self.redis_said("PING") == "PONG", 20)

    def redis_said(self, *words: str) -> str:
        """The answer of the command line."""
        ask = ["redis-cli", "-p", str(PORT), *words]
        return subprocess.run(ask, capture_output=True, text=True).stdout.strip()


@contextmanager
def servers() -> Iterator[Servers]:
    """Both run; nothing of them is left."""
    with ExitStack() as stack:
        yield Servers(stack)


@pytest.fixture(scope="module")
def elsewhere():
    """A house on PostgreSQL and Redis, and the two servers."""
    with servers() as both:
        addresses = postgres.addresses(both.folder)
        redis = f"redis://127.0.0.1:{PORT}/0"
        with faulted(8455, **addresses, ATTUNE_REDIS_URL=redis) as house:
            house.servers = both
            with watched(house.search, house.pids):
                yield house


def redis_emptied(hurt: Faulted, sent: Sent, worker: str) -> None:
    assert hurt.servers.redis_said("FLUSHALL") == "OK"


def redis_killed(hurt: Faulted, sent: Sent, worker: str) -> None:
    hurt.servers.redis.kill()
    hurt.servers.redis.wait()
    hurt.thaw()
    time.sleep(LEASE)
    hurt.servers.start_redis()


def database_restarted(hurt: Faulted, sent: Sent, worker: str) -> None:
    hurt.servers.database.close()
    hurt.thaw()
    time.sleep(LEASE)
    hurt.servers.database = ExitStack()
    hurt.servers.start_database()
    hurt.ask("from django.db import connections; connections.close_all()")


ROWS = [
    ("encoding", worker_killed),
    ("received", redis_emptied),
    ("cutting", redis_killed),
    ("receiving", redis_killed),
    ("encoding", database_restarted),
    ("receiving", database_restarted),
    ("queued", five_messages_each),
]


@pytest.mark.parametrize(("step", "fault"), ROWS, ids=[f"{s}-{f.__name__}" for s, f in ROWS])
def test_a_film_ends_well_on_postgresql_and_redis(elsewhere, step, fault):
    sent, worker, line = brought_to(elsewhere, step)

    fault(elsewhere, sent, worker)

    assert_it_ended_well(elsewhere, sent, step, fault.__name__, line)
