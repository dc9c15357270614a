"""Attune runs: the database is up to date, the demo is loaded, every process is started.

usage: run.py [--reset]   (--reset throws the demo's data away first and then only loads it)
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from config import supervisor  # noqa: E402

HALF_A_DEMO = 3


def main(reset: bool) -> int:
    """The exit code of the house; 0 when it was stopped on purpose."""
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if os.environ.get("ATTUNE_MODE", "embedded") == "embedded":
        os.environ.setdefault("ATTUNE_DEMO", "1")
    var = Path(os.environ.setdefault("ATTUNE_VAR", str(ROOT / "var")))
    with supervisor.only_one(var):
        if reset:
            throw_away(var)
        prepared = subprocess.run([sys.executable, "scripts/ready.py"], check=False)
        if prepared.returncode == HALF_A_DEMO:
            throw_away(var)
            prepared = subprocess.run([sys.executable, "scripts/ready.py"], check=False)
        if prepared.returncode or reset:
            return prepared.returncode
        return supervisor.main(var)


def throw_away(var: Path) -> None:
    """Nothing of the embedded house is left, except the lock that we hold."""
    if os.environ.get("ATTUNE_MODE", "embedded") != "embedded":
        sys.exit("Only the embedded demo can be thrown away, never a production house.")
    others = {path.name for path in var.iterdir()} - {supervisor.LOCK}
    if os.environ.get("ATTUNE_DATABASE_URL") or (others and "secret-key" not in others):
        sys.exit(f"{var} does not look like the data of an embedded demo; nothing was touched.")
    print(f"Throwing the demo's data in {var} away.", flush=True)
    for path in var.iterdir():
        if path.name == supervisor.LOCK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


if __name__ == "__main__":
    sys.exit(main(reset="--reset" in sys.argv[1:]))
