"""Notes as an ELAN document (.eaf, format 3.0 of the Max Planck Institute for Psycholinguistics).

A tier a principle, and one for what carries none. Annotations of one tier may not overlap in ELAN,
so a note that does goes to a further tier of the same name with a number. The film is named, by a
relative name, and never enclosed.
"""

from collections.abc import Iterable
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from media_review.exports.notes import Note, Sheet, plain

SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
KIND = "note"
LOOSE = "No principle"
Tier = tuple[str, list[Note]]


def written(sheet: Sheet, now: datetime) -> bytes:
    """The notes of this film as a document that ELAN opens; `now` says when it was written."""
    root = Element(
        "ANNOTATION_DOCUMENT",
        {
            "AUTHOR": "Attune",
            "DATE": now.replace(microsecond=0).isoformat(),
            "FORMAT": "3.0",
            "VERSION": "3.0",
            "xmlns:xsi": XSI,
            "xsi:noNamespaceSchemaLocation": SCHEMA,
        },
    )
    tiers = _tiers(sheet.spans)
    slots = _slots(note for _, notes in tiers for note in notes)
    _head(root, sheet, sum(len(notes) for _, notes in tiers))
    order = SubElement(root, "TIME_ORDER")
    for ms, slot in slots.items():
        SubElement(order, "TIME_SLOT", TIME_SLOT_ID=slot, TIME_VALUE=str(ms))
    _annotations(root, tiers, slots)
    SubElement(
        root,
        "LINGUISTIC_TYPE",
        GRAPHIC_REFERENCES="false",
        LINGUISTIC_TYPE_ID=KIND,
        TIME_ALIGNABLE="true",
    )
    indent(root)
    return tostring(root, encoding="UTF-8", xml_declaration=True)


def _head(root: Element, sheet: Sheet, count: int) -> None:
    head = SubElement(root, "HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    name = f"./{sheet.name}.mp4"
    SubElement(
        head, "MEDIA_DESCRIPTOR", MEDIA_URL=name, MIME_TYPE="video/mp4", RELATIVE_MEDIA_URL=name
    )
    SubElement(head, "PROPERTY", NAME="lastUsedAnnotationId").text = str(count)


def _tiers(notes: Iterable[Note]) -> list[Tier]:
    """The notes by principle, in the order of their numbers; overlapping ones apart."""
    found: dict[tuple[int, str], list[Note]] = {}
    for note in sorted(notes, key=lambda note: (note.start_ms, note.end_ms)):
        keys = [(each.number, str(each)) for each in note.principles] or [(10**6, LOOSE)]
        for key in keys:
            found.setdefault(key, []).append(note)
    return [tier for key in sorted(found) for tier in _apart(plain(key[1]), found[key])]


def _apart(name: str, notes: list[Note]) -> list[Tier]:
    rows: list[list[Note]] = []
    for note in notes:
        free = next((row for row in rows if row[-1].end_ms <= note.start_ms), None)
        if free is None:
            rows.append([note])
        else:
            free.append(note)
    return [(name if at == 1 else f"{name} ({at})", row) for at, row in enumerate(rows, start=1)]


def _slots(notes: Iterable[Note]) -> dict[int, str]:
    """A name for each moment at which something begins or ends, in order."""
    moments = sorted({ms for note in notes for ms in (note.start_ms, note.end_ms)})
    return {ms: f"ts{place}" for place, ms in enumerate(moments, start=1)}


def _annotations(root: Element, tiers: list[Tier], slots: dict[int, str]) -> None:
    number = 0
    for name, notes in tiers:
        tier = SubElement(root, "TIER", LINGUISTIC_TYPE_REF=KIND, TIER_ID=name)
        for note in notes:
            number += 1
            one = SubElement(
                SubElement(tier, "ANNOTATION"),
                "ALIGNABLE_ANNOTATION",
                ANNOTATION_ID=f"a{number}",
                TIME_SLOT_REF1=slots[note.start_ms],
                TIME_SLOT_REF2=slots[note.end_ms],
            )
            SubElement(one, "ANNOTATION_VALUE").text = _value(note)


def _value(note: Note) -> str:
    by = f"{note.what}, {note.by}" if note.by else note.what
    words = plain(note.words)
    return plain(f"{by}: {words}" if words else by)
