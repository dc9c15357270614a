"""Every address of the house: who gets in is written in a table, and nobody else does."""

import pytest

from tests.architecture.authorisation import matrix
from tests.architecture.authorisation.table import lines
from tests.architecture.sources import complain

pytestmark = [pytest.mark.django_db, pytest.mark.walk, pytest.mark.xdist_group("matrix")]


def test_every_address_is_in_a_table():
    faults = matrix.unlisted()

    assert not faults, complain("Addresses that no table names:", faults)


def test_no_table_names_an_address_that_is_gone():
    faults = matrix.outdated()

    assert not faults, complain("Lines without an address:", faults)


@pytest.mark.parametrize("address", [line.label for line in lines()])
def test_everybody_is_answered_as_the_table_says(walked, address):
    faults = walked.faults.get(address, [])

    assert not faults, complain(f"{address}, where answer and table differ:", faults)
