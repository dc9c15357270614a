"""Draws docs/reference/states.md from the transition tables of every room's states.py.

python scripts/state_diagrams.py           writes the page
python scripts/state_diagrams.py --check   says whether the page is what would be written
"""

import importlib
import os
import sys
from enum import Enum
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "states.md"
HEAD = """# States

Drawn from the tables in each room's `states.py` by `scripts/state_diagrams.py`; not edited by hand.
A step that is not drawn is refused. Several tables in a room stand one below the other.
"""


def main() -> int:
    """The page is written, or (with --check) 1 when it is not what the tables say."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    words = page()
    if "--check" in sys.argv:
        same = PAGE.exists() and PAGE.read_text() == words
        print("the diagrams are up to date" if same else "run scripts/state_diagrams.py")
        return 0 if same else 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(words)
    print(f"wrote {PAGE.relative_to(ROOT)}")
    return 0


def page() -> str:
    """The whole page, rooms in the order of their names."""
    parts = [HEAD]
    for path in sorted(ROOT.glob("*/states.py")):
        room = path.parent.name
        for name, table in tables_of(importlib.import_module(f"{room}.states")):
            title = room if name == "STEPS" else f"{room}: {name.removesuffix('_STEPS').lower()}"
            parts.append(f"## {title}\n\n```mermaid\n{diagram(table)}\n```\n")
    return "\n".join(parts)


def tables_of(module: Any) -> list[tuple[str, dict[tuple[Enum, Enum], Enum]]]:
    """The transition tables of a module: every dict of (state, step) -> state, by name."""
    return [
        (name, value)
        for name, value in vars(module).items()
        if isinstance(value, dict)
        and value
        and all(isinstance(key, tuple) and len(key) == 2 for key in value)
        and all(isinstance(target, Enum) for target in value.values())
    ]


def diagram(table: dict[tuple[Enum, Enum], Enum]) -> str:
    """A mermaid state diagram: steps between the same two states share an arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for (state, step), target in table.items():
        arrows.setdefault((word(state), word(target)), []).append(word(step))
    targets = {target for source, target in arrows if source != target}
    sources = {source for source, _ in arrows}
    lines = ["stateDiagram-v2"]
    first, *others = ordered(table)
    lines += [f"    [*] --> {start}" for start in (first, *(o for o in others if o not in targets))]
    lines += [f"    {a} --> {b}: {', '.join(steps)}" for (a, b), steps in arrows.items()]
    lines += [f"    {end} --> [*]" for end in sorted(targets - sources)]
    return "\n".join(lines)


def ordered(table: dict[tuple[Enum, Enum], Enum]) -> list[str]:
    """The states in the order the table first names them."""
    return list(dict.fromkeys(word(state) for state, _ in table))


def word(member: Enum) -> str:
    """A member's value without spaces."""
    return str(member.value).replace(" ", "_").replace("-", "_")


if __name__ == "__main__":
    sys.exit(main())
