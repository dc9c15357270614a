"""Small films as phones, recorders and mischief make them, synthesised by ffmpeg once a session."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from footage import binaries

_FOLDER = TemporaryDirectory(prefix="attune-films-")
FOLDER = Path(_FOLDER.name)
CANARY = b"attune canary: this text must never appear in any film"
PICTURE = "testsrc2=s={size}:r={rate}:d={seconds}"
SOUND = "sine=frequency=440:sample_rate=44100:d={seconds}"
GPS = "+52.5739-000.2431+010.000/"


def _ffmpeg(*words: str) -> None:
    command = [binaries.ffmpeg(), "-v", "error", "-y", *words]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


@cache
def landscape(seconds: float = 2, size: str = "320x180") -> Path:
    """An ordinary MP4: H.264, AAC, 30 frames a second, index at the front."""
    path = FOLDER / f"landscape-{seconds}-{size}.mp4"
    _ffmpeg(
        *("-f", "lavfi", "-i", PICTURE.format(size=size, rate=30, seconds=seconds)),
        *("-f", "lavfi", "-i", SOUND.format(seconds=seconds)),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
        *("-c:a", "aac", "-movflags", "+faststart", str(path)),
    )
    return path


@cache
def portrait() -> Path:
    """A phone's MOV: HEVC on its side with a rotation, GPS tags, the index at the end."""
    path = FOLDER / "portrait.mov"
    _ffmpeg(
        *("-f", "lavfi", "-i", PICTURE.format(size="480x270", rate="30000/1001", seconds=2)),
        *("-f", "lavfi", "-i", SOUND.format(seconds=2)),
        *("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"),
        *("-tag:v", "hvc1", "-pix_fmt", "yuv420p", "-c:a", "aac"),
        *("-movflags", "use_metadata_tags", "-metadata", f"location={GPS}"),
        *("-metadata", f"com.apple.quicktime.location.ISO6709={GPS}"),
        *("-metadata", "com.apple.quicktime.make=Orchard", "-metadata", "title=Robin at home"),
        str(path),
    )
    path.write_bytes(turned(path.read_bytes()))
    return path


def turned(film: bytes) -> bytes:
    """The same MOV with the display matrix of a phone held upright in its first track."""
    at = film.index(b"tkhd") + 4 + 40
    fixed = [0, 1 << 16, 0, (-1 << 16) & 0xFFFFFFFF, 0, 0, 0, 0, 1 << 30]
    matrix = b"".join(number.to_bytes(4, "big") for number in fixed)
    return film[:at] + matrix + film[at + 36 :]


@cache
def uneven() -> Path:
    """A landscape film whose frames come as they please, as those of phones in the dark do."""
    path = FOLDER / "uneven.mp4"
    _ffmpeg(
        *("-f", "lavfi", "-i", PICTURE.format(size="320x180", rate=30, seconds=3)),
        *("-f", "lavfi", "-i", SOUND.format(seconds=3)),
        *("-vf", "select='if(lt(t,1),1,if(lt(t,2),not(mod(n,3)),not(mod(n,2))))'"),
        *("-vsync", "vfr", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
        *("-c:a", "aac", str(path)),
    )
    return path


@cache
def silent() -> Path:
    """A film without any sound track."""
    path = FOLDER / "silent.mp4"
    _ffmpeg(
        *("-f", "lavfi", "-i", PICTURE.format(size="320x180", rate=25, seconds=2)),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(path)),
    )
    return path


@cache
def odd() -> Path:
    """A film of 321 by 179 pixels at 60 frames a second."""
    path = FOLDER / "odd.mp4"
    _ffmpeg(
        *("-f", "lavfi", "-i", PICTURE.format(size="321x179", rate=60, seconds=2)),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p", str(path)),
    )
    return path


@cache
def recorded() -> Path:
    """A browser's recording: VP8 and Opus in WebM, streamed, so that its length is not written."""
    path = FOLDER / "recorded.webm"
    _ffmpeg(
        *("-f", "lavfi", "-i", PICTURE.format(size="320x240", rate=30, seconds=2)),
        *("-f", "lavfi", "-i", SOUND.format(seconds=2)),
        *("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-live", "1"),
        *("-f", "webm", str(path)),
    )
    return path


@cache
def bright() -> Path:
    """HDR as phones film it: HEVC, ten bits, HLG."""
    path = FOLDER / "bright.mov"
    colours = "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc:log-level=none"
    _ffmpeg(
        *("-f", "lavfi", "-i", PICTURE.format(size="320x180", rate=30, seconds=1)),
        *("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"),
        *("-x265-params", colours, "-color_primaries", "bt2020"),
        *("-color_trc", "arib-std-b67", "-colorspace", "bt2020nc", "-tag:v", "hvc1", str(path)),
    )
    return path


