"""Every address of Wagtail's editor: shut for everybody who may not edit the course today."""

from typing import Any

import pytest

from tests.architecture.authorisation import editor
from tests.architecture.authorisation.matrix import world_of_one_walk
from tests.architecture.sources import complain

pytestmark = [pytest.mark.django_db, pytest.mark.walk, pytest.mark.xdist_group("editor")]


@pytest.fixture(scope="module")
def found(django_db_setup: None, django_db_blocker: Any) -> dict[str, list[str]]:
    """What was wrong for people outside, and for an editor."""
    with django_db_blocker.unblock(), world_of_one_walk() as world:
        return {
            "outsiders": editor.outsiders_faults(world),
            "editors": editor.editors_faults(world),
        }


@pytest.mark.parametrize("who", ["outsiders", "editors"])
def test_the_editor_is_open_to_editors_alone(found, who):
    assert len(list(editor.paths())) > 150
    assert not found[who], complain(f"The editor, for {who}:", found[who])
