"""Wake-ups of the room."""

from celery import shared_task

from media_review import retention, sweeping


@shared_task
def tidy_films() -> None:
    """Films without consent, or past their time, are locked and destroyed."""
    retention.tidy()


@shared_task
def end_viewings() -> None:
    """Sittings that went quiet are closed and stand in the ledger."""
    sweeping.end_idle_viewings()
