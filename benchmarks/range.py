"""A megabyte anywhere in a long sealed film, authorised by consent each time.

CPU against a bare page that asks session and person and sends nothing; by the clock, through
gunicorn as the house runs it, against nginx that gives the same bytes plain to everybody.
"""

import os
import random
import statistics
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks import range_servers
from benchmarks.floors.bare_view import bare_view
from benchmarks.pages import ask, guider, house, session_of

NAME = "1 MB range of a sealed film"
BAR = 1.5
QUERIES = 3
MB = 1_000_000
SIZE = int(os.environ.get("ATTUNE_BENCH_RANGE_MB", "600")) * MB
ASKED = int(os.environ.get("ATTUNE_BENCH_RANGE_ASKED", "300"))
WARM = 200


def prepare() -> dict[str, Any]:
    """A guider signed in, a family that agrees, and a film of this size, sealed in the store."""
    user = guider("watcher@example.org")
    address = film_of(user)
    state = {
        "bare": bare_view(),
        "house": house(),
        "cookie": session_of(user),
        "address": address,
        "places": random.Random(7),
    }
    for _ in range(WARM):  # the viewing is on record, and the parts are in the machine's memory
        ours(state)
    return state


def film_of(user: Any) -> str:
    """The address of a film that this person may watch."""
    from django.urls import reverse
    from django.utils import timezone

    from caselogs.models import Case, Consent, ConsentScope
    from media_review.models import Recording

    today = timezone.localdate()
    facts = {"client_type": "parent", "age_band": "1y", "referral_source": "self"}
    case = Case.objects.create(code="R1", guider=user, referred_on=today, **facts)
    consent = Consent.objects.create(
        case=case, form_version="1", given_on=today, explained_by=user, covered="-"
    )
    ConsentScope.objects.create(consent=consent, scope="filming", granted=True)
    recording = Recording.objects.create(
        case=case, owner=user, kind="interaction", filmed_on=today, film=sealed(user, case.pk)
    )
    return reverse("media_review:recording-film", args=[recording.pk])


def sealed(user: Any, ring: Any) -> Any:
    """A ready film whose one object was sealed piece by piece, never whole in memory."""
    import uuid

    from footage import keys, seal
    from footage.models import Artefact, Film
    from footage.stores import store

    film = Film(ring=ring, sent_by=user, state="ready", duration_ms=30 * 60_000, size=SIZE)
    film.wrapped_key = keys.wrapped_for(film.pk, ring)
    film.save()
    name = f"{film.pk}/{uuid.uuid4()}/proxy"
    writer = seal.Writer(
        seal.Seal(keys.film_key(film), name), store().put, seal.Layout((), SIZE), epoch=1
    )
    for piece in pieces():
        writer.write(piece)
    writer.flush()
    Artefact.objects.create(
        film=film,
        kind="proxy",
        object=name,
        runs=[list(run) for run in writer.layout.runs],
        size=SIZE,
        media_type="video/mp4",
    )
    return film


def pieces() -> Any:
    """The film's bytes, a megabyte at a time."""
    noise = os.urandom(MB)
    for _ in range(SIZE // MB):
        yield noise


def wanted(state: dict[str, Any]) -> str:
    """The next range: one megabyte that begins anywhere."""
    start = state["places"].randrange(SIZE - MB)
    return f"bytes={start}-{start + MB - 1}"


def floor(state: dict[str, Any]) -> bytes:
    """Session and person, an empty page."""
    return ask(state["bare"], "/bare/?queries=0", cookie=state["cookie"])


def ours(state: dict[str, Any]) -> bytes:
    """The megabyte, in the clear."""
    path, cookie = state["address"], state["cookie"]
    return ask(state["house"], path, cookie=cookie, HTTP_RANGE=wanted(state))


def notes(state: dict[str, Any]) -> list[str]:
    """The same by the clock: the house behind gunicorn, and nginx with the plain bytes."""
    said = []
    with range_servers.gunicorn() as port:
        said.append(_told("sealed, gunicorn", port, state["address"], state))
    if not range_servers.nginx_here():
        return [*said, "nginx is not installed on this machine, so it was not asked."]
    with range_servers.nginx(pieces()) as port:
        said.append(_told("plain, nginx", port, f"/{range_servers.PLAIN}", state))
    with range_servers.nginx(pieces(), to=range_servers.gunicorn) as port:
        said.append(_told("sealed, nginx in front of gunicorn", port, state["address"], state))
    return said


def _told(who: str, port: int, path: str, state: dict[str, Any]) -> str:
    times = sorted(asked(port, path, state))
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    return f"by the clock, {who}: p50 {p50:.1f} ms, p95 {p95:.1f} ms ({len(times)} ranges)"


def asked(port: int, path: str, state: dict[str, Any]) -> list[float]:
    """Milliseconds of each request on one connection that stays open."""
    line = HTTPConnection("127.0.0.1", port)
    took = []
    for _ in range(ASKED + 20):
        headers = {"Range": wanted(state), "Cookie": state["cookie"], "Host": "localhost"}
        begun = time.perf_counter()
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        length = len(answer.read())
        took.append((time.perf_counter() - begun) * 1000)
        if (answer.status, length) != (206, MB):
            raise AssertionError(f"{path} answered {answer.status} with {length} bytes")
    return took[20:]


def clear(_state: dict[str, Any]) -> None:
    """Nothing of the film is left; the folder of the bench goes with its process tree."""
    import shutil

    from django.conf import settings

    shutil.rmtree(Path(settings.FILM_FOLDER), ignore_errors=True)
