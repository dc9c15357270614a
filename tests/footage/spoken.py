"""Small spoken notes as browsers record them, synthesised by ffmpeg once a session."""

from functools import cache
from pathlib import Path

from tests.footage.films import FOLDER, _ffmpeg

# Something like a voice: a low tone that comes and goes, four times a second.
VOICE = "aevalsrc=0.4*sin(2*PI*180*t)*(0.6+0.4*sin(2*PI*4*t)):s=48000:d={seconds}"


@cache
def chromium(seconds: float = 2) -> Path:
    """Opus in WebM that says no length: written as it came, like MediaRecorder does."""
    path = FOLDER / f"note-{seconds}.webm"
    spoken = ("-f", "lavfi", "-i", VOICE.format(seconds=seconds), "-c:a", "libopus")
    _ffmpeg(*spoken, "-f", "webm", "-live", "1", str(path))
    return path


@cache
def safari(seconds: float = 2) -> Path:
    """AAC in fragments of MP4."""
    path = FOLDER / f"note-{seconds}.mp4"
    spoken = ("-f", "lavfi", "-i", VOICE.format(seconds=seconds), "-c:a", "aac")
    _ffmpeg(*spoken, "-movflags", "frag_keyframe+empty_moov", str(path))
    return path
