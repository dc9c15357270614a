"""What the house promises of every film it makes, asked of the bytes themselves."""

import itertools
import json

import pytest

from footage import binaries, memory, pipeline, sandbox, services, vault
from footage.kinds import ArtefactKind
from footage.models import Artefact, Film
from footage.sandbox import Limits
from tests.footage import films
from tests.footage.conftest import RING
from tests.footage.test_source import arrived

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
KNOWN_TAGS = {"major_brand", "minor_version", "compatible_brands", "encoder"}
KNOWN_TAGS |= {"language", "handler_name", "vendor_id"}


def probed(data: bytes) -> dict:
    """Everything ffprobe says, packet by packet."""
    wanted = ["-show_format", "-show_streams", "-show_chapters", "-show_packets", "-of", "json"]
    with memory.Scratch("test") as scratch:
        scratch.fill([data])
        command = [binaries.ffprobe(), "-v", "error", *wanted, scratch.path]
        return json.loads(sandbox.run(command, files=[scratch.fd], limits=Limits(30, 30)).output)


def assert_promises(data: bytes, *, size: tuple[int, int], sound: bool, hdr: bool = False) -> None:
    """H.264, even, upright, steady, seekable in a second, index first, nothing else inside."""
    found = probed(data)
    picture, *others = found["streams"]
    assert (picture["codec_name"], picture["pix_fmt"]) == ("h264", "yuv420p")
    assert (picture["width"], picture["height"]) == size
    assert "side_data_list" not in picture
    assert [stream["codec_name"] for stream in others] == ["aac"] * sound
    assert [float(stream["start_time"]) for stream in found["streams"]] == [0.0] * (1 + sound)
    frames = [packet for packet in found["packets"] if packet["stream_index"] == 0]
    assert len({packet["duration"] for packet in frames}) == 1
    shown = sorted(packet["pts"] for packet in frames)
    assert {after - before for before, after in itertools.pairwise(shown)} == {
        frames[0]["duration"]
    }
    keys = [number for number, packet in enumerate(frames) if "K" in packet["flags"]]
    assert keys[0] == 0
    assert max(b - a for a, b in zip(keys, [*keys[1:], len(frames)], strict=True)) <= 30
    assert data.index(b"moov") < data.index(b"mdat")
    if hdr:
        colours = ("color_transfer", "color_primaries", "color_space")
        assert [picture[colour] for colour in colours] == ["bt709"] * 3
    tags = {name.lower() for part in (found["format"], *found["streams"]) for name in part["tags"]}
    assert tags <= KNOWN_TAGS
    assert found["chapters"] == []


def made(film: Film, kind: ArtefactKind) -> bytes:
    """The artefact in the clear."""
    return vault.reader(Artefact.objects.select_related("film").get(film=film, kind=kind)).read()


@pytest.mark.parametrize(
    ("make", "size", "sound", "hdr"),
    [
        (films.dazzling, (362, 202), False, True),
        (films.bright, (320, 180), False, True),
        (films.portrait, (270, 480), True, False),
    ],
)
def test_every_watchable_film_keeps_the_promises(prepared, make, size, sound, hdr):
    film = prepared(make().read_bytes(), make().name)

    assert (film.state, film.reason) == ("ready", "")
    assert_promises(made(film, ArtefactKind.PROXY), size=size, sound=sound, hdr=hdr)
    assert film.has_sound is sound


def test_without_bubblewrap_it_is_made_from_memory(prepared, monkeypatch):
    monkeypatch.setattr(binaries, "bubblewrap", lambda: None)

    film = prepared(films.silent().read_bytes())

    assert (film.state, film.reason) == ("ready", "")
    assert_promises(made(film, ArtefactKind.PROXY), size=(320, 180), sound=False)


def test_a_1080p_film_is_made_where_it_was_asked_for(sender):
    film = asked_fine(sender, films.landscape(2, "2560x1440"))

    assert_promises(made(film, ArtefactKind.PROXY), size=(1280, 720), sound=True)
    assert_promises(made(film, ArtefactKind.FINE), size=(1920, 1080), sound=True)


def test_nothing_is_enlarged(sender):
    film = asked_fine(sender, films.silent())

    assert not film.artefacts.filter(kind=ArtefactKind.FINE).exists()


def asked_fine(sender, path) -> Film:
    """The prepared film whose sender's house wants 1080p as well."""
    film = arrived(sender, path, fine=True)
    while pipeline.work_on(film.pk):
        pass
    film.refresh_from_db()
    assert (film.state, film.reason) == ("ready", "")
    return film


def test_the_house_may_want_1080p_of_every_film(sender, settings):
    settings.FILM_FINE, settings.FILM_ORIGINAL_DAYS = True, 3

    upload = services.begin_upload(actor=sender, ring=RING, file_name="x", size=9, page="/")

    assert (upload.film.fine, upload.film.original_days) == (True, 3)
