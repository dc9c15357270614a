"""The people that other tests are made of."""

import pytest

from people.factors import SHOWN
from people.kinds import Role
from tests.people.factories import actor_of, organisation, person, signed_in, tied

pytestmark = pytest.mark.django_db


def test_a_person_holds_the_role_there():
    service = organisation()

    actor = actor_of(person(Role.TRAINEE, service))

    assert [(grant.role, grant.organisation_id) for grant in actor.grants] == [
        (Role.TRAINEE, service.pk)
    ]


def test_a_tie_shows_on_both_sides():
    ruth, maya = person(Role.SUPERVISOR), person()

    tied(ruth, maya)

    assert actor_of(ruth).supervisee_ids == {maya.pk}
    assert actor_of(maya).supervisor_ids == {ruth.pk}


def test_signed_in_has_shown_a_second_factor():
    maya = person()

    assert signed_in(maya).session[SHOWN]
