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
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


STEPS: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
    (State.DRAFT, Step.WITHDRAW): State.WITHDRAWN,
    (State.DRAFT, Step.EXPIRE): State.FILM_EXPIRED,
    (State.SUBMITTED, Step.OPEN): State.IN_REVIEW,
    (State.SUBMITTED, Step.WITHDRAW): State.WITHDRAWN,
    (State.SUBMITTED, Step.EXPIRE): State.FILM_EXPIRED,
    (State.IN_REVIEW, Step.ANSWER): State.ANSWERED,
    (State.IN_REVIEW, Step.WITHDRAW): State.WITHDRAWN,
    (State.IN_REVIEW, Step.EXPIRE): State.FILM_EXPIRED,
    (State.ANSWERED, Step.ANSWER): State.ANSWERED,
    (State.ANSWERED, Step.REPLY): State.ANSWERED,
    (State.ANSWERED, Step.CLOSE): State.CLOSED,
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
