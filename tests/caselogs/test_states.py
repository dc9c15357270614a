"""The states of a case and every step between them."""

from itertools import product

import pytest

from caselogs.states import STEPS, WORDS, State, Step, after, open_steps
from people.errors import RuleBroken


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_only_listed_steps_are_open(state, step):
    if (state, step) in STEPS:
        assert after(state, step) == STEPS[state, step]
        assert step in open_steps(state)
    else:
        assert step not in open_steps(state)
        with pytest.raises(RuleBroken, match=WORDS[state].lower()):
            after(state, step)


def test_every_state_can_be_reached():
    assert {State.REFERRED} | set(STEPS.values()) == set(State)


def test_every_state_has_its_words():
    assert set(WORDS) == set(State)
