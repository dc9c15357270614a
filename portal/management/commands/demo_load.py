"""`manage.py demo_load`: the demo's people, families and films are there."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo.world import loading

HALF = 3


class Command(BaseCommand):
    """Load the demo once; a second time changes nothing."""

    help = "Loads the demo: invented people, drawn films, everything through the services."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say each step, and how long it took."""
        if not settings.DEMO:
            raise CommandError("This house is not a demo. Set ATTUNE_DEMO=1 in embedded mode.")
        began = time.monotonic()
        try:
            made = loading.load(self.stdout.write)
        except loading.HalfLoaded:
            words = (
                "The demo was stopped while it was being made. `make demo-reset` makes it afresh."
            )
            raise CommandError(words, returncode=HALF) from None
        if made:
            self.stdout.write(f"The demo is ready, in {time.monotonic() - began:.0f} seconds.")
