"""Films whose index lies: sizes, counts, places, lengths and links that are not so."""

from collections.abc import Iterator

from tests.footage.corpus import bases
from tests.footage.corpus.boxes import box, first, grown, put, walk

ANY = "ready, cut short, not a film, damaged, no picture, too long, unknown way of keeping it"
SIZES = {
    "nothing": 0,
    "long-form": 1,
    "all": 0xFFFFFFFF,
}
SIZED = ("ftyp", "moov", "mvhd", "trak", "tkhd", "elst", "mdia", "mdhd", "hdlr", "stbl", "stsd")
SIZED += ("stts", "stsc", "stsz", "stco", "mdat")
COUNTED = ("stts", "stsc", "stsz", "stco", "ctts", "stss", "elst", "stsd", "dref")
COUNTS = {"many": 0x00FFFFFF, "all": 0xFFFFFFFF}


def _sizes() -> Iterator[tuple[str, bytes]]:
    film = bases.front()
    for kind in SIZED:
        found = first(film, kind)
        for name, size in SIZES.items():
            yield f"{kind}-{name}.mp4", put(film, found.at, size.to_bytes(4, "big"))
    negative = (1).to_bytes(4, "big") + b"mdat" + (2**63 + 5).to_bytes(8, "big")
    yield "mdat-negative.mp4", put(film, first(film, "mdat").at, negative)


def _counts() -> Iterator[tuple[str, bytes]]:
    film = bases.front()
    for kind in COUNTED:
        at = first(film, kind).inside + (8 if kind == "stsz" else 4)
        for name, count in COUNTS.items():
            yield f"{kind}-{name}.mp4", put(film, at, count.to_bytes(4, "big"))
    stco, stsz, stts = (first(film, kind).inside + 8 for kind in ("stco", "stsz", "stts"))
    yield "places-beyond.mp4", put(film, stco, b"\xff" * 64)
    yield "places-zero.mp4", put(film, stco, bytes(64))
    yield "pieces-huge.mp4", put(film, stsz + 4, b"\x7f" * 64)
    yield "one-size-huge.mp4", put(film, stsz - 4, b"\x7f\xff\xff\xff")
    yield "steps-huge.mp4", put(film, stts + 4, b"\x7f\xff\xff\xff")
    yield "steps-none.mp4", put(film, stts + 4, bytes(4))
    yield "steps-backwards.mp4", put(film, stts + 4, b"\xff\xff\xff\x00")


def _nested() -> dict[str, bytes]:
    film = bases.late()
    deep = b""
    for _ in range(3000):
        deep = box("moov", deep)
    deep_tracks = b""
    for _ in range(1000):
        deep_tracks = box("trak", box("mdia", deep_tracks))
    track = first(film, "trak")
    copy = film[track.at : track.at + track.size]
    return {
        "deep.mp4": box("ftyp", b"isom\0\0\0\0isom") + deep,
        "deep-after.mp4": film + deep,
        "deep-tracks.mp4": grown(film, ("moov",), deep_tracks),
        "empty-boxes.mp4": box("ftyp", b"isom\0\0\0\0isom") + box("free") * 60_000,
        "empty-boxes-before.mp4": film[: first(film, "mdat").at] + box("free") * 3000,
        "empty-boxes-after.mp4": film + box("free") * 3000,
        "two-indexes.mp4": film + film[first(film, "moov").at :],
        "tracks-300.mp4": grown(film, ("moov",), copy * 300),
        "tracks-1200.mp4": grown(film, ("moov",), copy * 1200),
        "tracks-empty-5000.mp4": grown(film, ("moov",), box("trak") * 5000),
        "user-data-large.mp4": grown(film, ("moov",), box("udta", bytes(2_000_000))),
        "compressed-index.mov": box("ftyp", b"qt  \0\0\0\0qt  ") + box("moov", _compressed()),
        "compressed-bomb.mov": box("ftyp", b"qt  \0\0\0\0qt  ") + box("moov", _bomb()),
    }


def _compressed() -> bytes:
    import zlib

    index = box("moov", bytes(100_000))
    how = box("dcom", b"zlib") + box("cmvd", len(index).to_bytes(4, "big") + zlib.compress(index))
    return box("cmov", how)


