"""A probe for machines without ffprobe: run as a child of its own, prints what ffprobe would print.

Arguments: the film, the allow-lists as JSON, then the folders to import from.
"""

import json
import sys
from typing import Any

ATTACHED_PICTURE = 0x400  # AV_DISPOSITION_ATTACHED_PIC: the cover of a sound file
TRANSFERS = {16: "smpte2084", 18: "arib-std-b67"}


def look(path: str, allowed: dict[str, str]) -> dict[str, Any]:
    """Streams and format of the film, under ffprobe's names."""
    import av

    with av.open(path, options=allowed) as film:
        streams = [_stream(stream) for stream in film.streams]
        seconds = film.duration / av.time_base if film.duration else 0
        if not seconds and (film.streams.video or film.streams.audio):
            seconds = _last_moment(film)
        known = allowed["codec_whitelist"].split(",")
        for video in film.streams.video[:1]:
            if streams[video.index]["codec_name"] not in known:
                continue  # nothing of it is decoded
            streams[video.index]["side_data_list"] = [{"rotation": _rotation(film, video)}]
        return {
            "streams": streams,
            "format": {"format_name": film.format.name, "duration": seconds},
        }


def _stream(stream: Any) -> dict[str, Any]:
    context = stream.codec_context
    found = {"index": stream.index, "codec_type": stream.type, "codec_name": ""}
    if context is None:
        return found
    found["codec_name"] = context.codec.canonical_name
    if stream.type == "video":
        found |= {
            "width": context.width,
            "height": context.height,
            "avg_frame_rate": str(stream.average_rate or 0),
            "sample_aspect_ratio": str(stream.sample_aspect_ratio or 1),
            "color_transfer": TRANSFERS.get(int(context.color_trc or 0), ""),
            "disposition": {"attached_pic": int(bool(int(stream.disposition) & ATTACHED_PICTURE))},
        }
    elif stream.type == "audio":
        found["channels"] = context.channels
    return found


def _rotation(film: Any, video: Any) -> int:
    film.seek(0)
    for frame in film.decode(video):
        return int(getattr(frame, "rotation", 0) or 0)
    return 0


def _last_moment(film: Any) -> float:
    longest = (*film.streams.video, *film.streams.audio)[0]
    times = [
        packet.pts * packet.time_base for packet in film.demux(longest) if packet.pts is not None
    ]
    film.seek(0)
    return float(max(times, default=0))


if __name__ == "__main__":
    sys.path[:0] = sys.argv[3:]
    try:
        print(json.dumps(look(sys.argv[1], json.loads(sys.argv[2]))))
    except Exception as wrong:
        sys.exit(f"{type(wrong).__name__}: {wrong}")
