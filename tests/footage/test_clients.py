"""The official tus clients against our real processes: whole, broken off, taken over, killed."""

import hashlib
import http.client
import random
import socket
import sqlite3
import threading
import time
from contextlib import closing
from urllib.parse import urlparse

import pytest

from tests.footage import films, node
from tests.house import standing

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("house")]
TOKEN = "x" * 32
PIECE = 2_000_000
BEGIN = """
from uuid import uuid4
from footage import services
from tests.people.factories import actor_of, person, signed_in
user = person()
permit = services.permit(actor=actor_of(user), ring=uuid4(), page="/")
print(signed_in(user).cookies["sessionid"].value, permit)
"""
AGREED = "SELECT count(*) FROM ledger_line WHERE verb = 'footage.agreed' AND facts LIKE ?"
STATE = "SELECT state, sha256 FROM footage_film JOIN footage_upload ON film_id = footage_film.id "
STATE += "WHERE footage_upload.id = ?"
WRITER = "SELECT writer FROM footage_upload WHERE id = ?"
NEWEST = 'SELECT "offset" FROM footage_upload ORDER BY begun_at DESC LIMIT 1'


def identity(url):
    """The upload's id as SQLite keeps it."""
    return urlparse(url).path.rstrip("/").rpartition("/")[2].replace("-", "")


class Door:
    """A running house, and what a sender who is signed in needs to know about it."""

    def __init__(self, house, tmp_path):
        self.house = house
        session, permit = house.python(BEGIN).split()[-2:]
        self.endpoint = f"{house.url}/footage/uploads/?permit={permit}"
        cookie = f"sessionid={session}; csrftoken={TOKEN}"
        self.headers = {"Cookie": cookie, "X-CSRFToken": TOKEN}
        self.data = films.landscape().read_bytes()
        self.data += b"\0\1\x7d\x78wide" + random.Random(3).randbytes(0x17D70)
        self.data += b"\1\x7d\x78\x48free" + random.Random(5).randbytes(0x17D7840)
        self.file = tmp_path / "film.mp4"
        self.file.write_bytes(self.data)
        self.digest = hashlib.sha256(self.data).hexdigest()

    def send(self, **told):
        """What tus-js-client made of it."""
        return node.send(file=str(self.file), headers=self.headers, **told)

    def create(self, **told):
        """The address of a new upload to which a first part was sent.

        With `stopAt` in small pieces: of one large piece the machine may swallow all at once.
        """
        pieces = {"chunkSize": PIECE} if "stopAt" in told else {}
        return self.send(endpoint=self.endpoint, **pieces, **told)

    def ask(self, question, *words):
        """Rows of the house's own database."""
        place = self.house.var / "attune.sqlite3"
        with closing(sqlite3.connect(place, timeout=30)) as database:
            return database.execute(question, words).fetchall()

    def arrived(self, url):
        """The film's check has found what was sent, all of it and nothing else."""
        upload = identity(url)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            ((state, sha256),) = self.ask(STATE, upload)
            if sha256 or state in ("rejected", "failed"):
                return sha256 == self.digest
            time.sleep(0.2)
        return False


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """The whole house, on a port of its own."""
    if lacks := node.lacking():
        pytest.skip(f"The official clients are left out: {lacks}")
    with standing(ATTUNE_PORT="8120", ATTUNE_FILM_LEASE_SECONDS="6") as house:
        yield Door(house, tmp_path_factory.mktemp("sent"))


def safe(door, url):
    """What HEAD says."""
    place = urlparse(url)
    with closing(http.client.HTTPConnection(place.netloc, timeout=30)) as line:
        line.request("HEAD", place.path, headers={**door.headers, "Tus-Resumable": "1.0.0"})
        return int(line.getresponse().headers["Upload-Offset"])


def test_tus_js_client_sends_a_film_whole_and_both_sides_agree(door):
    metadata = {"filename": "film.mp4", "sha256": door.digest}

    told = door.create(metadata=metadata, parallelUploads=1)

    assert (told["ok"], told["asked"]) == (True, ["POST 201", "PATCH 204"])
    assert door.arrived(told["url"])
    assert door.ask(AGREED, f"%{door.digest}%") == [(1,)]


