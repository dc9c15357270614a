"""Demo films: drawn people who turn, smile and take turns, made in seconds on any machine."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from . import encoder, voices
from .drawing import frames
from .people import LOOKS
from .scenes import SCENES, Scene

__all__ = ["SCENES", "Scene", "cached_films", "make_film", "make_films"]

DRAWN_RATE = 12.5  # drawn "on twos", as animators do
RATE = 25
VIDEO = {
    "vcodec": "libx264",
    "preset": "superfast",
    "x264-params": "mbtree=1:rc-lookahead=10",
    "crf": 24,
    "pix_fmt": "yuv420p",
    "r": RATE,
    "g": 50,
}
AUDIO = {"acodec": "aac", "audio_bitrate": "64k", "ac": 1, "ar": 32000}


def voices_of(scene: Scene) -> tuple[str, str]:
    """The voice of each person in the scene."""
    first, second = (LOOKS[name].voice for name in scene.who)
    return first, second


def make_film(scene: Scene, target: Path) -> Path:
    """The scene as an H.264 film with sound, at the target."""
    wide, high = scene.size
    with tempfile.TemporaryDirectory() as folder:
        said = voices.speak(
            scene.turns, voices_of(scene), scene.seconds, scene.seed, Path(folder) / "voices.wav"
        )
        streams = [
            encoder.pictures(wide, high, DRAWN_RATE),
            encoder.soundtrack(said, scene.seconds, scene.seed),
        ]
        return encoder.encode(
            streams,
            target,
            frames(scene, DRAWN_RATE),
            **VIDEO,
            **AUDIO,
            t=scene.seconds,
            movflags="+faststart",
        )


def make_films(scenes: Iterable[Scene], folder: Path) -> dict[str, Path]:
    """Every scene as `<name>.mp4` in the folder, two drawn at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sorted(scenes, key=lambda scene: -scene.seconds * scene.size[1])
    targets = [folder / f"{scene.name}.mp4" for scene in wanted]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1), mp_context=spawn) as pool:
        made = list(pool.map(make_film, wanted, targets))
    return {scene.name: path for scene, path in zip(wanted, made, strict=True)}


def recipe() -> str:
    """A short hash of the code that draws the films: another recipe makes other films."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def cached_films(folder: Path, scenes: Iterable[Scene] = SCENES) -> dict[str, Path]:
    """The films, made once per recipe and kept in a folder of their own."""
    wanted = tuple(scenes)
    kept = folder / recipe()
    absent = [scene for scene in wanted if not (kept / f"{scene.name}.mp4").exists()]
    if absent:
        for old in folder.glob("*"):
            if old != kept:
                shutil.rmtree(old, ignore_errors=True)
        make_films(absent, kept)
    return {scene.name: kept / f"{scene.name}.mp4" for scene in wanted}
