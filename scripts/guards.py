"""Each guard of the house was taken out once, and the authorisation matrix had to turn red.

Prints a line a guard: "noticed" and the address that notices its absence; "behind" when a second
guard stands before it on every page (tests/architecture/test_behind_forms.py asks it directly and
takes it out); or MISSED. The exit code is 0 when none was missed. The guards of the films' fast
lane are taken out one by one, too, and a media address then gives what it must not.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(words: list[str]) -> int:
    """The exit code of the run."""
    files = ["tests/architecture/test_guards.py", "tests/media_review/test_lane.py"]
    wanted = [sys.executable, "-m", "pytest", *files, "-s", *words]
    return subprocess.run(wanted, cwd=ROOT, env={**os.environ, "ATTUNE_GUARDS": "all"}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
