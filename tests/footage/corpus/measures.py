"""Films with absurd measures: pictures too large, rates and moments no camera ever had."""

import re
import struct
from collections.abc import Iterator

from tests.footage.corpus import bases
from tests.footage.corpus.boxes import first, put

ANY = (
    "ready, cut short, not a film, damaged, no picture, too wide, too long, "
    "unknown way of keeping it"
)
SIDES = {"0": 0, "65535": 65_535}


def _sizes() -> Iterator[tuple[str, bytes]]:
    mp4, avi, webm = bases.front(), bases.avi(), bases.webm()
    tkhd, stsd = first(mp4, "tkhd"), first(mp4, "stsd")
    for name, side in SIDES.items():
        yield (
            f"header-{name}.mp4",
            put(
                mp4,
                tkhd.inside + 76,
                struct.pack(">II", side << 16 & 0xFFFFFFFF, side << 16 & 0xFFFFFFFF),
            ),
        )
        yield (
            f"described-{name}.mp4",
            put(mp4, stsd.inside + 8 + 32, struct.pack(">HH", side, side)),
        )
        yield f"main-{name}.avi", put(avi, avi.index(b"avih") + 40, struct.pack("<II", side, side))
        yield (
            f"format-{name}.avi",
            put(avi, avi.index(b"strf") + 12, struct.pack("<ii", side, -side)),
        )
        yield f"pixels-{name}.webm", _pixels(webm, side)
        yield f"sps-{name}.mp4", _jpeg_sides(avi, side)
    yield "aspect-huge.mp4", _aspect(mp4, 65535, 1)
    yield "aspect-flat.mp4", _aspect(mp4, 1, 65535)
    yield "aspect-none.mp4", _aspect(mp4, 0, 0)


def _pixels(webm: bytes, side: int) -> bytes:
    """PixelWidth and PixelHeight of the first track; both are short enough for two bytes."""
    at = webm.index(b"\xb0\x81\xa0") if b"\xb0\x81\xa0" in webm else webm.index(b"\xb0\x82")
    size = webm[at + 1] & 0x7F
    data = side.to_bytes(4, "big")[-size:]
    film = put(webm, at + 2, data)
    below = film.index(b"\xba", at + 2)
    size = film[below + 1] & 0x7F
    return put(film, below + 2, side.to_bytes(4, "big")[-size:])


def _jpeg_sides(avi: bytes, side: int) -> bytes:
    """Every picture of a Motion JPEG says that it is this large."""
    size = struct.pack(">HH", side, side)
    return re.sub(
        rb"(\xff\xc0\x00\x11\x08)....", lambda found: found.group(1) + size, avi, flags=re.DOTALL
    )


def _aspect(film: bytes, across: int, down: int) -> bytes:
    if b"pasp" not in film:
        film = bases.made(
            "aspect.mp4",
            *bases.PICTURE,
            "-vf",
            "setsar=4/3",
            *bases.H264,
            "-movflags",
            "+faststart",
        )
    return put(film, film.index(b"pasp") + 4, struct.pack(">II", across, down))


def _large() -> Iterator[tuple[str, bytes]]:
    """Pictures that are truly that large, one or two of them."""
    for name, size, codec in (
        ("wide.mp4", "8208x64", bases.H264),
        ("tall.mp4", "64x8208", bases.H264),
        ("poster.avi", "12000x9000", ("-frames:v", "1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p")),
        ("eight-k.mp4", "7680x4320", (*bases.H264, "-frames:v", "1")),
        ("thread.mp4", "8192x2", bases.H264),
        ("dot.avi", "2x2", ("-c:v", "mjpeg", "-pix_fmt", "yuvj420p")),
    ):
        source = ("-f", "lavfi", "-i", f"color=c=teal:s={size}:r=10:d=0.2")
        yield name, bases.made(name, *source, *codec)


def _moments() -> Iterator[tuple[str, bytes]]:
    avi = bases.avi()
    strh, avih = avi.index(b"strh") + 8, avi.index(b"avih") + 8
    for name, scale, rate in (
        ("none", 0, 0),
        ("no-scale", 0, 25),
        ("no-rate", 1, 0),
        ("a-year-each", 31_536_000, 1),
        ("million", 1, 1_000_000),
        ("all", 0xFFFFFFFF, 0xFFFFFFFF),
        ("slow", 0x7FFFFFFF, 1),
        ("hour-each", 3600, 1),
    ):
        yield f"rate-{name}.avi", put(avi, strh + 20, struct.pack("<II", scale, rate))
    yield "step-none.avi", put(avi, avih, bytes(4))
    yield "lasts-for-ever.avi", put(avi, strh + 32, b"\xff" * 4)
    for name, step in (("gap-minutes", 300), ("gap-hours", 9000), ("gap-days", 800_000)):
        late = f"setpts='if(gt(N,20),PTS+{step}/TB,PTS)'"
        words = (*bases.PICTURE, "-vf", late, "-vsync", "vfr", *bases.VP8)
        yield f"{name}.webm", bases.made(f"{name}.webm", *words)
    for name, rate in (("1000", "1000"), ("240", "240"), ("one-in-ten-seconds", "1/10")):
        source = ("-f", "lavfi", "-i", f"testsrc2=s=160x120:r={rate}:d={30 if '/' in rate else 1}")
        yield f"rate-{name}.mp4", bases.made(f"rate-{name}.mp4", *source, *bases.H264)
    stamped = bases.made(
        "wrapped.ts",
        *bases.PICTURE,
        "-c:v",
        "mpeg2video",
        "-output_ts_offset",
        "95443.2",
        "-f",
        "mpegts",
    )
    yield "clock-runs-over.ts", stamped
    yield "twice-the-same.ts", bases.ts() * 3
    yield "backwards.ts", b"".join(_packets(bases.ts())[::-1])


def _packets(film: bytes) -> list[bytes]:
    return [film[at : at + 188] for at in range(0, len(film), 188)]


KINDS = (
    ("measures: size of the picture", ANY, lambda: dict(_sizes())),
    ("measures: really large", "ready, too wide, damaged", lambda: dict(_large())),
    ("measures: rates and moments", ANY, lambda: dict(_moments())),
)
