"""One table: every listed step leads where it says, every other is refused in words."""

from itertools import product

import pytest

from footage.states import STEPS, State, Step, after
from people.errors import RuleBroken


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_only_listed_steps_are_open(state, step):
    if (state, step) in STEPS:
        assert after(state, step) == STEPS[state, step]
    else:
        with pytest.raises(RuleBroken):
            after(state, step)


def test_everything_can_be_destroyed_once_and_nothing_comes_back():
    assert {state for state in State if (state, Step.PURGE) not in STEPS} == {
        State.PURGING,
        State.PURGED,
    }
    assert not [step for state, step in STEPS if state == State.PURGED]