def test_tus_js_client_breaks_off_and_carries_on_at_once(door):
    first = door.create(stopAt=8_000_000)

    told = door.send(uploadUrl=first["url"])

    assert (told["ok"], told["asked"]) == (True, ["HEAD 200", "PATCH 204"])
    assert door.arrived(told["url"])


def test_a_line_that_went_silent_gives_way_and_keeps_every_byte(door):
    url = door.create(stopAt=1)["url"]
    place = urlparse(url)
    with socket.create_connection((place.hostname, place.port)) as line:
        said = {
            **door.headers,
            "Host": place.netloc,
            "Content-Length": str(len(door.data) - safe(door, url)),
        }
        said |= {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}
        begin = safe(door, url)
        said["Upload-Offset"] = str(begin)
        head = "".join(f"{name}: {words}\r\n" for name, words in said.items())
        line.sendall(f"PATCH {place.path} HTTP/1.1\r\n{head}\r\n".encode())
        line.sendall(door.data[begin : begin + 3_000_001])
        while door.ask(WRITER, identity(url)) == [(None,)]:
            time.sleep(0.02)
        time.sleep(0.5)

        assert safe(door, url) == begin + 3_000_001
        told = door.send(uploadUrl=url)

    assert (told["ok"], told["asked"]) == (True, ["HEAD 200", "PATCH 204"])
    assert told["seconds"] < 10
    assert door.arrived(url)


def test_an_upload_is_ended_by_its_sender(door):
    url = door.create(stopAt=1_000_000)["url"]

    assert door.send(uploadUrl=url, terminate=True)["ok"]

    assert door.send(uploadUrl=url)["status"] in (404, 410)


def test_an_upload_that_was_left_too_long_is_gone(door):
    told = door.create(stopAt=1_000_000)
    upload = identity(told["url"])
    place = door.house.var / "attune.sqlite3"
    with closing(sqlite3.connect(place, timeout=30)) as database, database:
        old = "UPDATE footage_upload SET expires_at = '2020-01-01 00:00:00' WHERE id = ?"
        database.execute(old, (upload,))

    assert door.send(uploadUrl=told["url"])["status"] in (404, 410)


def test_tuspy_sends_in_pieces_with_checksums_and_hears_of_a_wrong_offset(door):
    tusclient = pytest.importorskip("tusclient.client")
    from tusclient.exceptions import TusCommunicationError

    client = tusclient.TusClient(door.endpoint, headers=door.headers)
    uploader = client.uploader(str(door.file), chunk_size=9_000_000, upload_checksum=True)
    uploader.upload_chunk()
    uploader.offset += 5
    with pytest.raises(TusCommunicationError) as refused:
        uploader.upload_chunk()
    assert refused.value.status_code == 409

    again = client.uploader(str(door.file), chunk_size=9_000_000, url=uploader.url)
    assert again.offset == 9_000_000
    again.upload()

    assert door.arrived(uploader.url)


def test_five_kills_of_the_web_processes_cost_nothing_that_was_safe(door):
    """The moments are seeded; the client carries on by itself, as a browser does."""
    moments = random.Random(20).sample(range(2, 34), 5)
    told, over = {}, threading.Event()

    def send():
        told.update(
            door.create(
                chunkSize=1_000_000,
                retryDelays=[500] * 200,
                metadata={"filename": "film.mp4", "sha256": door.digest},
            )
        )
        over.set()

    before = door.ask("SELECT count(*) FROM footage_film")[0][0]
    agreed = door.ask(AGREED, f"%{door.digest}%")[0][0]
    sender = threading.Thread(target=send)
    sender.start()
    killed = 0
    while door.ask("SELECT count(*) FROM footage_film")[0][0] == before:
        time.sleep(0.01)
    for moment in sorted(moments):
        while not over.is_set() and door.ask(NEWEST)[0][0] < moment * 600_000:
            time.sleep(0.005)
        while not over.is_set() and not door.house.kill("gunicorn"):
            time.sleep(0.05)  # it is just being started again
        killed += not over.is_set()
    sender.join(300)

    assert (killed, told["ok"]) == (5, True)
    assert door.arrived(told["url"])
    assert door.ask("SELECT count(*) FROM footage_film")[0][0] == before + 1
    assert door.ask(AGREED, f"%{door.digest}%") == [(agreed + 1,)]
