"""Any phone's film becomes the same kind of film: one table, asserted and printed from these rows.

`scripts/film_tables.py` writes the table into docs/reference/footage.md.
"""

from pathlib import Path
from typing import Any

import pytest

from footage.kinds import ArtefactKind
from tests.footage.films import GPS
from tests.footage.looking import KNOWN_TAGS, MADE, bytes_of, probed, tags_of
from tests.footage.phones import PHONES, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
PAGE = Path(__file__).parents[2] / "docs/reference/footage.md"
TRACES = (GPS.encode(), b"Orchard", b"Robin", b"quicktime")


def seen(data: bytes) -> dict[str, Any]:
    """What a probe says of a watchable film, in the words of the promise."""
    found = probed(data, "-show_frames", "-show_entries", "frame=key_frame,interlaced_frame")
    picture, *others = found["streams"]
    frames = [frame for frame in found["frames"] if "key_frame" in frame][
        : int(picture["nb_frames"])
    ]
    return {
        "codec": (picture["codec_name"], picture["pix_fmt"]),
        "size": (picture["width"], picture["height"]),
        "rate": (picture["r_frame_rate"], picture["avg_frame_rate"]),
        "pixels": picture.get("sample_aspect_ratio", "1:1"),
        "starts": float(picture["start_time"]),
        "turned": "side_data_list" in picture,
        "colours": picture.get("color_transfer", "bt709") in ("bt709", "unknown"),
        "fields": picture.get("field_order", "progressive"),
        "sound": [(one["codec_name"], one["sample_rate"], one["channels"]) for one in others],
        "tags": tags_of(found) - KNOWN_TAGS,
        "chapters": found["chapters"],
        "keys": longest_between_keys([frame["key_frame"] for frame in frames]) <= 30,
    }


def longest_between_keys(keys: list[int]) -> int:
    """Frames from one key frame to the next, at the most."""
    longest = since = 0
    for key in keys:
        since = 1 if key else since + 1
        longest = max(longest, since)
    return longest


@pytest.mark.parametrize("phone", PHONES, ids=[phone.words for phone in PHONES])
def test_it_comes_out_as_the_table_says(phone, prepared):
    film = prepared(phone.make(), "film")

    assert (film.state, film.reason) == ("ready", "")
    rate = phone.rate if "/" in phone.rate else f"{phone.rate}/1"
    data = bytes_of(film, ArtefactKind.PROXY)
    assert seen(data) == {
        "codec": ("h264", "yuv420p"),
        "size": phone.size,
        "rate": (rate, rate),
        "pixels": "1:1",
        "starts": 0,
        "turned": False,
        "colours": True,
        "fields": "progressive",
        "sound": [("aac", "48000", 2)] * phone.sound,
        "tags": set(),
        "chapters": [],
        "keys": True,
    }
    assert film.duration_ms == pytest.approx(phone.seconds * 1000, abs=90)
    for kind in MADE:
        assert not [trace for trace in TRACES if trace in bytes_of(film, kind)]


def test_the_documents_show_these_rows():
    page = PAGE.read_text().splitlines()

    assert [row for row in map(row_of, PHONES) if row not in page] == []
