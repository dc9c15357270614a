"""`manage.py keys_bury`: keys that came back with a back-up are destroyed again."""

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from footage import purging
from footage.models import Grave


class Command(BaseCommand):
    """Needed after a restore; the nightly clock does it too."""

    help = "Destroy again what was destroyed: after a back-up of the keys was restored."

    def add_arguments(self, parser: CommandParser) -> None:
        """The list of graves may be kept elsewhere and brought back."""
        parser.add_argument("--list", action="store_true", help="print the graves, a line each")
        parser.add_argument("--from", dest="kept", help="a list printed earlier; - reads it here")

    def handle(self, **options: Any) -> None:
        """No ring in a grave, or in the list that was given, opens anything."""
        if options["list"]:
            for grave in Grave.objects.closed().order_by("dug_at").iterator():
                day = grave.dug_at.isoformat()
                self.stdout.write(f"{grave.ring} {grave.fingerprint or '-'} {day}")
            return
        if options["kept"]:
            lost = purging.dig_again(_rings(options["kept"]))
            self.stdout.write(f"{lost} graves were not known here; their keys are destroyed.")
        self.stdout.write(f"{len(purging.bury_risen())} keys were destroyed again.")


def _rings(name: str) -> list[UUID]:
    """The first word of each line."""
    text = sys.stdin.read() if name == "-" else Path(name).read_text()
    try:
        return [UUID(line.split()[0]) for line in text.splitlines() if line.strip()]
    except ValueError as wrong:
        raise CommandError("This is not a list of graves: nothing was changed.") from wrong
