"""The states of a film, the steps between them, and one table of which step leads where."""

from django.db import models

from people.errors import RuleBroken


class State(models.TextChoices):
    """Where a film stands."""

    RECEIVING = "receiving", "arriving"
    RECEIVED = "received", "arrived"
    CHECKING = "checking", "being checked"
    QUEUED = "queued", "waiting its turn"
    ENCODING = "encoding", "being prepared"
    READY = "ready", "ready to watch"
    REJECTED = "rejected", "not accepted"
    FAILED = "failed", "not prepared"
    PURGING = "purging", "being destroyed"
    PURGED = "purged", "destroyed"


class Step(models.TextChoices):
    """What can happen to a film."""

    ARRIVE = "arrive"
    CHECK = "check"
    QUEUE = "queue"
    ENCODE = "encode"
    FINISH = "finish"
    REJECT = "reject"
    FAIL = "fail"
    RETRY = "retry"
    PURGE = "purge"
    PURGED = "purged"


FIRST = State.RECEIVING
FIRST_OF_A_CUT = State.QUEUED

STEPS: dict[tuple[State, Step], State] = {
    (State.RECEIVING, Step.ARRIVE): State.RECEIVED,
    (State.RECEIVED, Step.CHECK): State.CHECKING,
    (State.CHECKING, Step.CHECK): State.CHECKING,
    (State.CHECKING, Step.QUEUE): State.QUEUED,
    (State.CHECKING, Step.REJECT): State.REJECTED,
    (State.CHECKING, Step.FAIL): State.FAILED,
    (State.QUEUED, Step.ENCODE): State.ENCODING,
    (State.QUEUED, Step.REJECT): State.REJECTED,
    (State.ENCODING, Step.ENCODE): State.ENCODING,
    (State.ENCODING, Step.FINISH): State.READY,
    (State.ENCODING, Step.REJECT): State.REJECTED,
    (State.ENCODING, Step.FAIL): State.FAILED,
    (State.FAILED, Step.RETRY): State.RECEIVED,
    (State.FAILED, Step.QUEUE): State.QUEUED,
    (State.FAILED, Step.REJECT): State.REJECTED,
    (State.READY, Step.REJECT): State.REJECTED,
    **{
        (state, Step.PURGE): State.PURGING
        for state in State
        if state not in (State.PURGING, State.PURGED)
    },
    (State.PURGING, Step.PURGED): State.PURGED,
}

GONE = (State.PURGING, State.PURGED)
KEYLESS = (*GONE, State.REJECTED)  # nothing of these can be opened
MOVING = frozenset(
    {State.RECEIVING, State.RECEIVED, State.CHECKING, State.QUEUED, State.ENCODING, State.PURGING}
)


def after(state: State | str, step: Step | str) -> State:
    """The state this step leads to; RuleBroken when the table does not list it."""
    try:
        return STEPS[State(state), Step(step)]
    except KeyError:
        label = State(state).label
        raise RuleBroken(f"This film is {label}, so that cannot be done to it now.") from None
