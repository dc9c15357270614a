"""The bell that wakes the workers; what is to be done stands in the database."""

import os
import signal

from celery import Celery
from celery.signals import worker_process_init

from config.supervisor import die_with

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("attune")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def leave_no_orphan(**_facts: object) -> None:
    """A process of the pool dies with its worker, even when that one is killed outright."""
    die_with(os.getppid(), signal.SIGKILL)
