"""The faces of a certificate, registered once a process, and the letters they can draw."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts" / "pdf"
TITLE, TITLE_BOLD, TITLE_ITALIC = "Literata", "Literata-SemiBold", "Literata-Italic"
TEXT, TEXT_BOLD = "Atkinson", "Atkinson-Bold"
WORLD = "Literata-World"
FILES = {
    TITLE: "Literata-Regular.ttf",
    TITLE_BOLD: "Literata-SemiBold.ttf",
    TITLE_ITALIC: "Literata-Italic.ttf",
    TEXT: "AtkinsonHyperlegibleNext-Regular.ttf",
    TEXT_BOLD: "AtkinsonHyperlegibleNext-Bold.ttf",
    WORLD: "Literata-World-Regular.ttf",
}
# looked for on the machine when our own faces lack a letter
NEIGHBOURS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
MISSING = "\N{MIDDLE DOT}"
HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


@lru_cache(maxsize=1)
def ready() -> None:
    """Every face of ours is registered, and streams stay binary: a quarter smaller, and faster."""
    rl_config.useA85 = 0
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, FOLDER / file, asciiReadable=0))


@lru_cache(maxsize=1)
def neighbours() -> tuple[str, ...]:
    """The machine's own faces that may help out, registered; often none."""
    found = []
    for path in map(Path, NEIGHBOURS):
        if path.exists():
            pdfmetrics.registerFont(TTFont(path.stem, path, asciiReadable=0))
            found.append(path.stem)
    return tuple(found)


@lru_cache(maxsize=32)
def letters(face: str) -> frozenset[int]:
    """The code points a registered face draws."""
    return frozenset(pdfmetrics.getFont(face).face.charToGlyph)


def written(text: str) -> str:
    """The text on one line, in composed letters, without marks that print nothing."""
    composed = unicodedata.normalize("NFC", text)
    kept = (" " if c.isspace() else c for c in composed if unicodedata.category(c) not in HIDDEN)
    return " ".join("".join(kept).split())


def face_for(text: str, preferred: str) -> str:
    """The preferred face if it can draw every letter, else the first that can, else ours."""
    ready()
    needed = frozenset(map(ord, text)) - {0x20}
    for face in (preferred, WORLD):
        if needed <= letters(face):
            return face
    if not any(_needs_shaping(c) for c in text):
        for face in neighbours():
            if needed <= letters(face):
                return face
    return WORLD


def undrawable(text: str) -> str:
    """The letters of a text that no face here can draw rightly, each once; empty if all is well.

    Scripts that run from the right or join their letters count as undrawable: ReportLab sets them
    in the wrong order. An issuer is told before issuing and writes the name in another script.
    """
    shown = written(text)
    known = letters(face_for(shown, TITLE))
    return "".join(
        dict.fromkeys(c for c in shown if (ord(c) not in known and c != " ") or _needs_shaping(c))
    )


def drawable(text: str, preferred: str) -> tuple[str, str]:
    """The text as it can be printed, and the face to print it in; a lost letter becomes a dot."""
    shown = written(text)
    face = face_for(shown, preferred)
    known = letters(face)
    return "".join(c if ord(c) in known or c == " " else MISSING for c in shown), face


def _needs_shaping(character: str) -> bool:
    if unicodedata.bidirectional(character) in ("R", "AL"):
        return True
    return 0x0900 <= ord(character) <= 0x0DFF or 0x0E00 <= ord(character) <= 0x109F
