"""Every check of the house ran and said what is wrong; the exit code is 0 when nothing is."""

import base64
import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
HOUSE = ["config", "portal", "accreditation", "media_review", "caselogs", "learning"]
HOUSE += ["attunement", "footage", "notices", "people", "ledger", "benchmarks"]


def templates() -> list[str]:
    """Every template that git knows."""
    asked = ["git", "ls-files", "templates/*.html", "*/templates/*.html"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    return found.stdout.split()


def steps() -> dict[str, list[str]]:
    """What is asked, and the command that answers."""
    return {
        "Format": [f"{BIN}/ruff", "format", "--check", "."],
        "Lint": [f"{BIN}/ruff", "check", "."],
        "Walls between rooms and inside them": [f"{BIN}/lint-imports"],
        "Types": [f"{BIN}/mypy", *HOUSE],
        "Templates": [f"{BIN}/djhtml", "--tabwidth", "2", "--check", *templates()],
        "Migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "Production settings": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        "Architecture": [f"{BIN}/pytest", "tests/architecture", "-m", "not walk"],
    }


def production(folder: str) -> dict[str, str]:
    """The environment of a house in production, with secrets that live for one check."""
    return {
        "ATTUNE_MODE": "production",
        "ATTUNE_VAR": folder,
        "ATTUNE_SECRET_KEY": secrets.token_urlsafe(64),
        "ATTUNE_ROOT_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "ATTUNE_HOSTS": "attune.example",
        "ATTUNE_ADDRESS": "https://attune.example",
    }


def main() -> int:
    """How many checks failed, each with its own words above."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="attune-check-") as folder:
        house = {name: word for name, word in os.environ.items() if not name.startswith("ATTUNE_")}
        house["ATTUNE_VAR"] = folder
        for name, command in steps().items():
            more = production(folder) if name.startswith("Production") else {}
            begun = time.monotonic()
            ran = subprocess.run(
                command, cwd=ROOT, env={**house, **more}, capture_output=True, text=True
            )
            took = time.monotonic() - begun
            print(f"{'ok  ' if ran.returncode == 0 else 'FAIL'} {name} ({took:.0f} s)", flush=True)
            if ran.returncode:
                failed.append(name)
                print(ran.stdout + ran.stderr, flush=True)
    print("Everything is in order." if not failed else f"Not in order: {', '.join(failed)}.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
