"""The states of a submission, the steps between them, and one table of which step leads where."""

from django.db import models

from people.errors import RuleBroken


class State(models.TextChoices):
    """Where a submission stands."""

    DRAFT = "draft", "being written"
    SUBMITTED = "submitted", "sent"
    IN_REVIEW = "in_review", "being looked at"
    ANSWERED = "answered", "answered"
    CLOSED = "closed", "closed with a reflection"
    WITHDRAWN = "withdrawn", "taken back"
    FILM_EXPIRED = "film_expired", "film gone"


class Step(models.TextChoices):
    """What can happen to a submission."""

    SUBMIT = "submit"
    OPEN = "open"
    ANSWER = "answer"
    REPLY = "reply"
    CLOSE = "close"
    FINISH = "finish"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


STEPS: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
    (State.DRAFT, Step.WITHDRAW): State.WITHDRAWN,
    (State.DRAFT, Step.EXPIRE): State.FILM_EXPIRED,
    (State.SUBMITTED, Step.OPEN): State.IN_REVIEW,
    (State.SUBMITTED, Step.FINISH): State.CLOSED,
    (State.SUBMITTED, Step.WITHDRAW): State.WITHDRAWN,
    (State.SUBMITTED, Step.EXPIRE): State.FILM_EXPIRED,
    (State.IN_REVIEW, Step.ANSWER): State.ANSWERED,
    (State.IN_REVIEW, Step.FINISH): State.CLOSED,
    (State.IN_REVIEW, Step.WITHDRAW): State.WITHDRAWN,
    (State.IN_REVIEW, Step.EXPIRE): State.FILM_EXPIRED,
    (State.ANSWERED, Step.ANSWER): State.ANSWERED,
    (State.ANSWERED, Step.REPLY): State.ANSWERED,
    (State.ANSWERED, Step.CLOSE): State.CLOSED,
}
# Finishing is closing without waiting for an answer: peers of a group owe none, a supervisor does.


class HoldState(models.TextChoices):
    """Where a safeguarding hold stands. Each step that matters is taken by two people."""

    ASKED = "asked", "asked for, waits for a second person"
    IN_FORCE = "in_force", "in force"
    LONGER_ASKED = "longer_asked", "in force, more time asked for"
    LIFT_ASKED = "lift_asked", "in force, its end asked for"
    LIFTED = "lifted", "ended by two people"
    TAKEN_BACK = "taken_back", "taken back before it was confirmed"
    RUN_OUT = "run_out", "ran out"


class HoldStep(models.TextChoices):
    """What can happen to a safeguarding hold."""

    CONFIRM = "confirm"
    TAKE_BACK = "take_back"
    ASK_LONGER = "ask_longer"
    ASK_LIFT = "ask_lift"
    RUN_OUT = "run_out"


HOLD_STEPS: dict[tuple[HoldState, HoldStep], HoldState] = {
    (HoldState.ASKED, HoldStep.CONFIRM): HoldState.IN_FORCE,
    (HoldState.ASKED, HoldStep.TAKE_BACK): HoldState.TAKEN_BACK,
    (HoldState.ASKED, HoldStep.RUN_OUT): HoldState.RUN_OUT,
    (HoldState.IN_FORCE, HoldStep.ASK_LONGER): HoldState.LONGER_ASKED,
    (HoldState.IN_FORCE, HoldStep.ASK_LIFT): HoldState.LIFT_ASKED,
    (HoldState.IN_FORCE, HoldStep.RUN_OUT): HoldState.RUN_OUT,
    (HoldState.LONGER_ASKED, HoldStep.CONFIRM): HoldState.IN_FORCE,
    (HoldState.LONGER_ASKED, HoldStep.TAKE_BACK): HoldState.IN_FORCE,
    (HoldState.LONGER_ASKED, HoldStep.RUN_OUT): HoldState.RUN_OUT,
    (HoldState.LIFT_ASKED, HoldStep.CONFIRM): HoldState.LIFTED,
    (HoldState.LIFT_ASKED, HoldStep.TAKE_BACK): HoldState.IN_FORCE,
    (HoldState.LIFT_ASKED, HoldStep.RUN_OUT): HoldState.RUN_OUT,
}
# While one of these holds, and until its moment, the film is not destroyed by anything.
BINDING = (HoldState.ASKED, HoldState.IN_FORCE, HoldState.LONGER_ASKED, HoldState.LIFT_ASKED)


class LookState(models.TextChoices):
    """Where a blind second look stands."""

    ASKED = "asked", "asked of the guider"
    CODING = "coding", "both are looking"
    DONE = "done", "both have finished"
    ENDED = "ended", "ended before both had finished"


class LookStep(models.TextChoices):
    """What can happen to a blind second look."""

    AGREE = "agree"
    FINISH = "finish"
    END = "end"


