"""What every test of films stands on: a store of its own, quiet messages, two databases."""

import io

import pytest

from config.celery import app
from footage import pipeline, services
from footage.models import Film
from footage.receiving import Incoming
from people.kinds import Role
from tests.people.factories import actor_of, person

RING = "00000000-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.FILM_FOLDER = tmp_path / "films"
    settings.FILM_PAUSE_SECONDS = 0
    app.conf.broker_url = "memory://"


@pytest.fixture
def sender(db):
    """A trainee who sends films."""
    return actor_of(person(Role.TRAINEE))


@pytest.fixture
def sent(sender):
    """Sends these bytes the way a browser does, and gives the film as it stands then."""

    def send(data: bytes, name: str = "film.mp4", ring: str = RING) -> Film:
        upload = services.begin_upload(
            actor=sender, ring=ring, file_name=name, size=len(data), page="/films/1/"
        )
        incoming = Incoming(io.BytesIO(data), len(data))
        services.receive(actor=sender, upload_id=upload.pk, offset=0, incoming=incoming)
        return Film.objects.get(pk=upload.film_id)

    return send


@pytest.fixture
def prepared(sent):
    """Sends these bytes and does all the work that is open for them."""

    def prepare(data: bytes, name: str = "film.mp4", ring: str = RING) -> Film:
        film = sent(data, name, ring)
        while pipeline.work_on(film.pk):
            pass
        return Film.objects.get(pk=film.pk)

    return prepare
