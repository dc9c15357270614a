"""`manage.py film_health`: how is the room of films?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from footage import health

MARKS = {health.WELL: "well", health.LOOK: "look", health.ACT: "ACT "}


class Command(BaseCommand):
    """Print what the health page shows; exit 1 when something needs a person."""

    help = "Says how the room of films is, and what to do where it is not well."

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each thing, what to do below it, then the queues."""
        lines = health.lines()
        for line in lines:
            self.stdout.write(f"{MARKS[line.state]}  {line.what}: {line.words}")
            if line.todo:
                self.stdout.write(f"      {line.todo}")
        for queue in health.queues():
            counts = f"{queue.waiting} wait, {queue.running} in hand, {queue.lost} lost"
            self.stdout.write(f"      {queue.what}: {counts}")
        needed = [line.what for line in lines if line.state == health.ACT]
        if needed:
            raise CommandError(f"This needs a person: {', '.join(needed)}.")
