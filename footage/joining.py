"""The one ffmpeg command line that makes one film of several: words, soft changes, quiet music.

Nothing but the films that were given can be seen in it: each is taken whole, and words stand on
pictures of ours. Lengths are counted in frames of the film to come.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import ffmpeg

from footage import cards, graph, sounds
from footage.graph import Targets
from footage.kinds import Balance, Music
from footage.rules import Facts

SOFT_MS = 500  # out of the dark and back into it; never more than a quarter of a scene
SHORTEST_CARD_MS, LONGEST_CARD_MS, A_SIGN_MS = 2400, 7000, 60
DARK = "0x14201f"  # between scenes, and beside a film that is narrower than the picture
HEARD = 48_000
LOUD: dict[Balance, tuple[float, float]] = {  # voices, music
    Balance.VOICES: (1.0, 0.12),
    Balance.BOTH: (0.7, 0.3),
    Balance.MUSIC: (0.25, 0.5),
    Balance.ALONE: (0.0, 0.6),
}


@dataclass(frozen=True)
class Scene:
    """What is shown for so many frames: the film of this number, or else these words."""

    frames: int
    words: str = ""
    film: int | None = None
    has_sound: bool = False


@dataclass(frozen=True)
class Plan:
    """The whole film before it is made."""

    scenes: tuple[Scene, ...]
    width: int
    height: int
    rate: Fraction
    music: Music
    balance: Balance

    @property
    def frames(self) -> int:
        """How many frames the film has."""
        return sum(scene.frames for scene in self.scenes)

    def soft(self, scene: Scene) -> float:
        """For how many seconds the scene comes out of the dark, and goes back into it."""
        return min(SOFT_MS / 1000, float(scene.frames / self.rate / 4))

    @property
    def facts(self) -> Facts:
        """What the film will be like."""
        length = round(self.frames * 1000 / self.rate)
        return Facts("mp4", length, self.width, self.height, self.rate, sound=1)

    @property
    def cards(self) -> list[bytes]:
        """The pictures with words on them, in their order."""
        shown = [scene.words for scene in self.scenes if scene.film is None]
        return [cards.drawn(words, self.width, self.height) for words in shown]


def planned(
    films: Sequence[Facts], titles: Sequence[str], opening: str, music: Music, balance: Balance
) -> Plan:
    """The films in this order, each with its words before it, after the opening words."""
    upright = all(film.height > film.width for film in films)
    width, height = (720, 1280) if upright else (1280, 720)
    usual: Counter[Fraction] = Counter()
    for film in films:
        usual[film.rate] += film.duration_ms
    rate = usual.most_common(1)[0][0]
    scenes = [_card(opening, rate)] if opening else []
    for number, (film, title) in enumerate(zip(films, titles, strict=True)):
        scenes += [_card(title, rate)] if title else []
        frames = max(1, int(film.duration_ms * rate / 1000 + Fraction(1, 2)))
        scenes.append(Scene(frames, film=number, has_sound=film.has_sound))
    return Plan(tuple(scenes), width, height, rate, music, balance)


def _card(words: str, rate: Fraction) -> Scene:
    shown_ms = min(LONGEST_CARD_MS, max(SHORTEST_CARD_MS, 1000 + A_SIGN_MS * len(words)))
    return Scene(round(shown_ms * rate / 1000), words)


def command(
    program: str,
    plan: Plan,
    films: Sequence[tuple[str, dict[str, Any]]],
    pictures: Sequence[str],
    music: str,
    targets: Targets,
) -> list[str]:
    """Proxy, timeline, poster and peaks of the whole, in one process.

    `films`: address and options of each; `pictures`, `music`: open files of ours, raw.
    """
    taken = [ffmpeg.input(address, **options) for address, options in films]
    drawn = iter([_picture_input(plan, name) for name in pictures])
    silence = ffmpeg.input("anullsrc=r=48000:cl=stereo", format="lavfi")["0"].asplit()
    seen, heard = [], []
    for number, scene in enumerate(plan.scenes):
        of = next(drawn) if scene.film is None else taken[scene.film]
        seen.append(_seen(of, plan, scene))
        heard.append(_heard(of["1"] if scene.has_sound else silence[number], plan, scene))
    picture, voices = _after_each_other(seen, heard)
    sound = _with_music(voices, plan, music)
    return graph.made(program, picture, sound, plan.facts, plan.rate, targets)


def _picture_input(plan: Plan, name: str) -> Any:
    return ffmpeg.input(
        name,
        format="rawvideo",
        pixel_format="rgb24",
        video_size=(plan.width, plan.height),
        framerate=str(plan.rate),
        protocol_whitelist="file",
    )


def _seen(of: Any, plan: Plan, scene: Scene) -> Any:
    """The scene's picture: of the one size, at the one rate, exactly as long as it says."""
    if scene.film is None:
        shown = of["0"].filter("scale", out_color_matrix="bt709", out_range="tv")
    else:
        shown = of["0"].filter("setpts", "PTS-STARTPTS").filter("fps", fps=str(plan.rate))
        fit = {"force_original_aspect_ratio": "decrease", "force_divisible_by": 2}
        shown = shown.filter("scale", plan.width, plan.height, flags="bicubic", **fit)
        middle = {"x": "(ow-iw)/2", "y": "(oh-ih)/2", "color": DARK}
        shown = shown.filter("pad", plan.width, plan.height, **middle)
        shown = shown.filter("tpad", stop_mode="clone", stop=2)
    shown = shown.filter("setsar", 1).filter("format", "yuv420p")
    if scene.film is None:  # last: the frames that wait for their turn are one picture in memory
        shown = shown.filter("loop", loop=scene.frames, size=1, start=0)
    shown = shown.filter("fps", fps=str(plan.rate)).filter("trim", end_frame=scene.frames)
    soft, length = plan.soft(scene), float(scene.frames / plan.rate)
    shown = shown.filter("fade", t="in", st=0, d=soft, color=DARK)
    return shown.filter("fade", t="out", st=f"{length - soft:.6f}", d=soft, color=DARK)


