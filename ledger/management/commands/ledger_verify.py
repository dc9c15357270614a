"""`manage.py ledger_verify`: does the chain hold?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ledger import queries
from ledger.models import Head


class Command(BaseCommand):
    """Say whether every line of the ledger is as it was written; exit 1 when one is not."""

    help = "Finds any edit, deletion or insertion in the ledger."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each fault, or the end of a chain that holds."""
        found = list(queries.faults())
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"The ledger does not hold: {len(found)} fault(s).")
        head = Head.objects.filter(pk=1).first() or Head()
        self.stdout.write(f"The ledger holds: {head.count} lines, last mark {head.mark}.")
