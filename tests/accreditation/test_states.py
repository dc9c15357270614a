"""Only what stands in the tables is open."""

from itertools import product

import pytest

from accreditation import states
from people.errors import RuleBroken

TABLES = [
    (states.StageState, states.StageStep, states.STAGE_STEPS, states.stage_after),
    (states.MeetingState, states.MeetingStep, states.MEETING_STEPS, states.meeting_after),
    (states.SessionState, states.SessionStep, states.SESSION_STEPS, states.session_after),
]
CASES = [
    (table, after, state, step)
    for state_kind, step_kind, table, after in TABLES
    for state, step in product(state_kind, step_kind)
]


@pytest.mark.parametrize(("table", "after", "state", "step"), CASES)
def test_only_listed_steps_are_open(table, after, state, step):
    if (state, step) in table:
        assert after(state, step) == table[state, step]
    else:
        with pytest.raises(RuleBroken):
            after(state, step)
