"""The two tables of films in docs/reference/footage.md say what the tests assert.

With `--run` the hostile files are sent through the house first, and what became of each kind is
printed: how many ended in which way.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs/reference/footage.md"
RUN = [sys.executable, "-m", "pytest", "tests/footage/test_corpus.py", "-q", "-rP", "-k", "every"]


def tables() -> dict[str, list[str]]:
    """The rows of each table, by its name in the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from tests.footage import corpus, phones

    return {
        "phones": [phones.row_of(phone) for phone in phones.PHONES],
        "corpus": [corpus.row_of(kind, len(kind.files)) for kind in corpus.everything()],
    }


def written(page: str, name: str, rows: list[str]) -> str:
    """The page with these rows between the marks of this table, below its heading."""
    between = re.compile(rf"(<!-- {name} -->\n(?:\|.*\n){{2}})(?:\|.*\n)*(?=<!-- end -->)")
    return between.sub(lambda found: found.group(1) + "\n".join(rows) + "\n", page)


def outcomes() -> int:
    """Print how each kind of hostile file ended, and the sum; the exit code of the tests."""
    ran = subprocess.run(RUN, cwd=ROOT, capture_output=True, text=True)
    ends: dict[str, int] = {}
    for found in re.findall(r"^corpus: (.*)$", ran.stdout, re.MULTILINE):
        name, files, ended = json.loads(found)
        print(f"{name:36}{files:5}  " + ", ".join(f"{count} {end}" for end, count in ended.items()))
        for end, count in ended.items():
            ends[end] = ends.get(end, 0) + count
    print(
        f"{'all':36}{sum(ends.values()):5}  " + ", ".join(f"{n} {end}" for end, n in ends.items())
    )
    return ran.returncode


def main() -> int:
    """The page is written anew; with --run, the files are tried too."""
    page = PAGE.read_text()
    for name, rows in tables().items():
        page = written(page, name, rows)
    PAGE.write_text(page)
    return outcomes() if "--run" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
