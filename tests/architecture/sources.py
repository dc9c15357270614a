"""What the house is made of: its files, read once."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [
    "portal",
    "accreditation",
    "media_review",
    "caselogs",
    "learning",
    "attunement",
    "footage",
    "notices",
    "people",
    "ledger",
]
HOUSE = [*ROOMS, "config", "scripts", "benchmarks"]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(*patterns: str) -> list[Path]:
    """Every file of the repository that git knows or would take in, for these patterns."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in sorted(set(found.splitlines())) if (ROOT / line).is_file()]


@cache
def modules() -> list[Path]:
    """Every module of the house; neither tests nor migrations."""
    found = files(*(f"{room}/*.py" for room in HOUSE), "manage.py")
    return [path for path in found if "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    """The module as Python reads it."""
    return ast.parse(path.read_text(), filename=str(path))


def functions(path: Path) -> list[Function]:
    """Every function of a module, however deep."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, Function)]


def place(path: Path, line: int | None = None) -> str:
    """Where something stands, as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))


def part(path: Path) -> str:
    """Which file of its room this is: `services` for services.py and for services/clips.py."""
    inside = path.relative_to(ROOT).parts[1:]
    return inside[0].removesuffix(".py") if inside else path.stem


def templates() -> list[Path]:
    """Every template of the house."""
    return files("templates/*.html", "templates/*.txt", "templates/*.xml", "*/templates/*.html")


def complain(what: str, faults: list[str]) -> str:
    """A message that names every fault on a line of its own."""
    return "\n".join([what, *(f"  {fault}" for fault in faults)])
