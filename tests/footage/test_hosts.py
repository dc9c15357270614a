"""Two web hosts, one PostgreSQL, one bucket: one upload goes on wherever its sender turns to."""

import hashlib
import http.client
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections

from config.supervisor import die_with
from footage import services
from footage.models import Film, Upload
from footage.stores import BucketStore
from tests import bucket as buckets
from tests.footage import films, promises
from tests.footage.plaintext import MADE, Search, needles_of
from tests.house import ROOT, House, environment
from tests.people.factories import actor_of, person, signed_in

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MB = 1_000_000
TOKEN = "x" * 32
CHECK = """
from uuid import UUID
from footage import pipeline, tidying
pipeline.work_on(UUID("{film}"))
tidying.tidy(UUID("{film}"))
"""
READ_BACK = """
import hashlib
from footage import vault
from footage.models import Film
film = Film.objects.get(pk="{film}")
found = hashlib.sha256()
for piece in vault.reader(film.artefacts.get(kind="original")).pieces():
    found.update(piece)
print(found.hexdigest())
"""


def address(alias):
    """The database these tests run on, as another process is told of it."""
    facts = connections[alias].settings_dict
    return f"postgres://{facts['USER']}@{quote(str(facts['HOST']), safe='')}/{facts['NAME']}"


class Host:
    """A web host of its own: gunicorn, a folder, and nothing else in common but the settings."""

    def __init__(self, told):
        self.port = buckets.free_port()
        self.var = Path(tempfile.mkdtemp(prefix="attune-host-"))
        self.house = House(self.var, environment(self.var, told))
        words = ["-m", "gunicorn", "config.wsgi:application", f"--bind=127.0.0.1:{self.port}"]
        parent = os.getpid()
        with (self.var / "console.log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, *words, "--worker-class=gthread", "--threads=4"],
                cwd=ROOT,
                env=self.house.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: die_with(parent),
            )

    def kill(self):
        """As when the power of this host goes."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def hosts(told):
    """Two of them, open."""
    both = [Host(told), Host(told)]
    try:
        for host in both:
            buckets.wait_for_port(host.port, host.process)
        yield both
    finally:
        for host in both:
            host.kill()
            shutil.rmtree(host.var, ignore_errors=True)


@pytest.fixture
def bucket():
    """One bucket."""
    pytest.importorskip("moto.server")
    with buckets.bucket() as told:
        yield told


@pytest.fixture
def pair(bucket, transactional_db, django_db_serialized_rollback):
    """Two hosts on this test's own database and bucket."""
    told = {
        **bucket,
        "ATTUNE_DATABASE_URL": address("default"),
        "ATTUNE_KEYS_DATABASE_URL": address("keys"),
        "ATTUNE_SECRET_KEY": settings.SECRET_KEY,
        "ATTUNE_ROOT_KEY": settings.FILM_ROOT_KEY,
        "ATTUNE_HOSTS": "127.0.0.1",
    }
    with hosts(told) as both:
        yield both


class Sender:
    """Somebody who sends one film, now to this host and now to that."""

    def __init__(self, data):
        user = person()
        self.data = data
        self.upload = services.begin_upload(
            actor=actor_of(user), ring=uuid4(), file_name="film.mp4", size=len(data), page="/"
        )
        cookie = f"sessionid={signed_in(user).cookies['sessionid'].value}; csrftoken={TOKEN}"
        self.said = {"Cookie": cookie, "X-CSRFToken": TOKEN, "Tus-Resumable": "1.0.0"}

    def line(self, host):
        """A connection to this host."""
        return closing(http.client.HTTPConnection("127.0.0.1", host.port, timeout=60))

    def safe(self, host):
        """What this host says is safe."""
        with self.line(host) as line:
            line.request("HEAD", f"/footage/uploads/{self.upload.pk}/", headers=self.said)
            return int(line.getresponse().headers["Upload-Offset"])

    def begin(self, line, length):
        """A PATCH of so many bytes begins; from where."""
        at = Upload.objects.get(pk=self.upload.pk).offset
        line.putrequest("PATCH", f"/footage/uploads/{self.upload.pk}/")
        facts = {"Upload-Offset": at, "Content-Length": length}
        for name, words in {**self.said, **facts}.items():
            line.putheader(name, str(words))
        line.putheader("Content-Type", "application/offset+octet-stream")
        line.endheaders()
        return at

    def patch(self, host, length=1 << 40):
        """So many bytes more, or all that are left, by this host; how much it says is safe now."""
        at = self.safe(host)
        length = min(length, len(self.data) - at)
        with self.line(host) as line:
            self.begin(line, length)
            line.send(self.data[at : at + length])
            answer = line.getresponse()
            assert answer.status == 204, answer.read()
            return int(answer.headers["Upload-Offset"])


def long_film():
    """A film of 41 MB: a short one, and a box nobody plays."""
    data = films.landscape().read_bytes()
    padding = random.Random(7).randbytes(41 * MB - len(data) - 8)
    return data + (len(padding) + 8).to_bytes(4, "big") + b"free" + padding


def test_one_upload_goes_on_at_another_host_when_the_first_is_killed(pair, bucket):
    first, second = pair
    client = buckets.client(bucket)
    store = BucketStore(client, buckets.NAME)
    sender = Sender(long_film())
    needles = needles_of(sender.data, 16)
    search = Search(first.var, needles)

    for host in (first, second, first, second):
        before = sender.safe(host)
        assert sender.patch(host, 2_500_001) == before + 2_500_001

    before = sender.safe(first)
    with sender.line(first) as line:
        sender.begin(line, 30 * MB)
        line.send(sender.data[before : before + 20 * MB])
        began = Upload.objects.get(pk=sender.upload.pk).epoch
        wait_until(lambda: parts_of_epoch(store, began) >= 2)
        first.kill()

    began = time.monotonic()
    safe = sender.safe(second)
    assert safe >= before
    assert sender.patch(second) == len(sender.data)
    assert time.monotonic() - began < 30

    film = sender.upload.film_id
    sums = [
        second.house.python((CHECK + READ_BACK).format(film=film)),
        first.house.python(READ_BACK.format(film=film)),
    ]
    assert {words.split()[-1] for words in sums} == {hashlib.sha256(sender.data).hexdigest()}
    assert set(store.names(str(film))) == promises.parts_of(Film.objects.get(pk=film))
    assert "Uploads" not in client.list_multipart_uploads(Bucket=buckets.NAME)
    assert found_in(client, [*needles, *MADE]) == []
    search.look()
    assert Search(second.var, needles).look() | search.hits == set()


def wait_until(is_so, seconds=30):
    """It is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def parts_of_epoch(store, epoch):
    """How many parts of this sitting lie in the bucket."""
    return sum(f"/{epoch:04d}-" in name for name in store.names(""))


def found_in(client, needles):
    """The objects in which one of these can be read."""
    found = []
    for entry in client.list_objects_v2(Bucket=buckets.NAME)["Contents"]:
        body = client.get_object(Bucket=buckets.NAME, Key=entry["Key"])["Body"].read()
        found += [entry["Key"] for needle in needles if needle in body]
    return found
