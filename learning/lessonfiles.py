"""How the written lessons in learning/content become pages: plain text in, the raw blocks out.

A lesson is a text file that anybody can read. `# ` is its title, `Name: words` lines say how long
it takes and what it is about, and every `## Kind: Title` begins a part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

CONTENT = Path(__file__).parent / "content"
HOUSE = UUID("6f0c2f5e-59f4-4d0e-9c57-6a86b5b5a1d2")
KINDS = {
    "Text": "text",
    "Film": "film",
    "Vignette": "vignette",
    "Reflection": "reflection",
    "Knowledge check": "knowledge_check",
    "Practice": "practice_exercise",
}
FIELD = re.compile(r"^(Minutes|In short|Lasts|Takes): (.+)$")
CHOICE = re.compile(r"^- \[(fits|look again)\] (.+)$")


@dataclass(frozen=True, slots=True)
class Written:
    """A course, a day or a lesson as it is written. `welcome` is HTML; `body` raw blocks."""

    slug: str
    title: str
    summary: str
    minutes: int
    welcome: str
    body: tuple[dict[str, Any], ...]


def course(folder: Path = CONTENT) -> Written:
    """The title page of the course."""
    return read(folder / "course.md", "course")


def days(folder: Path = CONTENT) -> Iterator[tuple[Written, tuple[Written, ...]]]:
    """Each day with its lessons, in order of their file names."""
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        lessons = sorted(place.glob("[0-9]*.md"))
        yield (
            read(place / "day.md", place.name),
            tuple(read(path, path.stem.split("-", 1)[1]) for path in lessons),
        )


def read(path: Path, slug: str) -> Written:
    """One file, whole."""
    head, *sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    title, _, rest = head.removeprefix("# ").partition("\n")
    fields, words = _fields(rest)
    return Written(
        slug=slug,
        title=title.strip(),
        summary=fields.get("In short", ""),
        minutes=int(fields.get("Minutes", 12)),
        welcome=html(words),
        body=tuple(_block(slug, section) for section in sections),
    )


def _fields(words: str) -> tuple[dict[str, str], str]:
    fields, rest = {}, []
    for line in words.splitlines():
        found = FIELD.match(line)
        if found:
            fields[found[1]] = found[2].strip()
        else:
            rest.append(line)
    return fields, "\n".join(rest)


def _block(slug: str, section: str) -> dict[str, Any]:
    first, _, rest = section.partition("\n")
    name, _, title = first.partition(": ")
    kind = KINDS[name]
    block_id = uuid5(HOUSE, f"{slug}/{kind}/{title.strip()}")
    fields, words = _fields(rest)
    main, *subs = re.split(r"^### ", words, flags=re.MULTILINE)
    parts = {sub.partition("\n")[0].strip(): sub.partition("\n")[2] for sub in subs}
    value = VALUES[kind](fields, main, parts, block_id)
    return {"type": kind, "id": str(block_id), "value": {"title": title.strip(), **value}}


def _number(words: str) -> int:
    return int(words.split()[0])


def _film(fields: dict[str, str], main: str, parts: dict[str, str], _: UUID) -> dict[str, Any]:
    return {
        "seconds": _number(fields["Lasts"]),
        "about": html(main),
        "look_for": html(parts["What to look for"]),
        "transcript": parts["What is seen and heard"].strip(),
        "film": "",
    }


def _check(_: dict[str, str], main: str, __: dict[str, str], block_id: UUID) -> dict[str, Any]:
    situation, choices = [], []
    for line in main.splitlines():
        found = CHOICE.match(line)
        if found:
            choices.append({"words": found[2].strip(), "fits": found[1] == "fits", "feedback": ""})
        elif choices and line.strip().startswith("> "):
            choices[-1]["feedback"] += line.strip()[2:]
        else:
            situation.append(line)
    rows = [
        {"type": "item", "id": str(uuid5(block_id, str(choice["words"]))), "value": choice}
        for choice in choices
    ]
    # In the file the fitting answer comes first; on the page the order gives nothing away.
    rows.sort(key=lambda row: str(row["id"]))
    return {"situation": html("\n".join(situation)), "choices": rows}


VALUES: dict[str, Any] = {
    "text": lambda fields, main, parts, block_id: {"body": html(main)},
    "film": _film,
    "vignette": lambda fields, main, parts, block_id: {
        "story": html(main),
        "notice": html(parts.get("What do you notice?", "")),
    },
    "reflection": lambda fields, main, parts, block_id: {"prompt": html(main)},
    "knowledge_check": _check,
    "practice_exercise": lambda fields, main, parts, block_id: {
        "minutes": _number(fields["Takes"]),
        "steps": html(main),
    },
}


def html(words: str) -> str:
    """Paragraphs, lists, **strong** and *stressed* words as the editor would store them."""
    return "".join(_paragraph(text) for text in re.split(r"\n\s*\n", words.strip()) if text.strip())


def _paragraph(text: str) -> str:
    lines = text.strip().splitlines()
    for mark, tag in ((r"- ", "ul"), (r"\d+\. ", "ol")):
        if all(re.match(mark, line) for line in lines):
            items = "".join(
                f"<li>{_inline(re.sub(mark, '', line, count=1))}</li>" for line in lines
            )
            return f"<{tag}>{items}</{tag}>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    safe = escape(text, quote=False)
    strong = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe)
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", strong)
