"""Runs every bench, or those named, each in a process and on a database of its own.

usage: python -m benchmarks [NAME...]   (ATTUNE_BENCH_ROUNDS=5; exit code 1 when a bar is missed)
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HARNESS = {
    "__init__",
    "__main__",
    "measure",
    "pages",
    "one",
    "range_servers",
    "roster",
    "long_film",
}
HEAD = f"{'bench':<34} {'floor':>10} {'ours':>10}  {'ratio (min-max)':<20} {'bar':>6}"
HEAD += f"  {'bytes':>7}  queries"


def benches(named: list[str]) -> list[str]:
    """The files of the benches, in order; a wrong name is refused with the right ones."""
    there = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    there = [name for name in there if name not in HARNESS]
    if wrong := set(named) - set(there):
        sys.exit(f"No bench is called {', '.join(wrong)}. There are: {', '.join(there)}.")
    return named or there


def environment(folder: Path) -> dict[str, str]:
    """An embedded house of its own, unless a database is named on purpose."""
    kept = ("ATTUNE_BENCH", "ATTUNE_DATABASE_URL", "ATTUNE_KEYS_DATABASE_URL", "ATTUNE_FF")
    env = {
        name: word
        for name, word in os.environ.items()
        if not name.startswith("ATTUNE_") or name.startswith(kept)
    }
    return {
        **env,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ATTUNE_VAR": str(folder),
        "ATTUNE_BROKER_URL": "memory://",
        "ATTUNE_MAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "ATTUNE_LOG_LEVEL": "WARNING",
    }


def row(told: dict) -> str:
    """One line of the table, its notes below it."""
    if "missing" in told:
        return f"{told['name']:<34} left out: {told['missing']}"
    ratio = f"{told['ratio']:.2f} ({told['least']:.2f}-{told['most']:.2f})"
    bar = f"{told['bar']:.2f}" if told["bar"] else "-"
    queries = f"{told['queries']}" + (f" of {told['allowed']}" if told["allowed"] else "")
    line = (
        f"{told['name']:<34} {told['floor']:>7.2f} ms {told['ours']:>7.2f} ms  {ratio:<20} "
        f"{bar:>6}  {told['bytes']:>7}  {queries:<9} {'' if told['good'] else 'MISSED'}"
    )
    return "\n".join([line, *(f"    {note}" for note in told["notes"])])


def main(named: list[str]) -> int:
    """How many benches missed their bar or broke."""
    os.chdir(ROOT)
    missed = 0
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as name:
        fresh = Path(name) / "fresh"
        print("Making the tables (about twenty seconds).", flush=True)
        ready = [sys.executable, "scripts/ready.py"]
        subprocess.run(ready, env=environment(fresh), stdout=subprocess.DEVNULL, check=True)
        print(HEAD, flush=True)
        for bench in benches(named):
            folder = Path(name) / bench
            shutil.copytree(fresh, folder)
            missed += run(bench, folder)
    print("CPU time of the whole process tree per unit of work, unless a note says otherwise.")
    print("Ratios are made within one round.")
    return 1 if missed else 0


def run(bench: str, folder: Path) -> int:
    """How many lines of this bench are not as they should be."""
    command = [sys.executable, "-m", "benchmarks.one", bench]
    ran = subprocess.run(command, env=environment(folder), capture_output=True, text=True)
    lines = [line for line in ran.stdout.splitlines() if line.startswith("{")]
    for told in map(json.loads, lines):
        print(row(told), flush=True)
    if ran.returncode:
        print(f"{bench} broke:\n{ran.stderr[-3000:]}", flush=True)
    return (ran.returncode != 0) + sum(not json.loads(line)["good"] for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
