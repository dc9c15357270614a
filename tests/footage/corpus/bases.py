"""The small whole films that everything else is bent from: one second, 160 by 120."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from footage import binaries

_FOLDER = TemporaryDirectory(prefix="attune-corpus-")
FOLDER = Path(_FOLDER.name)
PICTURE = ("-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=1")
SOUND = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100:d=1")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-bf", "2")
EXACT = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-threads", "1")


@cache
def made(name: str, *words: str) -> bytes:
    """What ffmpeg makes of these words, once a session."""
    path = FOLDER / f"{abs(hash((name, words)))}-{name}"
    command = [binaries.ffmpeg(), "-v", "error", "-y", *words, *EXACT, str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return path.read_bytes()


def front() -> bytes:
    """MP4, H.264 and AAC, the index at the front."""
    return made("front.mp4", *PICTURE, *SOUND, *H264, "-c:a", "aac", "-movflags", "+faststart")


def late() -> bytes:
    """The same with the index at the end, as phones write it."""
    return made("late.mp4", *PICTURE, *SOUND, *H264, "-c:a", "aac")


def fragments() -> bytes:
    """The same in fragments."""
    ways = "frag_keyframe+empty_moov+default_base_moof"
    return made("parts.mp4", *PICTURE, *SOUND, *H264, "-g", "5", "-c:a", "aac", "-movflags", ways)


def mov() -> bytes:
    """QuickTime, H.264 and plain sound."""
    return made("film.mov", *PICTURE, *SOUND, *H264, "-c:a", "pcm_s16le")


def webm() -> bytes:
    """WebM, VP8 and Vorbis."""
    return made("film.webm", *PICTURE, *SOUND, *VP8, "-c:a", "libvorbis")


VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8")


def matroska() -> bytes:
    """Matroska, H.264 and AAC."""
    return made("film.mkv", *PICTURE, *SOUND, *H264, "-c:a", "aac")


def ts() -> bytes:
    """MPEG-TS, MPEG-2 and MP2."""
    return made("film.ts", *PICTURE, *SOUND, "-c:v", "mpeg2video", "-c:a", "mp2", "-f", "mpegts")


def avi() -> bytes:
    """AVI, Motion JPEG and plain sound."""
    return made("film.avi", *PICTURE, *SOUND, "-c:v", "mjpeg", "-q:v", "8", "-c:a", "pcm_s16le")


def sound() -> bytes:
    """A voice memo."""
    return made("memo.m4a", *SOUND, "-c:a", "aac")


def every() -> dict[str, bytes]:
    """All films, by name."""
    return {
        "front.mp4": front(),
        "late.mp4": late(),
        "fragments.mp4": fragments(),
        "film.mov": mov(),
        "film.webm": webm(),
        "film.mkv": matroska(),
        "film.ts": ts(),
        "film.avi": avi(),
    }