def _heard(sound: Any, plan: Plan, scene: Scene) -> Any:
    """What is heard meanwhile (of the film, or silence), exactly as long as the picture."""
    sound = sound.filter("aresample", HEARD, **{"async": 1, "first_pts": 0})
    sound = sound.filter("aformat", sample_fmts="fltp", channel_layouts="stereo").filter("apad")
    sound = sound.filter("atrim", end=_seconds(scene.frames, plan))
    soft, length = plan.soft(scene), float(scene.frames / plan.rate)
    sound = sound.filter("asetpts", "PTS-STARTPTS").filter("afade", t="in", d=soft)
    return sound.filter("afade", t="out", st=f"{length - soft:.6f}", d=soft)


def _after_each_other(seen: list[Any], heard: list[Any]) -> tuple[Any, Any]:
    """One scene after the other. Each is asked for in its turn: a minute to come takes no memory.

    `xfade` would show two scenes at once, and for that ask for all of them from the beginning.
    """
    pairs = [stream for pair in zip(seen, heard, strict=True) for stream in pair]
    joined = ffmpeg.concat(*pairs, v=1, a=1, n=len(seen)).node
    return joined[0], joined[1]


def _with_music(voices: Any, plan: Plan, music: str) -> Any:
    """The voices as loud as was chosen, and the music under them, ending with the picture."""
    loud, behind = LOUD[plan.balance] if plan.music != Music.NONE else (1.0, 0.0)
    length = plan.frames / plan.rate
    fade_out = f"{max(0.0, float(length) - 2.5):.6f}"
    voices = voices.filter("volume", loud).filter("afade", t="in", d=0.5)
    if plan.music != Music.NONE:
        raw = ffmpeg.input(music, format="s16le", ar=sounds.RATE, ac=1, protocol_whitelist="file")
        samples = len(sounds.loop(plan.music)) // 2
        played = raw["0"].filter("aloop", loop=-1, size=samples)
        played = played.filter("atrim", end=f"{float(length):.6f}").filter("aresample", HEARD)
        played = played.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
        played = played.filter("volume", behind).filter("afade", t="in", d=2)
        both = [voices, played]
        voices = ffmpeg.filter(both, "amix", inputs=2, duration="first", normalize=0)
    voices = voices.filter("afade", t="out", st=fade_out, d=2.5)
    return voices.filter("alimiter", limit=0.95)


def _seconds(frames: int, plan: Plan) -> str:
    return f"{float(frames / plan.rate):.6f}"
