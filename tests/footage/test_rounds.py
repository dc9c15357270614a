"""Rounds over many things: one that fails holds nobody up, and is seen."""

import logging
from uuid import uuid4

import pytest
from django.core.cache import cache

from footage import health, purging, rounds, sweeping, tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean():
    cache.delete(rounds.STUMBLED)
    yield
    cache.delete(rounds.STUMBLED)


def half(number):
    """True for an even number; nothing else divides."""
    if number % 2:
        raise ValueError(number)
    return True


def test_one_that_fails_is_logged_and_the_others_go_on(caplog):
    with caplog.at_level(logging.ERROR):
        assert rounds.each("halving", [1, 2, 3, 4], half) == 2

    assert [record.getMessage() for record in caplog.records] == [
        "footage.round_stumbled halving: 1",
        "footage.round_stumbled halving: 3",
    ]
    assert rounds.stumbles() == {"halving": 2}


def test_the_health_page_says_so_until_a_round_went_well():
    def said():
        return next(line for line in health.lines() if line.what == "Rounds")

    rounds.each("halving", [1], half)
    assert (said().state, "1 in halving" in said().words) == (health.ACT, True)

    rounds.each("halving", [2], half)
    assert said().state == health.WELL


def test_whoever_stops_the_worker_stops_the_round():
    def dies(_thing):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rounds.each("halving", [1], dies)


def test_the_sweep_goes_on_after_a_key_that_cannot_be_buried(monkeypatch):
    bad, good, buried = uuid4(), uuid4(), []

    def bury(ring):
        if ring == bad:
            raise OSError("the keys do not answer")
        buried.append(ring)

    monkeypatch.setattr(sweeping, "films_to_wake", lambda: 1 / 0)
    monkeypatch.setattr(sweeping, "rings_to_bury", lambda: [bad, good])
    monkeypatch.setattr(purging, "bury", bury)

    tasks.sweep()

    assert buried == [good]
    assert rounds.stumbles() == {"burying keys": 1, "the sweep": 1}
