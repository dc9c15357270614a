"""The whole suite ran, on SQLite and then on a PostgreSQL of its own; the exit code tells."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup"]
# Each pass leaves out what belongs to the other: locks and races need PostgreSQL, and the browser
# and the machine-wide journeys are driven once.
ON_SQLITE = "not postgres and not browser"
ON_POSTGRES = "not walk"
WITHOUT_CHROMIUM = "not walk and not browser"


def main(words: list[str]) -> int:
    """0 only when both passes are green."""
    from tests.browser import chromium

    os.chdir(ROOT)
    print("The suite on SQLite:", flush=True)
    first = run([*PYTEST, "-m", ON_SQLITE, *words])
    here = chromium() is not None
    if not here:
        print("No Chromium on this machine: the tests marked `browser` are left out.", flush=True)
    print("The suite on PostgreSQL, with locks, races and the browser:", flush=True)
    marked = ON_POSTGRES if here else WITHOUT_CHROMIUM
    second = run([sys.executable, "-m", "tests.postgres", *PYTEST, "-m", marked, *words])
    return first or second


def run(command: list[str]) -> int:
    """The command's exit code."""
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
