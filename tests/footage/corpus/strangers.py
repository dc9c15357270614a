"""What is no film at all: papers, pictures, programs, archives, and nothing."""

import gzip
import io
import lzma
import random
import sqlite3
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from tests.footage.corpus import bases

ELF = (
    b"\x7fELF\2\1\1"
    + bytes(9)
    + struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, 0x400078, 64, 0, 0, 64, 56, 1, 0, 0, 0)
)
HEADS = {
    "letter.txt": b"Dear family, thank you for coming last week.\n" * 40,
    "words.srt": b"1\n00:00:01,000 --> 00:00:02,000\nHello\n",
    "words.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n",
    "words.ass": b"[Script Info]\nScriptType: v4.00+\n[Events]\nDialogue: 0,0:00:00,0:00:01,Hi\n",
    "words.sub": b"{0}{25}Hello\n{25}{50}There\n",
    "words.lrc": b"[00:01.00]Hello\n",
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "script.sh": b"#!/bin/sh\ntouch /tmp/attune-was-here\n",
    "script.py": b"import os\nos.system('id')\n",
    "macro.ps1": b"Start-Process calc.exe\n",
    "page.php": b"<?php system($_GET['c']); ?>",
    "facts.json": b'{"streams": [{"codec_type": "video", "width": 1, "height": 1}]}',
    "table.csv": b"=cmd|'/c calc'!A0,1,2\n",
    "paper.pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(alert(1))>>>>endobj\n%%EOF",
    "paper.ps": b"%!PS\n(/etc/passwd) (r) file\n",
    "paper.rtf": b"{\\rtf1 Hello}",
    "paper.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "program.elf": ELF + bytes(400),
    "program.exe": b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(400),
    "program.wasm": b"\0asm\1\0\0\0" + bytes(40),
    "program.class": b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(40),
    "font.ttf": b"\0\1\0\0\0\x0a" + bytes(400),
    "font.woff2": b"wOF2" + bytes(400),
    "archive.7z": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(400),
    "archive.rar": b"Rar!\x1a\x07\1\0" + bytes(400),
    "disk.iso": bytes(32769) + b"CD001\1" + bytes(2000),
    "song.mid": b"MThd\0\0\0\6\0\0\0\1\0\x60MTrk\0\0\0\4\0\xff\x2f\0",
    "song.mod": b"song".ljust(1080, b"\0") + b"M.K." + bytes(2000),
    "drawing.psd": b"8BPS\0\1" + bytes(400),
    "drawing.ico": b"\0\0\1\0\1\0" + bytes(100),
    "drawing.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200),
    "key.pem": b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    "mail.eml": b"From: a@b\nSubject: x\n\nHello\n",
    "torrent.torrent": b"d8:announce15:http://x.y/z:1e",
}


def _pictures() -> Iterator[tuple[str, bytes]]:
    picture = ("-f", "lavfi", "-i", "testsrc2=s=64x64:d=0.04:r=25", "-frames:v", "1")
    for ending in ("png", "jpg", "bmp", "tiff", "webp", "ppm", "tga", "jp2", "sgi", "xbm"):
        yield f"drawing.{ending}", bases.made(f"drawing.{ending}", *picture)


def _archives() -> dict[str, bytes]:
    film = bases.front()
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr(zipfile.ZipInfo("../../etc/film.mp4"), film)
    with tarfile.open(fileobj=tarred, mode="w") as archive:
        about = tarfile.TarInfo("../film.mp4")
        about.size = len(film)
        archive.addfile(about, io.BytesIO(film))
    base = sqlite3.connect(":memory:")
    base.execute("create table film (data)")
    return {
        "film.zip": zipped.getvalue(),
        "film.tar": tarred.getvalue(),
        "film.gz": gzip.compress(film, mtime=0),
        "film.xz": lzma.compress(film),
        "film.zlib": zlib.compress(film),
        "bomb.gz": gzip.compress(bytes(20_000_000), mtime=0),
        "film.sqlite": base.serialize(),
    }


def _nothing() -> Iterator[tuple[str, bytes]]:
    yield "one-byte.mp4", b"x"
    yield "one-zero.mp4", b"\0"
    for size in (2, 15, 16, 4096, 100_000, 1_000_000):
        yield f"zeros-{size}.mp4", bytes(size)
    yield "ones.mp4", b"\xff" * 100_000
    yield "hash-signs.mp4", b"#" * 100_000
    for seed in range(10):
        yield f"random-{seed}.mp4", random.Random(f"stranger {seed}").randbytes(3000 * (seed + 1))


KINDS = (
    (
        "strangers: papers and programs",
        "not a film, no picture, points elsewhere, cut short",
        lambda: HEADS,
    ),
    ("strangers: pictures", "not a film", lambda: dict(_pictures())),
    ("strangers: archives", "not a film, cut short", _archives),
    ("strangers: nothing and noise", "empty, not a film, cut short", lambda: dict(_nothing())),
)
