"""Wake-ups of the room."""

from celery import shared_task

from media_review import reminding, retention, sweeping


@shared_task
def tidy_films() -> None:
    """Every minute: films whose family withdrew are locked, and holds that ran out are over."""
    reminding.end_holds()
    retention.tidy()


@shared_task
def end_viewings() -> None:
    """Sittings that went quiet are closed and stand in the ledger."""
    sweeping.end_idle_viewings()


@shared_task
def sweep_films() -> None:
    """Every night: films past their time are destroyed, and whoever must know is told."""
    retention.sweep()
    reminding.remind()
    reminding.nudge()
    reminding.tell_of_leavers()
