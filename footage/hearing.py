"""A spoken note without a picture: one decoding makes its sound and its loudness along the time."""

import json
from contextlib import ExitStack
from typing import Any, Self

import ffmpeg

from footage import graph, rules
from footage.kinds import ArtefactKind
from footage.memory import Scratch
from footage.products import PEAKS_A_SECOND, Contents, peaks_of
from footage.rules import Facts


class Hearing:
    """Room for what is made of a note, for as long as the `with` lasts."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._heard, self._drawn = (
            self._stack.enter_context(Scratch(name)) for name in ("heard", "drawn")
        )

    def command(
        self, program: str, address: str, options: dict[str, Any], facts: Facts
    ) -> list[str]:
        """AAC in an MP4 with its index first, and samples for the peaks; never a picture."""
        sound = ffmpeg.input(address, **options)[str(facts.sound)]
        parts = sound.filter("aresample", 48000, **{"async": 1, "first_pts": 0}).asplit()
        drawn = parts[1].filter("aresample", graph.PEAKS_RATE)
        mono = drawn.filter("aformat", sample_fmts="s16", channel_layouts="mono")
        whole = ffmpeg.merge_outputs(
            _heard(parts[0], self._heard.path), _drawn(mono, self._drawn.path)
        )
        quiet = ("-hide_banner", "-nostdin", "-nostats", "-loglevel", "error")
        told = ("-stats_period", "1", "-progress", "pipe:1", "-filter_complex_threads", "1")
        return whole.global_args(*quiet, *told).compile(cmd=program, overwrite_output=True)

    @property
    def files(self) -> list[int]:
        """The open files that ffmpeg needs."""
        return [self._heard.fd, self._drawn.fd]

    @property
    def films(self) -> list[Scratch]:
        """What can be heard."""
        return [self._heard]

    def contents(self, _facts: Facts) -> Contents:
        """The bytes of both artefacts."""
        peaks = json.dumps(peaks_of(self._drawn.view()), separators=(",", ":")).encode()
        return {
            ArtefactKind.PROXY: (self._heard.view(), {}),
            ArtefactKind.PEAKS: (memoryview(peaks), {"per_second": PEAKS_A_SECOND}),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()


def _heard(sound: Any, target: str) -> Any:
    kept = {"acodec": "aac", "audio_bitrate": "96k", "ar": 48000, "ac": 1}
    longest = rules.NOTE_LONGEST_MS / 1000
    return ffmpeg.output(
        sound, target, format="mp4", movflags="+faststart", t=longest, **kept, **graph.STRIPPED
    )


def _drawn(mono: Any, target: str) -> Any:
    longest = rules.NOTE_LONGEST_MS / 1000
    return ffmpeg.output(
        mono, target, format="s16le", acodec="pcm_s16le", t=longest, **graph.STRIPPED
    )
