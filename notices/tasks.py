"""Wake-ups for the outbox."""

from celery import shared_task

from notices import outbox


@shared_task(ignore_result=True)
def send_waiting() -> None:
    """Every message whose time has come is sent, once."""
    outbox.send_waiting()


@shared_task(ignore_result=True)
def send_digests() -> None:
    """Everyone who wants one letter a day has it."""
    outbox.send_digests()
