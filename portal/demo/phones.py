"""Films as phones make them, for the journeys: turned on their side, located, uneven in time."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import ffmpeg

from . import encoder, voices
from .drawing import frames
from .films import AUDIO, DRAWN_RATE, voices_of
from .scenes import SCENES, Scene

SOMEWHERE = "+52.5695-000.2405+010.000/"
TAGS = {
    "metadata:g:0": f"com.apple.quicktime.location.ISO6709={SOMEWHERE}",
    "metadata:g:1": f"location={SOMEWHERE}",
    "metadata:g:2": "com.apple.quicktime.make=Attune demo phone",
}
QUARTER_TURN = (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
UPRIGHT = (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


def phone_film(target: Path, seconds: float) -> Path:
    """A portrait film stored on its side: HEVC in a .mov, a rotation mark, and where it was made.

    A build of ffmpeg without an HEVC encoder makes H.264 instead; everything else is the same.
    """
    scene = next(scene for scene in SCENES if scene.portrait)
    lying = encoder.pictures(*scene.size, DRAWN_RATE).filter("transpose", 2)
    if "libx265" in encoder.encoders(encoder.binary()):
        video = {"vcodec": "libx265", "tag:v": "hvc1", "x265-params": "log-level=error"}
    else:
        video = {"vcodec": "libx264"}
    made = _encode(
        scene,
        seconds,
        lying,
        target,
        preset="ultrafast",
        crf=28,
        r=30,
        movflags="use_metadata_tags",
        **TAGS,
        **video,
    )
    _mark_turned(made)
    return made


def landscape_vfr(target: Path, seconds: float) -> Path:
    """A landscape 720p film whose frames come unevenly, as phones make them in poor light."""
    scene = SCENES[0]
    uneven = (
        encoder.pictures(*scene.size, DRAWN_RATE)
        .filter("scale", 1280, 720)
        .filter("fps", 30)
        .filter("select", "not(eq(mod(n,7),3)+eq(mod(n,11),5)+between(mod(n,90),60,66))")
    )
    return _encode(
        scene,
        seconds,
        uneven,
        target,
        vcodec="libx264",
        preset="ultrafast",
        crf=26,
        fps_mode="vfr",
        video_track_timescale=90_000,
    )


def _encode(
    scene: Scene,
    seconds: float,
    picture: ffmpeg.nodes.FilterableStream,
    target: Path,
    **options: object,
) -> Path:
    with tempfile.TemporaryDirectory() as folder:
        said = voices.speak(
            scene.turns, voices_of(scene), scene.seconds, scene.seed, Path(folder) / "voices.wav"
        )
        streams = [picture, encoder.soundtrack(said, seconds, scene.seed)]
        feed = frames(_shown(scene, seconds), DRAWN_RATE)
        return encoder.encode(
            streams, target, feed, pix_fmt="yuv420p", t=seconds, **AUDIO, **options
        )


def _shown(scene: Scene, seconds: float) -> Scene:
    """The scene at another length; what happens in it keeps its time."""
    return replace(scene, seconds=seconds)


def _mark_turned(film: Path) -> None:
    """Write a quarter turn into the picture track's header, as a phone held upright does."""
    data = bytearray(film.read_bytes())
    for start in _headers(data):
        matrix = start + 4 + 40
        wide, high = struct.unpack_from(">2I", data, matrix + 36)
        if wide and high and struct.unpack_from(">9i", data, matrix) == UPRIGHT:
            turned = (*QUARTER_TURN[:6], high, *QUARTER_TURN[7:])
            struct.pack_into(">9i", data, matrix, *turned)
    film.write_bytes(data)


def _headers(data: bytearray) -> Iterator[int]:
    """Where each track header of the film starts, at its four letters."""
    start = data.find(b"tkhd")
    while start >= 0:
        yield start
        start = data.find(b"tkhd", start + 4)
