"""Take one guard out, and the matrix turns red: no rule of access stands untested.

A sample is tried in every run; `python scripts/guards.py` tries them all and says which address
notices each.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.architecture.authorisation import guards
from tests.architecture.authorisation.behind import REFUSED
from tests.architecture.authorisation.matrix import world_of_one_walk
from tests.architecture.authorisation.things import World
from tests.architecture.sources import complain

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.walk,
    pytest.mark.slow,
    pytest.mark.xdist_group("guards"),
]
SAMPLE = (
    "people.models.people.UserQuerySet.run_by",
    "caselogs.permissions.may_write",
    "media_review.permissions.may_answer",
    "accreditation.permissions.may_decide",
)
# Narrowing that no page misses, each with its reason.
HARMLESS = {
    "learning.models.progress.OwnQuerySet.visible_to": "no page asks it: reads go by user id",
    "media_review.models.submissions.SubmittedClipQuerySet.shown_to": "see test_behind_forms.py",
    "accreditation.models.hour.HourNoteQuerySet.visible_to": "see test_hours.py: notes of the two",
    "media_review.models.submissions.SubmittedClipQuerySet.shared_with": "see shown_to",
    "media_review.models.ratings.RatingQuerySet.visible_to": "see test_ratings.py: when, not who",
    "media_review.models.submissions.CommentQuerySet.drafts_of": "one supervisor writes drafts",
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world of the matrix, gone after this file."""
    with django_db_blocker.unblock(), world_of_one_walk() as built:
        yield built


@pytest.mark.skipif(os.environ.get("ATTUNE_GUARDS") == "all", reason="all of them are tried")
@pytest.mark.parametrize("label", SAMPLE)
def test_the_matrix_notices_that_a_guard_is_gone(world, label):
    guard = next(each for each in guards.guards() if each.label == label)
    room = label.partition(".")[0]
    names = {line.label for line in guards.lines() if line.room == room}

    assert guards.noticed(world, guard, names), f"Nothing in the matrix misses {label}."


@pytest.mark.skipif(os.environ.get("ATTUNE_GUARDS") != "all", reason="scripts/guards.py does")
def test_the_matrix_notices_every_guard_that_is_gone(world):
    every = guards.guards()
    asked = guards.asked_by(world, every)
    missed = []
    for guard in every:
        found = guards.noticed(world, guard, asked[guard])
        print(f"{_word(guard, found)} {guard.label}: ", end="")
        print(found[0] if found else f"asked by {', '.join(sorted(asked[guard])) or 'no page'}")
        if not found and guard.label not in {*REFUSED, *HARMLESS}:
            missed.append(guard.label)

    assert not missed, complain("Guards that nothing misses:", missed)


def _word(guard: guards.Guard, found: list[str]) -> str:
    if found:
        return "noticed"
    return "behind " if guard.label in REFUSED else "MISSED "
