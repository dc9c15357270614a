"""Films as phones, cameras and browsers make them, and what the house makes of each: one table."""

import struct
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from footage import binaries
from tests.footage.films import FOLDER, GPS

SOUND = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100:d=1")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1")
AAC = ("-c:a", "aac")


@dataclass(frozen=True)
class Phone:
    """A film by the words a person would use, how it is made, and what must come out."""

    words: str
    make: Callable[[], bytes]
    size: tuple[int, int]
    rate: str
    sound: bool = True
    seconds: float = 1


def _picture(size: str, rate: str = "30", seconds: float = 1) -> tuple[str, ...]:
    return "-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}"


@cache
def _made(name: str, *words: str) -> bytes:
    path = FOLDER / f"phone-{name}"
    command = [binaries.ffmpeg(), "-v", "error", "-y", *words, str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path.read_bytes()


def _turned(name: str, degrees: int) -> bytes:
    """A film on its side: the display matrix of its first track says how to hold it."""
    film = _made(name, *_picture("320x180"), *SOUND, *H264, *AAC)
    one = 1 << 16
    across, down = {90: (one, -one), 180: (0, 0), 270: (-one, one)}[degrees]
    straight = -one if degrees == 180 else 0
    matrix = struct.pack(">9i", straight, across, 0, down, straight, 0, 0, 0, 1 << 30)
    at = film.index(b"tkhd") + 44
    return film[:at] + matrix + film[at + 36 :]


def _bright(name: str, transfer: str) -> bytes:
    colours = f"colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc:log-level=none"
    said = ("-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc")
    return _made(
        name, *_picture("320x180"), *HEVC, "-pix_fmt", "yuv420p10le", "-x265-params", colours, *said
    )


def _hevc() -> bytes:
    quiet = ("-x265-params", "log-level=none", "-pix_fmt", "yuv420p")
    return _made("hevc.mov", *_picture("320x180"), *SOUND, *HEVC, *quiet, *AAC)


def _uneven() -> bytes:
    drop = "select='if(lt(t,1),1,not(mod(n,3)))'"
    vfr = ("-vf", drop, "-vsync", "vfr")
    return _made("uneven.mp4", *_picture("320x180", seconds=2), *SOUND, *vfr, *H264, *AAC)


def _camcorder() -> bytes:
    """1080i: two fields a frame, the upper first."""
    fields = ("-vf", "interlace=scan=tff", "-flags", "+ildct+ilme", "-top", "1")
    codec = ("-c:v", "mpeg2video", "-b:v", "8M", "-c:a", "ac3", "-f", "mpegts")
    return _made("camcorder.mts", *_picture("1920x1080", "50"), *SOUND, *fields, *codec)


def _iphone() -> bytes:
    """GPS, make and model in the film's notes, and a track of its own for them."""
    said = ("-movflags", "use_metadata_tags", "-metadata", f"location={GPS}")
    place = ("-metadata", f"com.apple.quicktime.location.ISO6709={GPS}")
    make = ("-metadata", "com.apple.quicktime.make=Orchard", "-timecode", "01:00:00:00")
    return _made("iphone.mov", *_picture("320x180"), *SOUND, *H264, *AAC, *said, *place, *make)


def _android() -> bytes:
    said = ("-metadata", f"location={GPS}", "-metadata", "title=Robin at home")
    return _made("android.mp4", *_picture("320x180"), *SOUND, *H264, *AAC, *said)


def _film(name: str, *words: str, size: str = "320x180", rate: str = "30") -> Callable[[], bytes]:
    return lambda: _made(name, *_picture(size, rate), *words)


FRAGMENTS = ("-movflags", "frag_keyframe+empty_moov+default_base_moof")
WEBM = ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-live", "1", "-f", "webm")
SURROUND = ("-ac", "6", "-c:a", "aac")
NTSC = "30000/1001"
NTSC_FILM = "24000/1001"
PHONES = (
    Phone(
        "H.264, index in front",
        _film("front.mp4", *SOUND, *H264, *AAC, "-movflags", "+faststart"),
        (320, 180),
        "30",
    ),
    Phone("index at the end", _film("late.mp4", *SOUND, *H264, *AAC), (320, 180), "30"),
    Phone("in fragments", _film("parts.mp4", *SOUND, *H264, *AAC, *FRAGMENTS), (320, 180), "30"),
    Phone("held upright, turned by 90", lambda: _turned("90.mov", 90), (180, 320), "30"),
    Phone("upside down, turned by 180", lambda: _turned("180.mov", 180), (320, 180), "30"),
    Phone("held upright, turned by 270", lambda: _turned("270.mov", 270), (180, 320), "30"),
    Phone("HEVC", _hevc, (320, 180), "30"),
    Phone("HDR, HLG", lambda: _bright("hlg.mov", "arib-std-b67"), (320, 180), "30", False),
    Phone("HDR, PQ", lambda: _bright("pq.mov", "smpte2084"), (320, 180), "30", False),
    Phone("frames as they please", _uneven, (320, 180), NTSC_FILM, seconds=2),
    Phone("29.97 a second", _film("ntsc.mp4", *SOUND, *H264, *AAC, rate=NTSC), (320, 180), NTSC),
    Phone(
        "59.94 a second",
        _film("sixty.mp4", *SOUND, *H264, *AAC, rate="60000/1001"),
        (320, 180),
        NTSC,
    ),
    Phone(
        "slow motion, 120 a second",
        _film("slow.mp4", *SOUND, *H264, *AAC, rate="120"),
        (320, 180),
        "30",
    ),
    Phone(
        "odd sides",
        _film("odd.mp4", *SOUND, "-c:v", "libx264", "-pix_fmt", "yuv444p", *AAC, size="321x179"),
        (320, 178),
        "30",
    ),
    Phone("without sound", _film("silent.mp4", *H264), (320, 180), "30", False),
    Phone(
        "one channel of sound", _film("mono.mp4", *SOUND, *H264, *AAC, "-ac", "1"), (320, 180), "30"
    ),
    Phone("5.1 sound", _film("surround.mp4", *SOUND, *H264, *SURROUND), (320, 180), "30"),
    Phone("camcorder, MPEG-TS, 1080i", _camcorder, (1280, 720), "25"),
    Phone(
        "camera, AVI, Motion JPEG",
        _film("camera.avi", *SOUND, "-c:v", "mjpeg", "-q:v", "5", "-c:a", "pcm_s16le"),
        (320, 180),
        "30",
    ),
    Phone("browser's recording, no length", _film("browser.webm", *SOUND, *WEBM), (320, 180), "30"),
    Phone(
        "old phone, 3GP",
        _film("old.3gp", *SOUND, "-c:v", "h263", *AAC, size="352x288"),
        (352, 288),
        "30",
    ),
    Phone("iPhone: place, maker, a track of notes", _iphone, (320, 180), "30"),
    Phone("Android: place and title", _android, (320, 180), "30"),
    Phone(
        "4K",
        _film("4k.mp4", *SOUND, *H264, *AAC, size="3840x2160", rate="24"),
        (1280, 720),
        "24",
    ),
    Phone(
        "wide pixels", _film("sar.mp4", *SOUND, *H264, *AAC, "-vf", "setsar=4/3"), (426, 180), "30"
    ),
)


def row_of(phone: Phone) -> str:
    """The line of the table in the documents."""
    wide, tall = phone.size
    sound = "AAC, two channels" if phone.sound else "none"
    return f"| {phone.words} | {wide} x {tall} | {phone.rate} | {sound} |"
