"""States of stages and meetings: one table each."""

from enum import StrEnum

from people.errors import RuleBroken


class StageState(StrEnum):
    """Where a trainee is in one stage."""

    OPEN = "open"
    MEETING = "meeting"
    CLOSED = "closed"


class StageStep(StrEnum):
    """What can happen to a stage."""

    PLAN_MEETING = "plan_meeting"
    CANCEL_MEETING = "cancel_meeting"
    PROGRESS = "progress"
    CONTINUE = "continue"
    DEFER = "defer"


class MeetingState(StrEnum):
    """Where a stage meeting is."""

    PLANNED = "planned"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class MeetingStep(StrEnum):
    """What can happen to a meeting."""

    DECIDE = "decide"
    CANCEL = "cancel"


STAGE_STEPS: dict[tuple[StageState, StageStep], StageState] = {
    (StageState.OPEN, StageStep.PLAN_MEETING): StageState.MEETING,
    (StageState.MEETING, StageStep.CANCEL_MEETING): StageState.OPEN,
    (StageState.MEETING, StageStep.PROGRESS): StageState.CLOSED,
    (StageState.MEETING, StageStep.CONTINUE): StageState.OPEN,
    (StageState.MEETING, StageStep.DEFER): StageState.OPEN,
}
MEETING_STEPS: dict[tuple[MeetingState, MeetingStep], MeetingState] = {
    (MeetingState.PLANNED, MeetingStep.DECIDE): MeetingState.DECIDED,
    (MeetingState.PLANNED, MeetingStep.CANCEL): MeetingState.CANCELLED,
}


def stage_after(state: StageState, step: StageStep) -> StageState:
    """The state that follows, or RuleBroken."""
    try:
        return STAGE_STEPS[state, step]
    except KeyError:
        raise RuleBroken(f"The stage is {state}, so that step is not open now.") from None


def meeting_after(state: MeetingState, step: MeetingStep) -> MeetingState:
    """The state that follows, or RuleBroken."""
    try:
        return MEETING_STEPS[state, step]
    except KeyError:
        raise RuleBroken(
            f"This meeting is already {state}. Nothing was changed by this second try."
        ) from None
