"""Bare ffmpeg: the one command that makes the same 720p film, decoding alone, and what peers do."""

import subprocess
from pathlib import Path

PICTURE = ["-vf", "fps=30,scale=1280:720:flags=bicubic,format=yuv420p"]
PROXY = [
    *("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-g", "30", "-fps_mode", "cfr"),
    *("-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2", "-map_metadata", "-1"),
    *("-movflags", "+faststart"),
]
SPRITE = ["-an", "-frames:v", "1", "-q:v", "4"]
SOUND = ["-vn", "-ac", "1", "-ar", "8000", "-f", "s16le"]


def made_film(ffmpeg: str, folder: Path, seconds: int) -> Path:
    """A 1080p film as a phone makes it, 16 Mbit a second and never still, so many seconds long."""
    piece, film = folder / "piece.mp4", folder / "film.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30:d=6"]
    sound = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:d=6"]
    rate = ["-b:v", "16M", "-maxrate", "20M", "-bufsize", "20M", "-g", "30"]
    noise = ["-vf", "noise=alls=10:allf=t,format=yuv420p", "-c:v", "libx264"]
    run([ffmpeg, *picture, *sound, *noise, "-preset", "veryfast", *rate, "-c:a", "aac", str(piece)])
    loops = str(max(0, seconds // 6 - 1))
    run([ffmpeg, "-stream_loop", loops, "-i", str(piece), "-c", "copy", str(film)])
    return film


def proxy(ffmpeg: str, film: Path) -> None:
    """The watchable film, and nothing else."""
    run([ffmpeg, "-i", str(film), *PICTURE, *PROXY, str(film.with_name("bare.mp4"))])


def decode(ffmpeg: str, film: Path) -> None:
    """Every frame was decoded and thrown away."""
    run([ffmpeg, "-i", str(film), "-f", "null", "-"])


def separate_runs(ffmpeg: str, film: Path, every: float) -> None:
    """The peers' recipe: the film, then the small pictures, then the loudness, each by itself."""
    proxy(ffmpeg, film)
    small = ["-vf", f"fps=1/{every},scale=160:90,tile=10x10"]
    run([ffmpeg, "-i", str(film), *small, *SPRITE, str(film.with_name("sprite.jpg"))])
    run([ffmpeg, "-i", str(film), *SOUND, str(film.with_name("sound.raw"))])


def run(command: list[str]) -> None:
    """The command has ended well."""
    program, *words = command
    subprocess.run([program, "-v", "error", "-nostdin", "-y", *words], check=True)
