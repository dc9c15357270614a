"""Looking at what was made of a film: everything a probe says, and whether it is as promised."""

import json
from fractions import Fraction
from typing import Any

from footage import binaries, memory, rules, sandbox, vault
from footage.kinds import ArtefactKind
from footage.models import Film
from footage.sandbox import Limits

MADE = (ArtefactKind.PROXY, ArtefactKind.SPRITE, ArtefactKind.POSTER, ArtefactKind.PEAKS)
KNOWN_TAGS = {"major_brand", "minor_version", "compatible_brands", "encoder"}
KNOWN_TAGS |= {"language", "handler_name", "vendor_id"}


def bytes_of(film: Film, kind: ArtefactKind) -> bytes:
    """The artefact in the clear."""
    return vault.reader(film.artefacts.select_related("film").get(kind=kind)).read()


def probed(data: bytes, *more: str) -> dict[str, Any]:
    """Everything ffprobe has to say about these bytes."""
    with memory.Scratch("test") as scratch:
        scratch.fill([data])
        wanted = ["-show_format", "-show_streams", "-show_chapters", *more, "-of", "json"]
        done = sandbox.run(
            [binaries.ffprobe() or "ffprobe", "-v", "error", *wanted, scratch.path],
            files=[scratch.fd],
            limits=Limits(60, 60),
        )
    return json.loads(done.output)


def tags_of(found: dict[str, Any]) -> set[str]:
    """The names of all tags."""
    parts = (found["format"], *found["streams"])
    return {name.lower() for part in parts for name in part.get("tags", {})}


def faults_of_proxy(film: Film) -> list[str]:
    """What is not as promised of every watchable film; nothing, we hope."""
    found = probed(bytes_of(film, ArtefactKind.PROXY))
    picture, *others = found["streams"]
    sides = picture["width"], picture["height"]
    promises = {
        "H.264": picture["codec_name"] == "h264",
        "ordinary pixels": picture["pix_fmt"] == "yuv420p",
        "even sides": not any(side % 2 for side in sides),
        "short side at most 720": min(sides) <= rules.SHORT_SIDE,
        "long side at most 8192": max(sides) <= rules.WIDEST,
        "constant rate": picture["avg_frame_rate"] == picture["r_frame_rate"],
        "at most 30 a second": Fraction(picture["r_frame_rate"]) <= 30,
        "upright": "side_data_list" not in picture,
        "starts at 0": float(picture["start_time"]) == 0,
        "AAC or nothing": [one["codec_name"] for one in others] in ([], ["aac"]),
        "no strange tags": tags_of(found) <= KNOWN_TAGS,
        "no chapters": not found["chapters"],
        "ordinary colours": picture.get("color_transfer") not in ("smpte2084", "arib-std-b67"),
        "all that a page needs": {one.kind for one in film.artefacts.all()} >= set(MADE),
    }
    return [f"not so: {promise}" for promise, kept in promises.items() if not kept]
