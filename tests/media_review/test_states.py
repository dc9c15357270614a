"""Every step from every state."""

from itertools import product

import pytest

from media_review.states import STEPS, State, Step, after, is_open
from people.errors import RuleBroken


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_only_listed_steps_are_open(state, step):
    if (state, step) in STEPS:
        assert after(state, step) == STEPS[state, step]
        assert is_open(state, step)
    else:
        assert not is_open(state, step)
        with pytest.raises(RuleBroken, match="so that step is not open now"):
            after(state, step)


def test_every_state_can_be_reached():
    assert {*STEPS.values(), State.DRAFT} == set(State)


@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN, State.FILM_EXPIRED])
def test_an_end_is_an_end(state):
    assert not [step for step in Step if is_open(state, step)]
