"""The cases that other tests are made of."""

import pytest

from caselogs import queries
from caselogs.kinds import Scope
from tests.caselogs.factories import case, consented_case, cycle, goal

pytestmark = pytest.mark.django_db


def test_a_cycle_counts():
    row = cycle()

    assert [line.counts for line in queries.cycles_for([row.case.guider_id])] == [True]


def test_a_consented_case_covers_what_was_asked():
    row = consented_case()

    covers = [scope for scope in Scope if queries.has_consent(row.pk, scope)]

    assert covers == [Scope.FILMING, Scope.SUPERVISION, Scope.ACCREDITATION]


def test_cases_of_one_guider_have_codes_of_their_own():
    first = case()

    assert case(first.guider).code != first.code


def test_goals_belong_to_a_case():
    row = consented_case()

    assert goal(row).case == row
