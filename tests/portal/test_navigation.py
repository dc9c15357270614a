"""Where each kind of person can go."""

import pytest

from people.kinds import Role
from portal.navigation import places
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db
PLACES = {
    Role.TRAINEE: ["Your road", "Cases", "Films", "Course", "Supervision"],
    Role.GUIDER: ["Your road", "Cases", "Films", "Course", "Supervision"],
    Role.TRAINEE_SUPERVISOR: ["Your road", "Cases", "Films", "Course", "Supervision"],
    Role.SUPERVISOR: ["Your road", "Cases", "Films", "Course", "Supervision"],
    Role.NATIONAL_SUPERVISOR: ["Your road", "Cases", "Films", "Course", "Supervision"],
    Role.TRAINER: ["Today", "Course", "Cohorts"],
    Role.OFFICER: ["Today", "Course", "Desk", "House"],
    Role.REGISTRAR: ["Today", "Course", "Desk", "House"],
    Role.SERVICE_MANAGER: ["Today", "Kept films", "Numbers"],
    Role.EDITOR: ["Today", "Course"],
}


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_its_places(role):
    assert [place.label for place in places(actor_of(person(role)), "/")] == PLACES[role]


def test_the_place_one_is_at_is_marked():
    here = [place.label for place in places(actor_of(person()), "/films/new/") if place.is_here]

    assert here == ["Films"]


def test_a_stranger_has_no_places():
    assert places(actor_of(person(None, is_active=False)), "/") == ()