@cache
def dazzling() -> Path:
    """HDR of the other kind: HEVC, ten bits, PQ, in odd pieces of a second."""
    path = FOLDER / "dazzling.mp4"
    colours = "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:log-level=none"
    _ffmpeg(
        *("-f", "lavfi", "-i", PICTURE.format(size="362x202", rate="24000/1001", seconds=2)),
        *("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"),
        *("-x265-params", colours, "-color_primaries", "bt2020"),
        *("-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-tag:v", "hvc1", str(path)),
    )
    return path


@cache
def camcorder() -> Path:
    """MPEG-TS as camcorders write it: interlaced sizes, AC-3 sound."""
    path = FOLDER / "camcorder.mts"
    _ffmpeg(
        *("-f", "lavfi", "-i", PICTURE.format(size="360x288", rate=25, seconds=2)),
        *("-f", "lavfi", "-i", SOUND.format(seconds=2)),
        *("-vf", "setsar=16/11", "-c:v", "mpeg2video", "-c:a", "ac3", "-f", "mpegts", str(path)),
    )
    return path


@cache
def only_sound() -> Path:
    """A voice memo."""
    path = FOLDER / "memo.m4a"
    _ffmpeg("-f", "lavfi", "-i", SOUND.format(seconds=2), "-c:a", "aac", str(path))
    return path


def hostile() -> dict[str, bytes]:
    """What is not a film, or not a whole one, by the name it would be sent under."""
    canary = FOLDER / "canary.mp4"
    canary.write_bytes(landscape().read_bytes() + CANARY)
    whole, late = landscape().read_bytes(), portrait().read_bytes()
    return {
        "letter.mp4": b"Dear family, thank you for coming last week.\n" * 40,
        "front-index-cut.mp4": whole[: len(whole) * 2 // 3],
        "end-index-cut.mov": late[: len(late) * 2 // 3],
        "playlist.mp4": f"#EXTM3U\n#EXTINF:2,\nfile://{canary}\n#EXT-X-ENDLIST\n".encode(),
        "concat.mp4": f"ffconcat version 1.0\nfile '{canary}'\n".encode(),
        "dash.mp4": f"<?xml version='1.0'?><MPD><BaseURL>file://{canary}</BaseURL></MPD>".encode(),
        "subtitles.mov": b"1\n00:00:01,000 --> 00:00:02,000\nHello\n",
        "zeros.mp4": bytes(100_000),
        "noise.mp4": bytes((number * 7919 + number // 251) % 256 for number in range(50_000)),
        "memo.mp4": only_sound().read_bytes(),
        "picture.mp4": bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9"),
        "page.mp4": b"<!doctype html><title>Not a film</title>",
    }


@cache
def greys() -> Path:
    """Six seconds at 25 a second; every second has its own grey, ever lighter."""
    path = FOLDER / "greys.mp4"
    _ffmpeg(
        *("-f", "lavfi", "-i", "color=black:s=160x90:r=25:d=6"),
        *("-vf", "geq=lum='40+30*floor(T+0.001)':cb=128:cr=128", "-c:v", "libx264"),
        *("-preset", "ultrafast", "-crf", "10", "-pix_fmt", "yuv420p", str(path)),
    )
    return path


def shade_of(second: int) -> int:
    """The grey of that second, as a full-range picture has it."""
    return round((40 + 30 * second - 16) * 255 / 219)


def shades(film: bytes) -> list[int]:
    """The grey in the middle of every frame."""
    path = FOLDER / "shades.mp4"
    path.write_bytes(film)
    command = [binaries.ffmpeg(), "-v", "error", "-i", str(path)]
    command += ["-vf", "crop=2:2,format=gray", "-f", "rawvideo", "pipe:1"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return list(done.stdout[::4])


@cache
def heavy(loops: int) -> Path:
    """About sixty megabytes a second and loop: noise in 4K, every frame a picture of its own."""
    piece = FOLDER / "heavy.mov"
    if not piece.exists():
        _ffmpeg(
            *("-f", "lavfi", "-i", "nullsrc=s=3840x2160:r=5:d=1,noise=alls=100:allf=t"),
            *("-c:v", "mjpeg", "-q:v", "1", "-qmin", "1", "-pix_fmt", "yuvj420p", str(piece)),
        )
    path = FOLDER / f"heavy-{loops}.mov"
    _ffmpeg("-stream_loop", str(loops - 1), "-i", str(piece), "-c", "copy", str(path))
    return path
