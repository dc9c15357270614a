"""The database has every table and, in the demo, its people; quick when nothing is left to do."""

import io
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.core.management import CommandError, call_command, get_commands

from config.supervisor import PEOPLE


class Steps(io.StringIO):
    """Takes the words of `migrate` and draws how far it is instead of them."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self.total, self.done = total, 0

    def write(self, words: str) -> int:
        """One step further for every migration that is in place."""
        self.done += words.count(" OK")
        if sys.stdout.isatty() and self.done:
            filled = 30 * self.done // self.total
            bar = "#" * filled + "." * (30 - filled)
            end = "\n" if self.done == self.total else ""
            print(f"\r  [{bar}] {self.done} of {self.total}", end=end, flush=True)
        return len(words)


def rooms_of(alias: str) -> list[str]:
    """The only rooms with tables in this database, or none when it holds all the others."""
    from config.routers import KEY_MODELS, KEYS

    return sorted({room for room, _ in KEY_MODELS}) if alias == KEYS else []


def main() -> None:
    """Each step says one sentence when it has something to do."""
    django.setup()
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    refuse_a_demo(wanted=settings.PRODUCTION)
    for alias in settings.DATABASES:
        rooms = rooms_of(alias)
        executor = MigrationExecutor(connections[alias])
        wanted = [
            leaf for leaf in executor.loader.graph.leaf_nodes() if not rooms or leaf[0] in rooms
        ]
        waiting = executor.migration_plan(wanted)
        if waiting:
            print(f"Making the tables of the {alias} database ({len(waiting)} steps).", flush=True)
            for words in [[room] for room in rooms] or [[]]:
                steps = Steps(len(waiting))
                call_command("migrate", *words, database=alias, stdout=steps, no_color=True)
    if "django.core.cache.backends.db.DatabaseCache" in str(settings.CACHES):
        call_command("createcachetable", verbosity=0)
    for planting in ("plant", "course_plant"):  # each leaves alone what stands already
        if planting in get_commands():
            call_command(planting, stdout=io.StringIO())
    load_demo(settings.VAR / PEOPLE, wanted=settings.DEMO)


def refuse_a_demo(*, wanted: bool) -> None:
    """Production does not start on a database that was a demo (portal/checks.py says why)."""
    from django.core.management.base import SystemCheckError

    if not wanted:
        return
    try:
        call_command("check", tags=["database"], databases=["default"], stdout=io.StringIO())
    except SystemCheckError as refused:
        sys.exit(str(refused))


def load_demo(people: Path, *, wanted: bool) -> None:
    """The demo is there, and the words about who may sign in lie where the supervisor looks."""
    people.unlink(missing_ok=True)
    if wanted and "demo_load" in get_commands():
        try:
            call_command("demo_load")
        except CommandError as refused:
            print(refused, flush=True)
            sys.exit(refused.returncode)
    if wanted and "demo_people" in get_commands():
        with people.open("w") as out:
            call_command("demo_people", stdout=out)


if __name__ == "__main__":
    main()
