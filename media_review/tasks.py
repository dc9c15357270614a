"""Wake-ups of the room."""

from celery import shared_task

from media_review import retention


@shared_task
def tidy_films() -> None:
    """Films without consent, or past their time, are locked and destroyed."""
    retention.tidy()
