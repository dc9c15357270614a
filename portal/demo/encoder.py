"""Frames and voices go in, a film file comes out."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import ffmpeg
import imageio_ffmpeg


class FilmNotMade(Exception):
    """The encoder did not finish; the message holds its last words."""


def binary() -> str:
    """The ffmpeg to use: the one named in ATTUNE_FFMPEG, the one on PATH, the one in the wheel."""
    return (
        os.environ.get("ATTUNE_FFMPEG") or shutil.which("ffmpeg") or imageio_ffmpeg.get_ffmpeg_exe()
    )


@lru_cache(maxsize=8)
def encoders(command: str) -> frozenset[str]:
    """The names of the encoders this ffmpeg was built with."""
    listed = subprocess.run(
        [command, "-hide_banner", "-encoders"],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    ).stdout
    return frozenset(line.split()[1] for line in listed.splitlines() if len(line.split()) > 1)


def pictures(wide: int, high: int, rate: float) -> ffmpeg.nodes.FilterableStream:
    """Raw frames, read from standard input."""
    return ffmpeg.input(
        "pipe:", format="rawvideo", pix_fmt="rgb24", s=f"{wide}x{high}", framerate=rate
    )


def soundtrack(voices: Path, seconds: float, seed: int) -> ffmpeg.nodes.FilterableStream:
    """The voices, softened, over the quiet noise of a room."""
    room = ffmpeg.input(
        f"anoisesrc=color=brown:amplitude=0.014:seed={seed}:sample_rate=32000",
        format="lavfi",
        t=seconds,
    )
    voice = ffmpeg.input(str(voices)).filter("aresample", 32000).filter("lowpass", frequency=2600)
    echo = voice.filter("aecho", 0.8, 0.5, "38|71", "0.22|0.12")
    return (
        ffmpeg.filter([echo, room], "amix", inputs=2, duration="longest", dropout_transition=0)
        .filter("volume", 9)
        .filter("afade", type="in", duration=0.6)
        .filter("afade", type="out", start_time=max(0.0, seconds - 0.8), duration=0.8)
    )


def encode(
    streams: list[ffmpeg.nodes.Stream],
    target: Path,
    feed: Iterable[bytes],
    command: str | None = None,
    **options: object,
) -> Path:
    """Write the film whole or not at all; the frames are fed as they are drawn."""
    made = target.with_name(f"{target.stem}.part{target.suffix}")
    arguments = (
        ffmpeg.output(*streams, str(made), **options)
        .global_args("-hide_banner", "-loglevel", "error", "-nostdin")
        .overwrite_output()
        .compile(cmd=command or binary())
    )
    with tempfile.TemporaryFile() as words:
        child = subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=words)
        assert child.stdin is not None  # noqa: S101
        try:
            for frame in feed:
                child.stdin.write(frame)
            child.stdin.close()
        except BrokenPipeError:
            pass
        except BaseException:
            child.kill()
            raise
        if child.wait(timeout=120):
            words.seek(0)
            made.unlink(missing_ok=True)
            raise FilmNotMade(words.read()[-400:].decode(errors="replace"))
    made.replace(target)
    return target
