"""Hostile words in every form and every question: kept as typed or refused, and shown inert."""

from typing import Any

import pytest

from tests.architecture.authorisation import hostile
from tests.architecture.authorisation.matrix import world_of_one_walk
from tests.architecture.sources import complain

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.walk,
    pytest.mark.slow,
    pytest.mark.xdist_group("hostile"),
]


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: Any) -> dict[str, dict[str, list[str]]]:
    """What was wrong, by address: with forms, questions in the address line, and JSON."""
    with django_db_blocker.unblock(), world_of_one_walk() as world:
        return {
            "forms": hostile.told(world),
            "questions": hostile.asked(world),
            "messages": hostile.kept(world),
        }


@pytest.mark.parametrize("kind", ["forms", "questions", "messages"])
def test_hostile_words_harm_nothing(answers, kind):
    faults = [f"{name}: {fault}" for name, found in answers[kind].items() for fault in found]

    assert len(answers[kind]) >= 3
    assert not faults, complain(f"Hostile words in {kind}:", faults)
