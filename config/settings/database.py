"""Two databases: the house, and the keys of the films apart from it."""

from typing import Any
from urllib.parse import unquote, urlparse

from config.settings import env

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


# A destroyed key must not stay behind in a freed page or in the log.
SQLITE_KEYS_OPTIONS = {
    **SQLITE_OPTIONS,
    "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}


def _database(url: str, file_name: str, options: dict[str, Any] = SQLITE_OPTIONS) -> dict[str, Any]:
    """A Django database from an address like postgres://user:word@host:5432/name, else SQLite."""
    if not url:
        env.VAR.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": env.VAR / file_name,
            "OPTIONS": options,
            "CONN_MAX_AGE": 60,  # opening the file and its pragmas costs more than a small page
            "TEST": {"NAME": env.VAR / f"test-{file_name}"},
        }
    parts = urlparse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {
    "default": _database(env.text("ATTUNE_DATABASE_URL"), "attune.sqlite3"),
    "keys": _database(env.text("ATTUNE_KEYS_DATABASE_URL"), "keys.sqlite3", SQLITE_KEYS_OPTIONS),
}
DATABASE_ROUTERS = ["config.routers.KeysRouter"]

REDIS_URL = env.text("ATTUNE_REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}
