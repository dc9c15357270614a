"""The one ffmpeg command line that cuts a stretch out of a watchable film, treated as was asked.

Exactly the frames of the stretch are decoded into it and none around them; what is softened, or
silent, is so in everything that is made: film, timeline, still.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import ffmpeg
from PIL import Image, ImageDraw

from footage import captions, graph
from footage.graph import Stretch, Targets
from footage.rules import Facts
from footage.treatments import OVAL, SLOWER, Treatment

CELLS = 7  # along the longer side of a softened part: less than a face needs to be known by
SAMPLES = 48_000


@dataclass(frozen=True)
class Plan:
    """A cut before it is made: of which film (its facts), which stretch, and how it is treated."""

    whole: Facts
    stretch: Stretch
    treatment: Treatment

    @property
    def facts(self) -> Facts:
        """What the film will be like."""
        frames = self.stretch.count * self.treatment.times
        return replace(
            self.whole,
            duration_ms=round(frames * 1000 / self.stretch.rate),
            height=self.whole.height + self._band[1],
            rate=self.stretch.rate,
            sound=None if self.treatment.silent else self.whole.sound,
        )

    @property
    def props(self) -> dict[str, bytes]:
        """Pictures of ours that the film needs: the mask of an oval, the words below."""
        found = {"mask": self._mask, "band": self._band[0]}
        return {name: data for name, data in found.items() if data}

    @cached_property
    def _band(self) -> tuple[bytes, int]:
        words = self.treatment.caption.strip()
        return captions.band(words, self.whole.width) if words else (b"", 0)

    @cached_property
    def _mask(self) -> bytes:
        region = self.treatment.softened
        if region is None or region.shape != OVAL:
            return b""
        *_, width, height = region.pixels(self.whole.width, self.whole.height)
        mask = Image.new("L", (width, height), 0)
        ImageDraw.Draw(mask).ellipse((0, 0, width - 1, height - 1), fill=255)
        return mask.tobytes()


def command(
    program: str,
    address: str,
    options: dict[str, Any],
    plan: Plan,
    props: dict[str, str],
    targets: Targets,
) -> list[str]:
    """Film, timeline, poster and peaks of the stretch. `props`: open files of `plan.props`."""
    seek, start = graph.seek(plan.stretch)
    times = 2 if plan.treatment.slow_again else 1
    # ffmpeg.input makes one of two that are alike; each time has to be read by itself
    films = [
        ffmpeg.input(address, **options, **seek, thread_queue_size=8 + time)
        for time in range(times)
    ]
    seen = [_seen(film, plan, start, slow) for slow, film in enumerate(films)]
    heard = [_heard(film, plan, start, slow) for slow, film in enumerate(films)]
    picture, sound = seen[0], heard[0]
    if times > 1:
        picture = ffmpeg.concat(*seen, v=1, a=0)
        sound = sound and ffmpeg.concat(*heard, v=0, a=1)
    picture = _with_band(_softened(picture, plan, props), plan, props)
    picture = picture.filter("setsar", 1).filter("format", "yuv420p")
    return graph.made(program, picture, sound, plan.facts, plan.stretch.rate, targets)


def _seen(film: Any, plan: Plan, start: Any, slow: int) -> Any:
    """The frames of the stretch, in their time or in twice their time."""
    stretch = plan.stretch
    video = graph.trimmed(film[str(plan.whole.video)], stretch, start)
    if slow:
        video = video.filter("setpts", f"{SLOWER}*PTS")
    video = video.filter("fps", fps=str(stretch.rate), start_time=0)
    if slow:  # the last frame is shown as long as the others
        video = video.filter("tpad", stop=SLOWER, stop_mode="clone")
        video = video.filter("trim", end_frame=SLOWER * stretch.count)
    return video


def _heard(film: Any, plan: Plan, start: Any, slow: int) -> Any:
    """What is heard meanwhile, exactly as long; slow, but in its own pitch. None for a silent."""
    if plan.whole.sound is None or plan.treatment.silent:
        return None
    audio = graph.sounded(film[str(plan.whole.sound)], plan.stretch, start)
    samples = round(plan.stretch.count * SAMPLES / plan.stretch.rate)
    if slow:
        audio, samples = audio.filter("atempo", 1 / SLOWER), samples * SLOWER
    audio = audio.filter("apad").filter("atrim", end_sample=samples)
    return audio.filter("asetpts", "PTS-STARTPTS")


def _softened(picture: Any, plan: Plan, props: dict[str, str]) -> Any:
    """The part of the picture is a few large spots of colour, run into each other."""
    region = plan.treatment.softened
    if region is None:
        return picture
    left, top, width, height = region.pixels(plan.whole.width, plan.whole.height)
    longer = max(width, height)
    cells = [max(2, round(side * CELLS / longer)) for side in (width, height)]
    both = picture.split()
    soft = both[1].filter("crop", width, height, left, top)
    soft = soft.filter("scale", *cells, flags="area").filter("scale", width, height)
    soft = soft.filter("gblur", sigma=max(2.0, longer / CELLS / 3))
    if "mask" in props:
        mask = _ours(props["mask"], "gray", width, height, plan)
        soft = ffmpeg.filter([soft.filter("format", "yuva420p"), mask], "alphamerge")
    return ffmpeg.filter([both[0], soft], "overlay", left, top)


def _with_band(picture: Any, plan: Plan, props: dict[str, str]) -> Any:
    """The words stand below the picture and cover nothing of it."""
    if "band" not in props:
        return picture
    width, height = plan.whole.width, plan.whole.height
    below = _ours(props["band"], "rgb24", width, plan.facts.height - height, plan)
    below = below.filter("scale", out_color_matrix="bt709", out_range="tv")
    below = below.filter("format", "yuv420p")
    tall = picture.filter("pad", width, plan.facts.height, 0, 0)
    return ffmpeg.filter([tall, below], "overlay", 0, height)


def _ours(name: str, form: str, width: int, height: int, plan: Plan) -> Any:
    """One picture of ours, which stands for as long as the film lasts."""
    return ffmpeg.input(
        name,
        format="rawvideo",
        pixel_format=form,
        video_size=(width, height),
        framerate=str(plan.stretch.rate),
        protocol_whitelist="file",
    )["0"]
