"""Words below a film, drawn by us as one picture: raw RGB, in our own typeface.

The film's program never reads the words: they come as dots.
"""

from PIL import Image, ImageDraw

from footage import cards

PAPER, INK = (20, 32, 31), (244, 247, 245)
TYPEFACE = cards.FOLDER / "AtkinsonHyperlegibleNext-Regular.ttf"
LINE, AROUND = 1.3, 0.6  # of the letters' size
SMALLEST = 18


def band(text: str, width: int) -> tuple[bytes, int]:
    """The picture, three bytes a dot, and its height: as wide as the film, of even height."""
    words = cards.clean(text)
    face = TYPEFACE if set(map(ord, words)) <= cards.signs(TYPEFACE) else cards.face_for(words)
    font = cards.letters(
        str(face), max(SMALLEST, round(width * (0.033 if width >= 900 else 0.045)))
    )
    lines = cards.lines_of(words, font, width * 0.92)
    step = font.size * LINE
    height = round(step * len(lines) + 2 * AROUND * font.size) // 2 * 2
    picture = Image.new("RGB", (width, height), PAPER)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        middle = (width / 2, AROUND * font.size + step * (number + 0.5))
        pen.text(middle, line, font=font, fill=INK, anchor="mm")
    return picture.tobytes(), height
