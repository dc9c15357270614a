"""The database has every table and, in the demo, its people; quick when nothing is left to do."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.core.management import call_command, get_commands


def main() -> None:
    """Each step says one sentence when it has something to do."""
    django.setup()
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    for alias in settings.DATABASES:
        executor = MigrationExecutor(connections[alias])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            print(f"Making the tables of the {alias} database ({len(waiting)} steps).", flush=True)
            call_command("migrate", database=alias, verbosity=0)
    if "django.core.cache.backends.db.DatabaseCache" in str(settings.CACHES):
        call_command("createcachetable", verbosity=0)
    if getattr(settings, "DEMO", False) and "demo_load" in get_commands():
        call_command("demo_load")


if __name__ == "__main__":
    main()
