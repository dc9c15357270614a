"""`manage.py keys_check`: which root keys are in use, and whether everything living opens."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from footage import surveying
from footage.surveying import RootUse, Survey


class Command(BaseCommand):
    """Reads and tells; fails when a living key does not open or a dead one does."""

    help = "Say which root keys are in use and whether every living key opens."

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0: all is sound."""
        found = surveying.survey()
        for root in found.roots:
            self.stdout.write(_said(root))
        self.stdout.write(
            f"{found.accounts} organisations' keys, {found.rings} living rings, "
            f"{found.films} films with a key."
        )
        if not found.is_sound:
            raise CommandError("\n".join(_troubles(found)))
        self.stdout.write("Every living key opens, and no destroyed one is back.")


def _said(root: RootUse) -> str:
    place = "current" if root.is_current else "old" if root.is_known else "NOT GIVEN"
    use = f"wraps {root.wraps} keys" if root.wraps else "wraps nothing: it can be taken away"
    return f"Root key {root.id} ({place}) {use if root.wraps or not root.is_current else 'waits'}."


def _troubles(found: Survey) -> list[str]:
    """What is wrong and what to do, without a word that opens anything."""
    said = {
        "rings do not open; give the root key that wrapped them": found.shut_rings,
        "films do not open": found.shut_films,
        "destroyed keys are back from a back-up; run manage.py keys_bury": found.risen,
    }
    return [
        f"{len(ids)} {words}: {', '.join(map(str, ids[:20]))}" for words, ids in said.items() if ids
    ]
