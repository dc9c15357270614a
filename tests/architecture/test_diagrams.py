"""The drawn states are those of the tables."""

from scripts import state_diagrams


def test_the_diagrams_are_those_of_the_tables():
    assert state_diagrams.PAGE.read_text() == state_diagrams.page(), "run scripts/state_diagrams.py"
