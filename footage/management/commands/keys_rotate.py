"""`manage.py keys_rotate`: keys are wrapped anew; no film is touched, and none stops playing."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from footage import roots, rotating
from footage.errors import SealBroken

WORDS = {
    "rings_adopted": "rings given to their organisation's key",
    "accounts_rewrapped": "organisations' keys wrapped by the current root key",
    "accounts_renewed": "organisations given a new key",
    "rings_rewrapped": "rings wrapped by their organisation's new key",
    "accounts_retired": "old organisations' keys destroyed",
}


class Command(BaseCommand):
    """Wraps; can be stopped at any moment and run again."""

    help = "Wrap every key by the current root key (and, with --accounts, by new account keys)."

    def add_arguments(self, parser: CommandParser) -> None:
        """What else to do, and whether to do it."""
        parser.add_argument("--accounts", action="store_true", help="new organisations' keys too")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *, accounts: bool, dry_run: bool, **options: Any) -> None:
        """Everything hangs on the current root key, or an error says which key is missing."""
        self.stdout.write(f"The current root key is {roots.current().id}.")
        try:
            made = rotating.rotate(accounts=accounts, dry_run=dry_run, tell=self._tell)
        except SealBroken as broken:
            raise CommandError(f"{broken}. What was wrapped before this stays so.") from None
        for name, count in asdict(made).items():
            if count:
                self.stdout.write(f"{count} {WORDS[name]}{' (not done)' if dry_run else ''}.")
        if not made:
            self.stdout.write("Everything hangs on it already.")

    def _tell(self, name: str, done: int, of: int) -> None:
        """A line now and then."""
        if done % 500 == 0:
            self.stdout.write(f"  {done} of {of} {WORDS[name]}", ending="\n")
            self.stdout.flush()