LOOK_STEPS: dict[tuple[LookState, LookStep], LookState] = {
    (LookState.ASKED, LookStep.AGREE): LookState.CODING,
    (LookState.ASKED, LookStep.END): LookState.ENDED,
    (LookState.CODING, LookStep.FINISH): LookState.DONE,
    (LookState.CODING, LookStep.END): LookState.ENDED,
}
LOOKING = (LookState.ASKED, LookState.CODING)


class KeepsakeState(models.TextChoices):
    """Where a family's film of special moments stands."""

    DRAFT = "draft", "being put together"
    MAKING = "making", "being made"
    READY = "ready", "ready to hand over"
    HANDED_OVER = "handed_over", "handed over"
    EXPIRED = "expired", "its time was over"
    WITHDRAWN = "withdrawn", "taken back and destroyed"


class KeepsakeStep(models.TextChoices):
    """What can happen to a keepsake."""

    MAKE = "make"
    FINISH = "finish"
    CHANGE = "change"
    HAND_OVER = "hand_over"
    END = "end"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"


KEEPSAKE_STEPS: dict[tuple[KeepsakeState, KeepsakeStep], KeepsakeState] = {
    (KeepsakeState.DRAFT, KeepsakeStep.CHANGE): KeepsakeState.DRAFT,
    (KeepsakeState.DRAFT, KeepsakeStep.MAKE): KeepsakeState.MAKING,
    (KeepsakeState.MAKING, KeepsakeStep.FINISH): KeepsakeState.READY,
    (KeepsakeState.MAKING, KeepsakeStep.CHANGE): KeepsakeState.DRAFT,
    (KeepsakeState.READY, KeepsakeStep.CHANGE): KeepsakeState.DRAFT,
    (KeepsakeState.READY, KeepsakeStep.HAND_OVER): KeepsakeState.HANDED_OVER,
    (KeepsakeState.HANDED_OVER, KeepsakeStep.HAND_OVER): KeepsakeState.HANDED_OVER,
    (KeepsakeState.HANDED_OVER, KeepsakeStep.END): KeepsakeState.READY,
    (KeepsakeState.HANDED_OVER, KeepsakeStep.EXPIRE): KeepsakeState.EXPIRED,
    (KeepsakeState.EXPIRED, KeepsakeStep.CHANGE): KeepsakeState.DRAFT,
    **{
        (state, KeepsakeStep.WITHDRAW): KeepsakeState.WITHDRAWN
        for state in KeepsakeState
        if state != KeepsakeState.WITHDRAWN
    },
}

# What a supervisor may open; a draft and what was taken back are the trainee's alone.
SENT = (State.SUBMITTED, State.IN_REVIEW, State.ANSWERED, State.CLOSED, State.FILM_EXPIRED)
# While one of these holds, the film of the clips can be watched by the supervisor.
SHOWN = (State.SUBMITTED, State.IN_REVIEW, State.ANSWERED, State.CLOSED)
WAITING = (State.SUBMITTED, State.IN_REVIEW)


def after(state: State | str, step: Step | str) -> State:
    """The state this step leads to; RuleBroken when the table does not list it."""
    try:
        return STEPS[State(state), Step(step)]
    except KeyError:
        label = State(state).label
        raise RuleBroken(f"This submission is {label}, so that step is not open now.") from None


def is_open(state: State | str, step: Step | str) -> bool:
    """Can this step be taken from here?"""
    return (State(state), Step(step)) in STEPS


def hold_after(state: HoldState | str, step: HoldStep | str) -> HoldState:
    """The state this step leads a safeguarding hold to; RuleBroken when the table has none."""
    try:
        return HOLD_STEPS[HoldState(state), HoldStep(step)]
    except KeyError:
        label = HoldState(state).label
        raise RuleBroken(f"This hold is {label}, so that step is not open now.") from None


def hold_steps(state: HoldState | str) -> frozenset[HoldStep]:
    """The steps that lead on from here."""
    return frozenset(step for before, step in HOLD_STEPS if before == HoldState(state))


def look_after(state: LookState | str, step: LookStep | str) -> LookState:
    """The state this step leads a blind second look to; RuleBroken when the table has none."""
    try:
        return LOOK_STEPS[LookState(state), LookStep(step)]
    except KeyError:
        label = LookState(state).label
        raise RuleBroken(f"This second look is {label}, so that step is not open now.") from None


def keepsake_after(state: KeepsakeState | str, step: KeepsakeStep | str) -> KeepsakeState:
    """The state this step leads a keepsake to; RuleBroken when the table has none."""
    try:
        return KEEPSAKE_STEPS[KeepsakeState(state), KeepsakeStep(step)]
    except KeyError:
        label = KeepsakeState(state).label
        raise RuleBroken(f"This film is {label}, so that step is not open now.") from None


def keepsake_steps(state: KeepsakeState | str) -> frozenset[KeepsakeStep]:
    """The steps that lead on from here."""
    return frozenset(step for before, step in KEEPSAKE_STEPS if before == KeepsakeState(state))
