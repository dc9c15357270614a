"""The bell that wakes the workers; what is to be done stands in the database."""

import os
import signal
from typing import Any

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.signals import worker_process_init, worker_ready
from django.conf import settings
from django.db import transaction

import config.broker  # noqa: F401  (the folder as broker, as this house wants it)
from config.supervisor import die_with, leave_no_core


class WakeUp(DjangoTask):
    """A message whose loss costs time and nothing else."""

    abstract = True

    def delay_on_commit(self, *args: Any, **facts: Any) -> None:
        """Sent after the commit; a broker that is away is noted, and the sweep does it later."""
        # a lambda: when it fails, Django wants to log its name, which a partial has not
        transaction.on_commit(lambda: self.delay(*args, **facts), robust=True)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
leave_no_core()
app = Celery("attune", task_cls=WakeUp)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def leave_no_orphan(**_facts: object) -> None:
    """A process of the pool dies with its worker, even when that one is killed outright."""
    die_with(os.getppid(), signal.SIGKILL)


@worker_ready.connect
def sweep_at_once(**_facts: object) -> None:
    """Whoever begins to work looks for what was lost, even while the clock stands still.

    Once more when the lease of the one who may have died before us has run out.
    """
    app.send_task("footage.tasks.sweep")
    app.send_task("footage.tasks.sweep", countdown=settings.FILM_LEASE_SECONDS + 1)
