"""Wake-ups of the room."""

from celery import shared_task

from footage import rounds
from media_review import keepsakes, reminding, retention, sweeping


@shared_task
def tidy_films() -> None:
    """Every minute: withdrawn films are locked, late holds are over, groups know who joined."""
    steps = [reminding.end_holds, reminding.tell_of_joiners, retention.tidy, keepsakes.tidy]
    rounds.each("every minute", steps, lambda step: step())


@shared_task
def end_viewings() -> None:
    """Sittings that went quiet are closed and stand in the ledger."""
    sweeping.end_idle_viewings()


@shared_task
def sweep_films() -> None:
    """Every night: whoever must know is told; films past their time and loose notes go."""
    telling = [reminding.remind, reminding.nudge, reminding.tell_of_leavers]
    ending = [retention.sweep, sweeping.discard_loose_notes]
    rounds.each("every night", [*telling, *ending], lambda step: step())