def _bomb() -> bytes:
    """Thirty kilobytes that say they are two gigabytes."""
    import zlib

    small = zlib.compress(bytes(30_000_000), 9)
    return box("cmov", box("dcom", b"zlib") + box("cmvd", b"\x7f\xff\xff\xff" + small))


def _links() -> Iterator[tuple[str, bytes]]:
    """The pictures are said to lie in another file, or at another host."""
    from tests.footage.corpus.canary import CANARY

    path = str(CANARY.path)
    for name, target in {
        "path": path,
        "file": f"file://{path}",
        "http": f"http://127.0.0.1:{CANARY.port}/film.mp4",
        "relative": "canary.mp4",
        "up": "../" * 12 + path[1:],
    }.items():
        yield f"url-{name}.mov", _linked(box("url ", bytes(4) + target.encode() + b"\0"))
        yield f"alias-{name}.mov", _linked(box("alis", bytes(4) + _alias(target)))


def _linked(link: bytes) -> bytes:
    film = bases.late()
    dref = first(film, "dref")
    here = box("url ", b"\0\0\0\1")
    film = put(film, dref.inside + 4, (2).to_bytes(4, "big"))
    longer = grown(film, ("moov", "trak", "mdia", "minf", "dinf", "dref"), link)
    # the second reference is ours: say so in the description of the pictures
    at = first(longer, "stsd").inside + 8 + 14
    assert here in film
    return put(longer, at, b"\0\2")


def _alias(target: str) -> bytes:
    """The record of an old Macintosh alias, with the path in its volume and absolute entries."""
    path = target.encode()
    head = bytes(4) + (150).to_bytes(2, "big") + b"\0\2" + bytes(2) + b"\4Disk" + bytes(23)
    head = head.ljust(50, b"\0") + bytes([min(63, len(path))]) + path[:63].ljust(63, b"\0")
    head = head.ljust(150, b"\0")
    more = b"\0\2" + len(path).to_bytes(2, "big") + path + (b"\0" if len(path) % 2 else b"")
    whole = head + more + b"\0\x12" + len(path).to_bytes(2, "big") + path + b"\xff\xff\0\0"
    return put(whole, 4, len(whole).to_bytes(2, "big"))


def _lengths() -> Iterator[tuple[str, bytes]]:
    film = bases.front()
    mvhd, tkhd, mdhd = (first(film, kind).inside for kind in ("mvhd", "tkhd", "mdhd"))
    elst = first(film, "elst").inside + 8
    for name, length in {"none": 0, "hours": 200_000_000, "all": 0xFFFFFFFF}.items():
        data = length.to_bytes(4, "big")
        yield f"film-lasts-{name}.mp4", put(film, mvhd + 16, data)
        yield f"track-lasts-{name}.mp4", put(film, tkhd + 20, data)
        yield f"media-lasts-{name}.mp4", put(film, mdhd + 16, data)
        yield f"edit-lasts-{name}.mp4", put(film, elst, data)
        yield f"clock-{name}.mp4", put(film, mdhd + 12, data)
        yield f"film-clock-{name}.mp4", put(film, mvhd + 12, data)
    yield "edit-starts-late.mp4", put(film, elst + 4, b"\x7f\xff\xff\xff")
    yield "edit-empty.mp4", put(film, elst + 4, b"\xff\xff\xff\xff")
    yield "edit-fast.mp4", put(film, elst + 8, b"\x7f\xff\xff\xff")
    yield "edit-still.mp4", put(film, elst + 8, bytes(4))
    for name, matrix in {"zero": bytes(36), "full": b"\x7f\xff\xff\xff" * 9}.items():
        yield f"turned-{name}.mp4", put(film, tkhd + 40, matrix)
    assert any(box.kind == "ctts" for box in walk(film))


KINDS = (
    ("index: sizes of boxes", ANY, lambda: dict(_sizes())),
    ("index: counts of entries", ANY, lambda: dict(_counts())),
    ("index: boxes in boxes", ANY, _nested),
    ("index: links to other files", ANY, lambda: dict(_links())),
    ("index: edits and lengths", ANY, lambda: dict(_lengths())),
)
