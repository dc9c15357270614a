"""Lists, scripts and descriptions that would make a player open other files or call other hosts."""

from collections.abc import Iterator

from tests.footage.corpus import bases
from tests.footage.corpus.boxes import box
from tests.footage.corpus.canary import CANARY

PATH = str(CANARY.path)
HERE = f"127.0.0.1:{CANARY.port}"
TARGETS = {
    "plain": PATH,
    "relative": "canary.mp4",
    "file": f"file://{PATH}",
    "concat": f"concat:{PATH}|{PATH}",
    "subfile": f"subfile,,start,0,end,64,,:{PATH}",
    "http": f"http://{HERE}/film.mp4",
    "tcp": f"tcp://{HERE}",
    "udp": f"udp://{HERE}",
    "crypto": f"crypto+file:{PATH}",
    "cache": f"cache:{PATH}",
    "async": f"async:http://{HERE}/",
    "data": "data:video/mp4;base64,AAAA",
}
HLS = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{0}\n#EXT-X-ENDLIST\n"
SHAPES = {
    "list.m3u8": HLS,
    "map.m3u8": '#EXTM3U\n#EXT-X-MAP:URI="{0}"\n#EXTINF:9,\n{0}\n#EXT-X-ENDLIST\n',
    "key.m3u8": '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{0}"\n#EXTINF:9,\n{0}\n#EXT-X-ENDLIST\n',
    "simple.m3u": "#EXTM3U\n{0}\n",
    "concat.ffconcat": "ffconcat version 1.0\nfile '{0}'\n",
    "list.mpd": "<?xml version='1.0'?>\n<MPD><Period><BaseURL>{0}</BaseURL></Period></MPD>",
    "list.smil": "<smil><body><video src='{0}'/></body></smil>",
    "list.asx": "<asx version='3.0'><entry><ref href='{0}'/></entry></asx>",
    "list.xspf": "<?xml version='1.0'?><playlist><track>{0}</track></playlist>",
    "list.pls": "[playlist]\nFile1={0}\nNumberOfEntries=1\n",
    "list.ram": "{0}\n",
    "reference.asf": "[Reference]\nRef1={0}\n",
    "session.sdp": "v=0\no=- 0 0 IN IP4 0\ns=x\nt=0 0\nm=video 9 RTP/AVP 96\na=control:{0}\n",
    "page.html": "<!doctype html><video src='{0}'></video>",
    "picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'><image href='{0}'/></svg>",
    "entity.xml": "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM '{0}'>]><MPD>&x;</MPD>",
    "smooth.ism": "<SmoothStreamingMedia><StreamIndex Url='{0}'/></SmoothStreamingMedia>",
    "script.avs": 'FFmpegSource2("{0}")\n',
    "meta.ffmeta": ";FFMETADATA1\ntitle={0}\n",
    "edl.txt": "# mpv EDL v0\n{0}\n",
}
HIDDEN = {
    "bom": b"\xef\xbb\xbf",
    "spaces": b" \t\r\n\r\n   ",
    "lines": b"\n" * 4000,
    "comment": b"# a harmless comment\n",
    "zeros": bytes(8),
    "mp4": box("ftyp", b"isom\0\0\0\0isom"),
    "mp4-data": box("ftyp", b"isom\0\0\0\0isom") + box("free", b"x" * 32) + b"\0\0\0\0mdat",
    "ts": b"\x47\x40\0\x10" + b"\xff" * 184,
    "riff": b"RIFF\xff\xff\0\0AVI LIST",
    "ebml": b"\x1aE\xdf\xa3\x84webm",
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
}


def _wide() -> dict[str, bytes]:
    return {
        f"wide-{name}.mp4": shape.format(PATH).encode("utf-16")
        for name, shape in list(SHAPES.items())[:6]
    }


def _plain() -> Iterator[tuple[str, bytes]]:
    for name, shape in SHAPES.items():
        for way in ("file", "http"):
            yield f"{way}-{name}.mp4", shape.format(TARGETS[way]).encode()
    for way, target in TARGETS.items():
        yield f"{way}.m3u8.mp4", HLS.format(target).encode()
        yield f"{way}.ffconcat.mp4", f"ffconcat version 1.0\nfile '{target}'\n".encode()
    many = HLS.format(f"{TARGETS['file']}\n#EXTINF:1,\n" * 2000)
    yield "thousands.m3u8.mp4", many.encode()
    master = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{0}\n#EXT-X-MEDIA:TYPE=AUDIO,URI="{0}"\n'
    yield "master.m3u8.mp4", master.format(TARGETS["file"]).encode()


def _hidden() -> Iterator[tuple[str, bytes]]:
    for name, before in HIDDEN.items():
        yield f"{name}-list.mp4", before + HLS.format(TARGETS["file"]).encode()
        yield f"{name}-script.mp4", before + f"ffconcat version 1.0\nfile '{PATH}'\n".encode()


def _inside() -> Iterator[tuple[str, bytes]]:
    """A list where a film keeps its pictures, its notes, or its text."""
    hls = HLS.format(TARGETS["file"]).encode()
    film = bases.late()
    data = film.index(b"mdat") + 4
    yield "in-data.mp4", film[:data] + hls + film[data + len(hls) :]
    yield "in-free.mp4", film + box("free", hls)
    yield "before-film.mp4", box("free", hls) + film
    yield "as-uuid.mp4", film + box("uuid", bytes(16) + hls)
    avi = bases.avi()
    at = avi.index(b"00dc") + 8
    yield "gab2.avi", avi[:at] + b"GAB2\0\2\0" + hls + avi[at + 7 + len(hls) :]
    text = bases.FOLDER / "list.srt"
    text.write_text(f"1\n00:00:00,000 --> 00:00:01,000\n{hls.decode()}\n")
    whole = bases.FOLDER / "inside.mp4"
    whole.write_bytes(bases.front())
    words = ("-i", str(whole), "-i", str(text), "-c", "copy")
    yield "as-words.mkv", bases.made("as-words.mkv", *words)
    attached = ("-attach", str(text), "-metadata:s:t", "mimetype=application/x-mpegurl")
    yield "attached.mkv", bases.made("list.mkv", "-i", str(whole), "-c", "copy", *attached)
    yield "linked.mkv", _linked(bases.matroska())


def _linked(film: bytes) -> bytes:
    """Matroska that says its chapters lie in another file: ids of the segments before and after."""
    at = film.index(b"\x15\x49\xa9\x66")
    size = film[at + 4]
    if size & 0x80:  # one byte of length: rewritten with eight, room for what is added
        length, head = size & 0x7F, 5
    else:
        head = 4 + (9 - size.bit_length())
        length = int.from_bytes(film[at + 4 : at + head], "big") & ((1 << 7 * (head - 4)) - 1)
    path = PATH.encode()
    more = b"\x3c\x83\xab" + bytes([0x40 | len(path) >> 8, len(path) & 255]) + path
    info = film[at + head : at + head + length] + more
    return (
        film[:at]
        + film[at : at + 4]
        + (len(info) | 1 << 56).to_bytes(8, "big")
        + info
        + film[at + head + length :]
    )


REFUSED = "points elsewhere, not a film, cut short, empty"
KINDS = (
    ("disguise: lists and scripts", REFUSED, lambda: dict(_plain())),
    ("disguise: something put before", REFUSED, lambda: dict(_hidden())),
    (
        "disguise: inside a film",
        "ready, not a film, damaged, cut short, no picture",
        lambda: dict(_inside()),
    ),
    ("disguise: in UTF-16", REFUSED, _wide),
)
