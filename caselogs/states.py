"""The states of a case, which are the steps of a service's funnel."""

from enum import StrEnum

from people.errors import RuleBroken


class State(StrEnum):
    """Where the work with a family is."""

    REFERRED = "referred"
    APPROACHED = "approached"
    ACCEPTED = "accepted"
    CONSENTED = "consented"
    CLOSED = "closed"


class Step(StrEnum):
    """What can happen to a case."""

    APPROACH = "approach"
    ACCEPT = "accept"
    CONSENT = "consent"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    REOPEN = "reopen"


WORDS: dict[State, str] = {
    State.REFERRED: "Referred",
    State.APPROACHED: "Approached",
    State.ACCEPTED: "Said yes",
    State.CONSENTED: "Working together",
    State.CLOSED: "Closed",
}
STEPS: dict[tuple[State, Step], State] = {
    (State.REFERRED, Step.APPROACH): State.APPROACHED,
    (State.REFERRED, Step.ACCEPT): State.ACCEPTED,
    (State.APPROACHED, Step.ACCEPT): State.ACCEPTED,
    (State.REFERRED, Step.CONSENT): State.CONSENTED,
    (State.APPROACHED, Step.CONSENT): State.CONSENTED,
    (State.ACCEPTED, Step.CONSENT): State.CONSENTED,
    (State.CONSENTED, Step.CONSENT): State.CONSENTED,
    (State.CONSENTED, Step.WITHDRAW): State.ACCEPTED,
    (State.REFERRED, Step.CLOSE): State.CLOSED,
    (State.APPROACHED, Step.CLOSE): State.CLOSED,
    (State.ACCEPTED, Step.CLOSE): State.CLOSED,
    (State.CONSENTED, Step.CLOSE): State.CLOSED,
    (State.CLOSED, Step.WITHDRAW): State.CLOSED,
    (State.CLOSED, Step.REOPEN): State.ACCEPTED,
}


def after(state: State, step: Step) -> State:
    """The state that follows, or RuleBroken."""
    try:
        return STEPS[state, step]
    except KeyError:
        where = WORDS[state].lower()
        raise RuleBroken(
            f"This case stands at “{where}”, so that step is not open now. Nothing was changed."
        ) from None


def open_steps(state: State) -> frozenset[Step]:
    """The steps that lead on from here."""
    return frozenset(step for before, step in STEPS if before == state)
