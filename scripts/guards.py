"""Each guard of the house was taken out once, and the authorisation matrix had to turn red.

Prints a line a guard: "noticed" and the address that notices its absence; "behind" when a second
guard stands before it on every page (tests/architecture/test_behind_forms.py asks it directly and
takes it out); or MISSED. The exit code is 0 when none was missed.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(words: list[str]) -> int:
    """The exit code of the run."""
    wanted = [sys.executable, "-m", "pytest", "tests/architecture/test_guards.py", "-s", *words]
    return subprocess.run(wanted, cwd=ROOT, env={**os.environ, "ATTUNE_GUARDS": "all"}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
