"""How the room of films is: each thing well, worth a look, or in need of a person."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from footage import binaries, fence, health, pipeline, services, tasks
from footage.models import Film, RingKey, Work
from footage.stores import store
from people.kinds import Role
from tests.footage import films
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _swept():
    health.note_sweep()


def line(what: str) -> health.Line:
    """What is said about this."""
    return next(line for line in health.lines() if line.what == what)


@pytest.fixture
def failed(sent, settings):
    """A film that failed three times, because there was no ffmpeg."""
    film = sent(films.landscape().read_bytes())
    settings.FFPROBE = "/nowhere/ffprobe"
    for _ in range(3):
        pipeline.work_on(film.pk)
    settings.FFPROBE = ""
    film.refresh_from_db()
    assert film.state == "failed"
    return film


def test_a_house_in_order_needs_nobody():
    states = {line.what: line.state for line in health.lines()}

    assert set(states) == set(health.LOOKS)
    assert health.ACT not in states.values()
    assert states["Films"] == states["The clock"] == states["Keys"] == health.WELL


@pytest.mark.parametrize(
    ("bubblewrap", "seccomp", "landlock", "state"),
    [("bwrap", b"x", 0, "well"), (None, b"x", 7, "look"), (None, b"x", 0, "act")],
)
def test_it_says_how_well_the_sandbox_is_closed(monkeypatch, bubblewrap, seccomp, landlock, state):
    monkeypatch.setattr(binaries, "bubblewrap", lambda: bubblewrap)
    monkeypatch.setattr(fence, "seccomp", lambda: seccomp)
    monkeypatch.setattr(fence, "landlock", lambda: landlock)

    assert line("Sandbox").state == state
    assert bool(line("Sandbox").todo) is (state != "well")


def test_what_does_not_answer_needs_a_person(settings, monkeypatch):
    settings.FFMPEG = "/nowhere/ffmpeg"
    settings.FILM_FOLDER = settings.FILM_FOLDER / "x\0"
    monkeypatch.setattr(RingKey.objects, "filter", None)

    states = {line.what: (line.state, bool(line.todo)) for line in health.lines()}

    for what in ("ffmpeg", "Store", "Keys"):
        assert states[what] == ("act", True)
    assert health.lines()[0].state == "act", "what needs a person comes first"


def test_two_who_look_at_once_leave_each_other_what_they_wrote():
    store().put("health/another", b"well")

    assert line("Store").state != health.ACT
    assert store().get("health/another", 0, 4) == b"well"
    store().delete("health/another")


def test_it_sees_the_clock(monkeypatch):
    cache.delete(health.SWEPT)
    assert line("The clock").state == "act"

    monkeypatch.setattr(tasks.sweeping, "films_to_wake", list)
    tasks.sweep()
    assert line("The clock").state == "well"

    cache.set(health.SWEPT, timezone.now() - timedelta(minutes=5))
    assert line("The clock") == health.Line(
        "The clock",
        "act",
        "The clock was last seen 5 minutes ago.",
        health.TODO["The clock"],
    )


def test_it_sees_work_that_waits_and_work_that_is_lost(sent):
    film = sent(films.landscape().read_bytes())
    assert health.queues()[0] == health.Queue("Films to check", 1, 0, 0)
    assert line("Workers").words == "0 pieces of work in hand; nothing waits long."

    Work.objects.update(made_at=timezone.now() - timedelta(minutes=12))
    assert line("Workers").state == "act"

    Work.objects.filter(film=film).update(
        state="running", lease_until=timezone.now() - timedelta(minutes=1)
    )
    assert line("Workers").state == "look"
    assert health.queues()[0] == health.Queue("Films to check", 0, 0, 1)


def test_films_that_failed_are_counted_and_tried_again(failed):
    keeper = actor_of(person(Role.REGISTRAR))
    assert line("Films").words == "1 film could not be prepared, and it was our fault."

    assert services.retry_all(actor=keeper) == 1

    while pipeline.work_on(failed.pk):
        pass
    assert line("Films").state == "well"
    assert Film.objects.get().state == "ready"


def test_only_who_keeps_the_house_has_them_tried_again(failed, sender):
    with pytest.raises(PermissionDenied):
        services.retry_all(actor=sender)


def test_the_command_prints_it_and_fails_when_a_person_is_needed():
    said = StringIO()
    call_command("film_health", stdout=said)
    assert "Sandbox: " in said.getvalue()
    assert "Films to prepare: 0 wait" in said.getvalue()

    cache.delete(health.SWEPT)
    with pytest.raises(CommandError, match="needs a person: The clock"):
        call_command("film_health", stdout=StringIO())
