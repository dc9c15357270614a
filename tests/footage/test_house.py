"""The house with all its processes: killed while a film arrives, and again while it is prepared."""

import hashlib
import http.client
import sqlite3
import time
from contextlib import closing, suppress
from urllib.parse import urlparse

import pytest

from tests.footage import films
from tests.house import House, standing

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("house")]
BEGIN = """
from uuid import uuid4
from footage import services
from people.models import User
from tests.people.factories import actor_of, person, signed_in
user = person()
upload = services.begin_upload(
    actor=actor_of(user), ring=uuid4(), file_name="a.mp4", size={size}, page="/"
)
print(signed_in(user).cookies["sessionid"].value, upload.pk)
"""
LOOK = """
from footage.models import Film
film = Film.objects.get()
print(film.sha256, ",".join(sorted(film.artefacts.values_list("kind", flat=True))))
"""


@pytest.fixture(scope="module")
def short_leases():
    """A house that gives up on a dead worker within seconds."""
    with standing(ATTUNE_FILM_LEASE_SECONDS="6", ATTUNE_PORT="8140") as house:
        yield house


def ask(house: House, method: str, upload: str, session: str, body: bytes = b"", **headers):
    """One tus request of a browser that is signed in."""
    line = http.client.HTTPConnection(urlparse(house.url).netloc, timeout=60)
    token = "x" * 32
    line.putrequest(method, f"/footage/uploads/{upload}/")
    sent = {
        "Tus-Resumable": "1.0.0",
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(len(body)),
        **headers,
    }
    for name, value in sent.items():
        line.putheader(name.replace("_", "-"), value)
    line.endheaders()
    return line, body


def offset(house: House, upload: str, session: str) -> int:
    """How much is safe, asked until the web process is back."""
    for _ in range(100):
        try:
            line, _ = ask(house, "HEAD", upload, session)
            return int(line.getresponse().headers["Upload-Offset"])
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
    raise AssertionError("the house did not come back")


def answered(line, body: bytes):
    """The answer, which may come before the whole body was taken; None when the line broke."""
    try:
        with suppress(BrokenPipeError, ConnectionResetError):
            line.send(body)
        return line.getresponse()
    except (OSError, http.client.HTTPException):
        return None


def until(house: House, true, seconds: int) -> tuple[str, int]:
    """The film's state and how much of its work is done, once that is so."""
    end = time.monotonic() + seconds
    question = "SELECT state, (SELECT sum(permille) FROM footage_work) FROM footage_film"
    while time.monotonic() < end:
        with closing(sqlite3.connect(house.var / "attune.sqlite3", timeout=30)) as database:
            (found,) = database.execute(question).fetchall()
        if true(*found):
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def wait_for_first_part(house):
    """Something of the newest upload is noted as safe."""
    end = time.monotonic() + 30
    with closing(sqlite3.connect(house.var / "attune.sqlite3", timeout=30)) as rows:
        newest = 'SELECT "offset" FROM footage_upload ORDER BY begun_at DESC LIMIT 1'
        while time.monotonic() < end and not rows.execute(newest).fetchone()[0]:
            time.sleep(0.05)


def test_a_film_survives_the_death_of_web_and_worker(short_leases):
    house = short_leases
    film = films.landscape(20, "640x360").read_bytes()
    film += b"\0\0\0\x08free" + bytes(30_000_000)  # padding that a film may carry
    session, upload = house.python(BEGIN.format(size=len(film))).split()[-2:]

    line, _ = ask(house, "PATCH", upload, session, film, Upload_Offset="0")
    line.send(film[:20_000_000])
    wait_for_first_part(house)
    assert house.kill("gunicorn")
    safe = offset(house, upload, session)
    assert 0 < safe <= 20_000_000
    answer = None
    while answer is None or answer.status == 423:  # the dead sender's turn lasts some seconds more
        line, body = ask(house, "PATCH", upload, session, film[safe:], Upload_Offset=str(safe))
        answer = answered(line, body)
        time.sleep(0.5)
    assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(len(film)))

    until(house, lambda state, permille: state == "encoding" and permille > 1020, 60)
    assert house.kill("--queues=film")
    over = ("ready", "failed", "rejected")
    assert until(house, lambda state, _: state in over, 120)[0] == "ready"

    assert house.python(LOOK).splitlines()[-1] == (
        f"{hashlib.sha256(film).hexdigest()} original,peaks,poster,proxy,sprite"
    )
    assert until(house, lambda *_: True, 1) == ("ready", 2000)
