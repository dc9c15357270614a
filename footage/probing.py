"""Looking at a film without believing it: what is inside, or a sentence why it cannot be used."""

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from footage import binaries, graph, rules, sandbox
from footage.errors import BadFilm, MachineTrouble
from footage.rules import Facts
from footage.sandbox import Finished, Limits
from footage.seal import Reader
from footage.source import Source

LIMITS = Limits(wall_seconds=90, cpu_seconds=60, memory_bytes=4 * 1024**3)
PYAV_PROBE = str(Path(__file__).with_name("pyav_probe.py"))
FIELDS = {"tt", "bb", "tb", "bt"}
KNOWN = set(graph.CODECS.split(","))
BOXES = {"ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "styp", "uuid", "moof", "sidx"}


def refuse_by_shape(film: Reader) -> None:
    """Raise BadFilm for what can be seen without a decoder: empty, a list of films, cut short."""
    rules.refuse_by_first_bytes(film.range(0, 4096))
    rules.refuse_by_boxes(_boxes(film), film.layout.size)


def probe(film: Source, *, sound_alone: bool = False) -> Facts:
    """What the film holds; BadFilm with a sentence when it is not one.

    With `sound_alone` a recording without a picture will do: its width and height are 0.
    """
    found = _look(film)
    return _heard(found, film) if sound_alone and not _picture(found) else _facts(found, film)


def _look(film: Source) -> dict[str, Any]:
    done = film.run(_command(film), limits=LIMITS)
    if done.code == 0:
        return json.loads(done.output)
    raise _refusal(done)


def _command(film: Source) -> list[str]:
    program = binaries.ffprobe()
    if program is None:
        options = json.dumps({name: str(value) for name, value in film.options.items()})
        return [sys.executable, "-I", "-S", PYAV_PROBE, film.address, options, *sys.path]
    wanted = ["-show_format", "-show_streams", "-probesize", "20M", "-analyzeduration", "20M"]
    return [program, "-v", "error", *_words(film), *wanted, "-of", "json", film.address]


def _words(film: Source) -> list[str]:
    return [word for name, value in film.options.items() for word in (f"-{name}", str(value))]


def _refusal(done: Finished) -> Exception:
    """Whose fault it is that nothing could be read."""
    if sandbox.was_our_trouble(done):
        return MachineTrouble(f"the probe ended with {done.code}: {done.words[-300:]}")
    if sandbox.ran_into_limit(done):
        return BadFilm(rules.UNREADABLE)
    if "on whitelist" in done.words and "Codec" in done.words:
        return BadFilm(rules.UNKNOWN_CODEC)
    if "moov atom not found" in done.words or "End of file" in done.words:
        return BadFilm(rules.CUT_SHORT)
    return BadFilm(rules.NOT_A_FILM)


def _picture(found: dict[str, Any]) -> dict[str, Any] | None:
    return next((stream for stream in found.get("streams", []) if _is_picture(stream)), None)


def _heard(found: dict[str, Any], film: Source) -> Facts:
    """The facts of what can only be heard."""
    sound = next((stream for stream in found.get("streams", []) if _is_sound(stream)), None)
    if sound is None:
        raise BadFilm(rules.NOTHING_HEARD)
    told = found.get("format", {})
    seconds = _number(sound.get("duration")) or _number(told.get("duration"))
    return Facts(
        format=told.get("format_name", ""),
        duration_ms=round((seconds or _last_moment(film, sound["index"])) * 1000),
        width=0,
        height=0,
        rate=Fraction(0),
        sound=sound["index"],
    )


def _facts(found: dict[str, Any], film: Source) -> Facts:
    streams = found.get("streams", [])
    video = _picture(found)
    if video is None:
        raise BadFilm(rules.NO_PICTURE if streams else rules.NOT_A_FILM)
    if video.get("codec_name") not in KNOWN:
        raise BadFilm(rules.UNKNOWN_CODEC)
    sound = next((stream for stream in streams if _is_sound(stream)), None)
    width, height = _displayed(video)
    seconds = _lasts(video, sound) or _number(found.get("format", {}).get("duration"))
    return Facts(
        format=found.get("format", {}).get("format_name", ""),
        duration_ms=round((seconds or _last_moment(film, video["index"])) * 1000),
        width=width,
        height=height,
        rate=_rate(video),
        transfer=video.get("color_transfer", ""),
        video=video["index"],
        sound=sound["index"] if sound else None,
        interlaced=video.get("field_order") in FIELDS,
    )


def _lasts(video: dict[str, Any], sound: dict[str, Any] | None) -> float | None:
    """Seconds of picture and sound; a text or chapter track may go on for longer."""
    picture = _number(video.get("duration"))
    return max(picture, _number((sound or {}).get("duration")) or 0) if picture else None


def _rate(video: dict[str, Any]) -> Fraction:
    """Frames a second as they come, or as they are meant to when that is all but the same."""
    come, meant = (_fraction(video.get(f"{name}_frame_rate")) for name in ("avg", "r"))
    return meant if not come or abs(meant - come) * 25 < come else come


def _is_picture(stream: dict[str, Any]) -> bool:
    attached = stream.get("disposition", {}).get("attached_pic")
    return stream.get("codec_type") == "video" and not attached and bool(stream.get("width"))


def _is_sound(stream: dict[str, Any]) -> bool:
    known = stream.get("codec_name") in KNOWN or stream.get("codec_name", "").startswith("amr")
    return stream.get("codec_type") == "audio" and known and bool(int(stream.get("channels") or 0))


def _displayed(video: dict[str, Any]) -> tuple[int, int]:
    """Pixels as a viewer sees them: square, and upright."""
    shape = _fraction(video.get("sample_aspect_ratio", "1:1").replace(":", "/")) or Fraction(1)
    width, height = round(video["width"] * shape), video["height"]
    turns = [data["rotation"] for data in video.get("side_data_list", []) if "rotation" in data]
    return (height, width) if turns and round(turns[0]) % 180 == 90 else (width, height)


def _last_moment(film: Source, stream: int) -> float:
    """The length of a film that does not say it (a browser's recording): its last packet counts."""
    program = binaries.ffprobe()
    if program is None:
        return 0.0
    wanted = ["-select_streams", str(stream), "-show_entries", "packet=pts_time", "-of", "csv=p=0"]
    done = film.run([program, "-v", "error", *_words(film), *wanted, film.address], limits=LIMITS)
    times = [_number(word.strip(",")) or 0.0 for word in done.output.decode().split()]
    return max(times, default=0.0)


def _boxes(film: Reader) -> list[tuple[str, int, int]]:
    """(type, start, length) of the outermost boxes of an MP4 or MOV; none for other formats."""
    found: list[tuple[str, int, int]] = []
    at, size = 0, film.layout.size
    while at + 8 <= size and len(found) < 2000:
        head = film.range(at, 16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8].decode("latin-1")
        if not found and kind not in BOXES:
            return []
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        elif length == 0:
            length = size - at
        if length < 8 or not kind.isprintable():
            break
        found.append((kind, at, length))
        at += length
    return found


def _number(words: Any) -> float | None:
    try:
        number = float(words)
    except (TypeError, ValueError):
        return None
    return number if 0 < number < 1e12 else None


def _fraction(words: Any) -> Fraction:
    try:
        return Fraction(str(words))
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
