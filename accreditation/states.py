"""States of stages, meetings and supervision sessions: one table each."""

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


class SessionState(StrEnum):
    """Where a supervision session is: it counts once both have confirmed it."""

    PLANNED = "planned"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


class SessionStep(StrEnum):
    """What can happen to a session."""

    CHANGE = "change"
    CANCEL = "cancel"
    HOLD = "hold"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


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
SESSION_STEPS: dict[tuple[SessionState, SessionStep], SessionState] = {
    (SessionState.PLANNED, SessionStep.CHANGE): SessionState.PLANNED,
    (SessionState.PLANNED, SessionStep.CANCEL): SessionState.WITHDRAWN,
    (SessionState.PLANNED, SessionStep.HOLD): SessionState.WAITING,
    (SessionState.WAITING, SessionStep.CONFIRM): SessionState.CONFIRMED,
    (SessionState.WAITING, SessionStep.DISPUTE): SessionState.DISPUTED,
    (SessionState.WAITING, SessionStep.CORRECT): SessionState.WAITING,
    (SessionState.WAITING, SessionStep.WITHDRAW): SessionState.WITHDRAWN,
    (SessionState.DISPUTED, SessionStep.CONFIRM): SessionState.CONFIRMED,
    (SessionState.DISPUTED, SessionStep.CORRECT): SessionState.WAITING,
    (SessionState.DISPUTED, SessionStep.WITHDRAW): SessionState.WITHDRAWN,
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


def session_after(state: SessionState, step: SessionStep) -> SessionState:
    """The state that follows, or RuleBroken."""
    try:
        return SESSION_STEPS[state, step]
    except KeyError:
        words = "confirmed by both" if state == SessionState.CONFIRMED else state
        raise RuleBroken(f"This session is {words}, so it stays as it is.") from None
