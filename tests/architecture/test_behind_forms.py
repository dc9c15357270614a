"""Guards that stand behind a form which would not offer the thing at all: asked directly."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from media_review.models import Clip
from tests.architecture.authorisation.asking import undone
from tests.architecture.authorisation.behind import REFUSED
from tests.architecture.authorisation.guards import guards, without
from tests.architecture.authorisation.matrix import world_of_one_walk
from tests.architecture.authorisation.things import World

SHOWN_TO = "media_review.models.submissions.SubmittedClipQuerySet.shown_to"
pytestmark = [pytest.mark.django_db, pytest.mark.walk, pytest.mark.xdist_group("behind")]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world of the matrix, gone after this file."""
    with django_db_blocker.unblock(), world_of_one_walk() as built:
        yield built


@pytest.mark.parametrize("label", REFUSED)
def test_the_service_itself_refuses(world, label):
    with undone(), pytest.raises(PermissionDenied):
        REFUSED[label](world)


@pytest.mark.parametrize("label", REFUSED)
def test_it_is_this_very_guard_that_refuses(world, label):
    guard = next(each for each in guards() if each.label == label)

    with undone(), without(guard):
        REFUSED[label](world)


def test_a_clip_in_a_draft_is_seen_by_its_guider_alone(world):
    clips = Clip.objects.filter(pk=world.rows["drafted_clip"].pk)
    guard = next(each for each in guards() if each.label == SHOWN_TO)

    assert clips.visible_to(world.actor("trainee")).exists()
    assert not clips.visible_to(world.actor("supervisor")).exists()
    with without(guard):
        assert clips.visible_to(world.actor("supervisor")).exists()
