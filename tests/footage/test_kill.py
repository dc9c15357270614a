"""Workers that are killed in the middle: the film still ends ready, once, nothing stays."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone

from footage import pipeline, sweeping
from footage.kinds import ArtefactKind
from footage.models import Artefact, Film, Work
from footage.stores import store
from notices.models import Notice
from tests.footage import films

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORKER = """
import sys
from pathlib import Path
from uuid import UUID
import django
from django.conf import settings
film, folder, *names = sys.argv[1:]
for place, name in zip(("default", "keys"), names):
    settings.DATABASES[place]["NAME"] = name
settings.FILM_FOLDER = Path(folder)
django.setup()
from footage import pipeline
while pipeline.work_on(UUID(film)):
    pass
"""


def worker(film: Film, settings) -> subprocess.Popen:
    """A process of its own that works on the film."""
    names = [str(connections[place].settings_dict["NAME"]) for place in ("default", "keys")]
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(film.pk), str(settings.FILM_FOLDER), *names],
        env={**os.environ, "ATTUNE_ROOT_KEY": settings.FILM_ROOT_KEY},
        cwd=settings.BASE_DIR,
    )


def children_of(pid: int) -> set[int]:
    """The process and everything it started, and what those started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def alive(pid: int) -> bool:
    """Is it running (a zombie is not)?"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true, seconds=60):
    """Wait for it."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_a_worker_killed_while_it_encodes_loses_nothing(sent, settings):
    film = sent(films.landscape(10, "640x360").read_bytes())
    child = worker(film, settings)
    encoding = Work.objects.filter(recipe="prepare/1", permille__gt=20)
    until(encoding.exists)
    family = children_of(child.pid)
    assert len(family) >= 2

    os.kill(child.pid, signal.SIGKILL)
    child.wait()

    until(lambda: not any(alive(pid) for pid in family), seconds=5)
    film.refresh_from_db()
    assert film.state == "encoding"
    assert pipeline.work_on(film.pk) is False, "the lease of the dead one still holds"

    long_ago = timezone.now() - timedelta(minutes=2)
    Work.objects.filter(state="running").update(lease_until=long_ago, woken_at=long_ago)
    assert sweeping.films_to_wake() == [film.pk]
    while pipeline.work_on(film.pk):
        pass

    film.refresh_from_db()
    assert (film.state, film.reason) == ("ready", "")
    assert Artefact.objects.count() == len(ArtefactKind) - 1
    assert Notice.objects.filter(kind="footage.ready").count() == 1
    assert list(Work.objects.order_by("made_at").values_list("attempt", flat=True)) == [1, 2]
    objects = {name.rpartition("/")[0] for name in store().names(str(film.pk))}
    assert objects == set(film.artefacts.values_list("object", flat=True))


def test_two_workers_at_once_make_one_film(sent, settings):
    film = sent(films.landscape().read_bytes())

    workers = [worker(film, settings) for _ in range(2)]
    assert [child.wait(timeout=60) for child in workers] == [0, 0]
    while pipeline.work_on(film.pk):
        pass

    film.refresh_from_db()
    assert film.state == "ready"
    assert Artefact.objects.count() == len(ArtefactKind) - 1
    assert set(Work.objects.values_list("attempt", flat=True)) == {1}
    assert Notice.objects.filter(kind="footage.ready").count() == 1
