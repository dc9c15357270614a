"""The one ffmpeg command line that makes everything of a film in a single decoding."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import ffmpeg

from footage import rules
from footage.rules import Facts

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi"
CODECS = ",".join(
    (
        "h264,hevc,av1,libdav1d,vp8,vp9,mpeg4,h263,mpeg1video,mpeg2video,mjpeg,prores,dvvideo",
        "aac,aac_latm,mp3,mp3float,mp2,mp2float,ac3,eac3,alac,flac,opus,vorbis",
        "amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be",
        "pcm_s32le,pcm_f32le,pcm_u8,pcm_alaw,pcm_mulaw,pcm_bluray",
        # left out of what we make, but ffprobe opens every track
        "mov_text,subrip,srt,webvtt,ass,ssa,text",
    )
)
ALLOWED = {"format_whitelist": FORMATS, "codec_whitelist": CODECS}  # a source adds its protocols
HDR = {"smpte2084", "arib-std-b67"}
TILE = 160
COLUMNS = 10
PEAKS_RATE = 8000
BEFORE = 30  # frames
QUIET = (
    *("-hide_banner", "-nostdin", "-nostats", "-loglevel", "error"),
    *("-stats_period", "1", "-progress", "pipe:1", "-filter_complex_threads", "1"),
)
STRIPPED: dict[str, Any] = {"map_metadata": -1, "map_chapters": -1, "sn": None, "dn": None}


@dataclass(frozen=True)
class Stretch:
    """A stretch of a film in frames: the first, how many, and at what rate they run."""

    first: int
    count: int
    rate: Fraction


@dataclass(frozen=True)
class Sheet:
    """The small pictures along the timeline: one every so many milliseconds, ten a row."""

    every_ms: int
    count: int
    width: int
    height: int

    @property
    def rows(self) -> int:
        """Rows of the sheet."""
        return -(-self.count // COLUMNS)


@dataclass(frozen=True)
class Targets:
    """Where the things go; the 1080p film only where one is wanted."""

    proxy: str
    sprite: str
    poster: str
    sound: str
    fine: str = ""


def sheet_for(facts: Facts) -> Sheet:
    """At most a hundred small pictures, at least a second apart, in the shape of the film."""
    every = max(1000, -(-facts.duration_ms // 100))
    longer = max(facts.width, facts.height)
    width, height = (max(2, 2 * round(side * TILE / longer / 2)) for side in facts_size(facts))
    return Sheet(every, max(1, -(-facts.duration_ms // every)), width, height)


def expected_bytes(facts: Facts, *, fine: bool) -> int:
    """Room for what is made of the film, generously: a busy picture of this size, and its sound."""
    return 16 * 1024 * 1024 + facts.duration_ms * (1536 if fine else 512)


def facts_size(facts: Facts) -> tuple[int, int]:
    """Width and height as displayed."""
    return facts.width, facts.height


def command(
    program: str,
    address: str,
    options: dict[str, Any],
    facts: Facts,
    targets: Targets,
) -> list[str]:
    """Proxy, timeline, poster and sound for peaks: one process, one decoding."""
    film = ffmpeg.input(address, **options)
    rate = rules.steady_rate(facts.rate)
    side = rules.FINE_SIDE if targets.fine else rules.SHORT_SIDE
    picture = _picture(film[str(facts.video)], facts, rate, side)
    fine = []
    if targets.fine:
        large = picture.split()
        fine, picture = [large[0]], _scaled(large[1], facts, rules.SHORT_SIDE)
    heard = _whole_sound(film[str(facts.sound)]) if facts.sound is not None else None
    return made(program, picture, heard, facts, rate, targets, fine)


def made(
    program: str,
    picture: Any,
    heard: Any,
    facts: Facts,
    rate: Fraction,
    targets: Targets,
    fine: Sequence[Any] = (),
) -> list[str]:
    """The command that makes everything of one picture and what is heard with it (or None)."""
    shown, small, still = (picture.split()[number] for number in range(3))
    streams, peaks, large = [shown], [], [*fine]
    if heard is not None:
        heard = heard.asplit()
        streams.append(heard[0])
        peaks = [_peaks(_drawn(heard[1]), targets.sound)]
        large += [heard[2]] if large else []
    outputs = [
        _film(streams, targets.proxy, rate, facts),
        _sprite(small, targets.sprite, facts),
        _poster(still, targets.poster, facts, rate),
        *peaks,
        *([_film(large, targets.fine, rate, facts)] if large else []),
    ]
    whole = ffmpeg.merge_outputs(*outputs).global_args(*QUIET)
    return whole.compile(cmd=program, overwrite_output=True)


def picture(
    program: str,
    address: str,
    options: dict[str, Any],
    facts: Facts,
    target: str,
    frame: Stretch,
) -> list[str]:
    """One frame of a watchable film as a picture: the last that is written, in full size.

    The frames before it are written too: sound may go on when the last picture stands.
    """
    earlier = min(frame.first, BEFORE)
    near = Stretch(frame.first - earlier, earlier + 1, frame.rate)
    begin, start = seek(near)
    shown = trimmed(ffmpeg.input(address, **options, **begin)[str(facts.video)], near, start)
    full = shown.filter("scale", out_range="full").filter("format", "yuvj420p")
    whole = _jpeg(full, target, frames=near.count, quality=2).global_args(*QUIET)
    return whole.compile(cmd=program, overwrite_output=True)


def seek(stretch: Stretch) -> tuple[dict[str, Any], Fraction]:
    """Options of the input, and where it begins then, in seconds.

    Two seconds and half a frame early, so that no rounding bites.
    """
    if stretch.first <= 60:
        return {}, Fraction(0)
    start = (stretch.first - 60 - Fraction(1, 2)) / stretch.rate
    return {"ss": _exact(start)}, Fraction(_exact(start))


def _picture(video: Any, facts: Facts, rate: Fraction, side: int) -> Any:
    if facts.interlaced:  # two half pictures a frame: a camcorder's combs are no movement
        video = video.filter("bwdif", mode="send_frame", deint="interlaced")
    video = video.filter("fps", fps=str(rate), start_time=0)
    video = _scaled(video, facts, side)
    if facts.transfer in HDR:
        video = _tone_mapped(video, facts.transfer)
    return video.filter("setsar", 1).filter("format", "yuv420p")


def trimmed(video: Any, stretch: Stretch, start: Fraction) -> Any:
    """These frames and no other, from 0 on: the edges lie halfway between two frames."""
    half = Fraction(1, 2)
    first, beyond = (
        (frame - half) / stretch.rate - start
        for frame in (stretch.first, stretch.first + stretch.count)
    )
    video = video.filter("trim", start=_exact(max(first, Fraction(0))), end=_exact(beyond))
    return video.filter("setpts", "PTS-STARTPTS")


def _scaled(video: Any, facts: Facts, side: int) -> Any:
    width, height = rules.fitted(facts.width, facts.height, side)
    return video.filter("scale", width, height, flags="bicubic")


def _tone_mapped(video: Any, transfer: str) -> Any:
    """HLG or PQ brought to the light of an ordinary screen."""
    linear = {"t": "linear", "npl": 100, "tin": transfer, "min": "bt2020nc", "pin": "bt2020"}
    return (
        video.filter("zscale", rin="limited", **linear)
        .filter("format", "gbrpf32le")
        .filter("zscale", p="bt709")
        .filter("tonemap", "hable", desat=0)
        .filter("zscale", t="bt709", m="bt709", r="limited")
    )


def sounded(audio: Any, stretch: Stretch, start: Fraction) -> Any:
    """What is heard while these frames are shown, from 0 on."""
    first = stretch.first / stretch.rate - start
    beyond = (stretch.first + stretch.count) / stretch.rate - start
    audio = audio.filter("atrim", start=_exact(first), end=_exact(beyond))
    return _whole_sound(audio.filter("asetpts", "PTS-STARTPTS"))


def _whole_sound(audio: Any) -> Any:
    return audio.filter("aresample", 48000, **{"async": 1, "first_pts": 0})


def _drawn(audio: Any) -> Any:
    """The sound as it is drawn along the timeline."""
    drawn = audio.filter("aresample", PEAKS_RATE)
    return drawn.filter("aformat", sample_fmts="s16", channel_layouts="mono")


def _film(streams: list[Any], target: str, rate: Fraction, facts: Facts) -> Any:
    colours = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709"}
    sound = {"acodec": "aac", "audio_bitrate": "128k", "ar": 48000, "ac": 2}
    return ffmpeg.output(
        *streams,
        target,
        format="mp4",
        vcodec="libx264",
        preset="veryfast",
        crf=23,
        g=30,
        pix_fmt="yuv420p",
        r=str(rate),
        fps_mode="cfr",
        movflags="+faststart",
        max_muxing_queue_size=4096,
        **(sound if len(streams) > 1 else {}),
        **({**colours, "color_range": "tv"} if facts.transfer in HDR else {}),
        **STRIPPED,
    )


def _sprite(video: Any, target: str, facts: Facts) -> Any:
    sheet = sheet_for(facts)
    seconds = _exact(Fraction(sheet.every_ms, 1000))
    picked = video.filter("select", f"gte(t,selected_n*{seconds})")
    tiles = picked.filter("scale", sheet.width, sheet.height, out_range="full")
    tiles = tiles.filter("tile", f"{COLUMNS}x{sheet.rows}").filter("format", "yuvj420p")
    return _jpeg(tiles, target, frames=1)


def _poster(video: Any, target: str, facts: Facts, rate: Fraction) -> Any:
    """The first frame, then the one we want: a film shorter than it says has only the first."""
    wanted = round(min(3000, facts.duration_ms // 3) * rate / 1000)
    picked = video.filter("select", f"eq(n,0)+eq(n,{wanted})")
    full = picked.filter("scale", out_range="full").filter("format", "yuvj420p")
    return _jpeg(full, target, frames=2)


def _jpeg(video: Any, target: str, frames: int, quality: int = 4) -> Any:
    return ffmpeg.output(
        video,
        target,
        format="mjpeg",
        vcodec="mjpeg",
        **{"q:v": quality, "frames:v": frames},
        fps_mode="passthrough",
        **STRIPPED,
    )


def _peaks(audio: Any, target: str) -> Any:
    return ffmpeg.output(audio, target, format="s16le", acodec="pcm_s16le", **STRIPPED)


def _exact(seconds: Fraction) -> str:
    """A time in microseconds, which is as exactly as ffmpeg reads one."""
    return f"{float(seconds):.6f}"
