"""The house as production would stand: its settings, read in a process of its own."""

import base64
import json
import os
import secrets
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.architecture.sources import ROOT

WANTED = [
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_SSL_REDIRECT",
    "SECURE_PROXY_SSL_HEADER",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SAMESITE",
    "SESSION_COOKIE_DOMAIN",
    "CSRF_COOKIE_DOMAIN",
    "DEBUG",
    "DEMO",
]
TELL = (
    "import json; from django.conf import settings; "
    f"print(json.dumps({{name: getattr(settings, name) for name in {WANTED!r}}}))"
)


def environment(folder: str | Path, **more: str) -> dict[str, str]:
    """What a production house has in its environment, with secrets that live for one test."""
    clean = {name: word for name, word in os.environ.items() if not name.startswith("ATTUNE_")}
    return {
        **clean,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ATTUNE_MODE": "production",
        "ATTUNE_VAR": str(folder),
        "ATTUNE_SECRET_KEY": secrets.token_urlsafe(64),
        "ATTUNE_ROOT_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "ATTUNE_HOSTS": "attune.example",
        "ATTUNE_ADDRESS": "https://attune.example",
        **more,
    }


def ran(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """What this command of the house said under production settings."""
    with TemporaryDirectory(prefix="attune-production-") as folder:
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=environment(folder, **more),
            capture_output=True,
            text=True,
        )


@cache
def settings() -> dict[str, Any]:
    """The settings of production that shape headers and cookies."""
    told = ran("-c", TELL)
    assert told.returncode == 0, told.stderr
    return dict(json.loads(told.stdout.splitlines()[-1]))
