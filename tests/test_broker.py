"""The broker in a folder: what lies in it stops no worker, and nothing half-written appears."""

import json
from queue import Empty

import pytest
from celery import shared_task
from django.db import transaction
from kombu import Connection
from kombu.exceptions import ChannelError

from config.broker import Channel


@pytest.fixture
def channel(tmp_path):
    """A channel on a folder of its own."""
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection("filesystem://localhost", transport_options=options) as line:
        yield line.channel()


def test_the_house_uses_its_own_channel(channel):
    assert type(channel) is Channel


def test_messages_come_in_their_order_and_once(channel):
    channel._put("film", {"number": 1})
    channel._put("house", {"number": 2})
    channel._put("film", {"number": 3})

    assert [channel._get("film"), channel._get("film")] == [{"number": 1}, {"number": 3}]
    with pytest.raises(Empty):
        channel._get("film")
    assert len(list(channel.folder.iterdir())) == 1


@pytest.mark.parametrize("words", ["", '{"number": ', "\0" * 10])
def test_a_message_cut_short_is_passed_over_and_gone(channel, words):
    (channel.folder / f"{0:020d}_a.film.msg").write_text(words)
    channel._put("film", {"number": 1})

    assert channel._get("film") == {"number": 1}
    assert list(channel.folder.iterdir()) == []


def test_an_emptied_broker_is_empty_and_takes_messages_again(channel):
    channel.folder.rmdir()

    with pytest.raises(Empty):
        channel._get("film")
    channel._put("film", {"number": 1})

    assert channel._get("film") == {"number": 1}


def test_without_room_nothing_half_written_stays(channel):
    channel.folder.rmdir()
    channel.folder.write_text("a file where the folder should be")

    with pytest.raises((ChannelError, OSError)):
        channel._put("film", {"number": 1})

    assert [path.name for path in channel.folder.parent.iterdir()].count("messages") == 1


@pytest.mark.parametrize("words", ["", "[["])
def test_a_list_of_listeners_cut_short_is_begun_again(channel, words):
    (channel.control_folder / "film.exchange").write_text(words)

    assert channel.get_table("film") == []
    channel._queue_bind("film", "film", "", "film")

    assert json.loads((channel.control_folder / "film.exchange").read_text()) == [
        ["film", "", "film"]
    ]


@shared_task
def ring(number: int) -> None:
    """Nothing but a bell."""


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_fails_neither_the_page_nor_what_follows(monkeypatch):
    followed = []
    monkeypatch.setattr(ring, "apply_async", lambda *_, **__: 1 / 0)

    with transaction.atomic():
        ring.delay_on_commit(1)
        transaction.on_commit(lambda: followed.append(True))

    assert followed == [True]
