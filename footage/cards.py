"""Words on a quiet background, drawn by us as one picture: raw RGB for a film to hold.

No program reads the words as anything but words: they are drawn here, in our own fonts, in the
direction in which they are read.
"""

import unicodedata
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase.ttfonts import TTFontFile

PAPER, INK, SOFT = (247, 241, 230), (29, 43, 42), (15, 106, 98)
FOLDER = Path(__file__).resolve().parents[1] / "static" / "fonts" / "pdf"
FONTS = ("Literata-Regular.ttf", "Literata-World-Regular.ttf")
ELSEWHERE = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansBengali-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansGurmukhi-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf",
)
SIZES = (72, 60, 50, 42, 34)  # of letters, for a picture of 1280 x 720
UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs"}


def drawn(text: str, width: int, height: int) -> bytes:
    """The picture, three bytes a dot, with the words in its middle."""
    picture = Image.new("RGB", (width, height), PAPER)
    pen = ImageDraw.Draw(picture)
    words = clean(text)
    scale = min(width / 1280, height / 720, 1.0) if width > height else width / 900
    for size in SIZES:
        font = letters(str(face_for(words)), max(14, round(size * scale)))
        lines = lines_of(words, font, width * 0.78)
        tall = font.size * 1.45 * len(lines)
        if tall <= height * 0.7:
            break
    top = (height - tall) / 2
    for number, line in enumerate(lines):
        place = (width / 2, top + font.size * 1.45 * (number + 0.5))
        pen.text(place, line, font=font, fill=INK, anchor="mm")
    _mark(pen, width / 2, min(height - 40, top + tall + font.size))
    return picture.tobytes()


def clean(text: str) -> str:
    """The words on one line, without what cannot be seen."""
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in UNSEEN)
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def unknown(text: str) -> str:
    """The signs that no one of our fonts can draw together with the others."""
    words = clean(text)
    return "".join(dict.fromkeys(c for c in words if ord(c) not in signs(face_for(words))))


def face_for(words: str) -> Path:
    """The first font that has every sign, else the one that has most."""
    wanted = set(map(ord, words))
    return max(_faces(), key=lambda face: len(wanted & signs(face)))


@cache
def _faces() -> tuple[Path, ...]:
    ours = [FOLDER / name for name in FONTS]
    return (*ours, *(path for path in map(Path, ELSEWHERE) if path.exists()))


@cache
def signs(face: Path) -> frozenset[int]:
    """The signs that this font can draw."""
    return frozenset(TTFontFile(str(face)).charToGlyph)


@cache
def letters(face: str, size: int) -> ImageFont.FreeTypeFont:
    """The font at this size (dots)."""
    return ImageFont.truetype(face, size)


def lines_of(words: str, font: ImageFont.FreeTypeFont, wide: float) -> list[str]:
    """Broken between words; a word that is too long is broken inside."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= wide:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for sign in word:
            if lines[-1] and font.getlength(lines[-1] + sign) > wide:
                lines.append("")
            lines[-1] += sign
    return lines


def _mark(pen: ImageDraw.ImageDraw, middle: float, top: float) -> None:
    """Two short lines side by side, in step."""
    for offset in (0, 10):
        pen.line([(middle - 36, top + offset), (middle + 36, top + offset)], fill=SOFT, width=3)
