"""Notes as a table (CSV) that a spreadsheet opens and calculates nothing of."""

import csv
import io
from collections.abc import Iterable

from media_review.exports.notes import Note, Sheet, plain
from media_review.rules import clock_exact, inert

BOM = "\ufeff"
HEADINGS = (
    "film", "filmed on", "from", "to", "from ms", "to ms", "what", "principles", "who is seen",
    "by", "words",
)  # fmt: skip


def written(sheets: Iterable[Sheet]) -> bytes:
    """Every note of these films, a row each, with the mark by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for sheet in sheets:
        writer.writerows(_row(sheet, note) for note in sheet.notes)
    return (BOM + out.getvalue()).encode()


def _row(sheet: Sheet, note: Note) -> list[str]:
    cells = (
        sheet.title,
        sheet.filmed_on.isoformat(),
        clock_exact(note.start_ms),
        clock_exact(note.end_ms),
        str(note.start_ms),
        str(note.end_ms),
        note.what,
        "; ".join(map(str, note.principles)),
        note.who,
        note.by,
        note.words,
    )
    return [inert(plain(cell)) for cell in cells]
