"""Tables made once: a SQLite test database is copied from the last one with the same migrations."""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.db import connection

KEPT = Path(__file__).resolve().parents[1] / ".pytest_cache" / "tables"


def recipe() -> str:
    """A name for exactly these migrations, of every app in their order."""
    taste = hashlib.sha256()
    for app in apps.get_app_configs():
        found = find_spec(f"{app.name}.migrations")
        for folder in (found.submodule_search_locations or []) if found else []:
            for path in sorted(Path(folder).glob("*.py")):
                taste.update(path.name.encode() + path.read_bytes())
    return taste.hexdigest()[:20]


def lend(place: str, vendor: str = "sqlite") -> bool:
    """True when a SQLite database with all its tables lies in this place now."""
    kept = KEPT / recipe()
    if vendor != "sqlite" or not kept.exists():
        return False
    shutil.copy(kept, place)
    return True


def keep(place: str, vendor: str = "sqlite") -> None:
    """The fresh database is remembered for the next run; older ones are forgotten."""
    if vendor != "sqlite":
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in sorted(KEPT.iterdir(), key=lambda path: path.stat().st_mtime)[:-3]:
        old.unlink(missing_ok=True)
    fresh = KEPT / f"{recipe()}-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(place)) as database:
        database.execute("VACUUM INTO ?", [str(fresh)])
    fresh.replace(KEPT / recipe())


def empty_around_triggers() -> None:
    """SQLite tables can be emptied between tests though triggers keep their rows for ever."""
    if connection.vendor != "sqlite":
        return
    ops = type(connection.ops)
    empty = ops.execute_sql_flush

    def emptied(self, sql_list):  # type: ignore[no-untyped-def]
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            empty(self, sql_list)
            for _, sql in triggers:
                cursor.execute(sql)

    if empty.__name__ != "emptied":
        ops.execute_sql_flush = emptied
