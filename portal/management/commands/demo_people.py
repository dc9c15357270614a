"""`manage.py demo_people`: who one can look around as."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.demo.world import cast
from portal.demo.world.ground import PASSWORD


class Command(BaseCommand):
    """Print the demo's people."""

    help = "Prints the demo's people and how to look around as them."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a person."""
        if not settings.DEMO:
            return
        self.stdout.write(
            f"Look around as anybody, without a password: {settings.SITE_ADDRESS}/demo/"
        )
        for part in cast.CAST:
            self.stdout.write(f"  {part.email:26} {part.line}")
        self.stdout.write(f"Or sign in at /account/login/ with the words: {PASSWORD}")
