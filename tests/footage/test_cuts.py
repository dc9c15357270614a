"""A cut is exactly the frames that were asked for, treated as was asked, and nothing else."""

from array import array
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from footage import binaries, pipeline, rules, services, treatments
from footage.kinds import ArtefactKind
from footage.models import Film
from footage.treatments import Region, Treatment
from people.errors import RuleBroken
from tests.footage.numbered import asked, numbered, read_film
from tests.footage.test_stills import bytes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cut(sender):
    """Cuts frames out of this film, by number, and gives the part as it stands then."""

    def make(film: Film, first: int, beyond: int, **treatment) -> Film:
        part = services.cut(
            actor_id=sender.user_id,
            film_id=film.pk,
            start_ms=rules.frame_begins(first, film.rate),
            end_ms=rules.frame_begins(beyond, film.rate),
            page="/films/1/",
            treatment=Treatment(**treatment),
        )
        assert not pipeline.work_on(part.pk)
        part.refresh_from_db()
        assert part.is_ready, part.reason or part.works.get().trouble
        return part

    return make


def packets(data: bytes, stream: str) -> int:
    """How many packets of this kind the file holds, played or not."""
    wanted = ["-select_streams", stream, "-show_entries", "packet=pts", "-of", "csv=p=0"]
    before = ["-v", "error", "-ignore_editlist", "1", *wanted]
    return len(asked(binaries.ffprobe() or "ffprobe", data, before, []).split())


def boxes(data: bytes) -> list[str]:
    """The outermost boxes of an MP4; they must fill the file to its last byte."""
    found, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        assert size >= 8
        found.append(data[at + 4 : at + 8].decode("latin-1"))
        at += size
    assert at == len(data)
    return found


def heard(data: bytes) -> array:
    """Every sample that can be got out of the file, at 8 kHz, those before the beginning too."""
    made = ["-vn", "-ac", "1", "-ar", "8000", "-f", "s16le", "-"]
    before = ["-v", "error", "-ignore_editlist", "1", "-i"]
    return array("h", asked(binaries.ffmpeg(), data, before, made))


def note(samples: Sequence[int]) -> float:
    """The pitch of these samples (8 kHz), by how often they cross nought."""
    crossings = sum(1 for a, b in pairwise(samples) if a < 0 <= b)
    return crossings * 8000 / len(samples)


@pytest.mark.parametrize(
    ("rate", "uneven"),
    [("25", False), ("30000/1001", False), ("50", False), ("25", True)],
    ids=["25", "29.97", "50", "uneven"],
)
def test_the_frames_asked_for_and_no_other(prepared, cut, rate, uneven):
    film = prepared(numbered(rate, 200, uneven=uneven).read_bytes())
    shown = read_film(bytes_of(film, ArtefactKind.PROXY))
    assert None not in shown

    for first, beyond in ((0, 30), (70, 96)):
        data = bytes_of(cut(film, first, beyond), ArtefactKind.PROXY)

        assert read_film(data) == shown[first:beyond]
        assert read_film(data, "-ignore_editlist", "1") == shown[first:beyond]
        assert packets(data, "v") == beyond - first
        assert sorted(boxes(data)) == ["free", "ftyp", "mdat", "moov"]


def test_not_a_sound_from_outside(prepared, cut):
    film = prepared(numbered("25", 200).read_bytes())  # a note higher every second

    samples = heard(bytes_of(cut(film, 75, 100), ArtefactKind.PROXY))

    coder = 1024 * 8 // 48  # samples of one frame of AAC: one before, the last one filled up
    assert 8000 <= len(samples) <= 8000 + 2 * coder + 1
    for at in (coder, 3500, 8000 - coder - 800):
        assert note(samples[at : at + 800]) == pytest.approx(500, abs=26)


def test_once_at_speed_and_once_more_slowly_in_the_same_pitch(prepared, cut):
    film = prepared(numbered("25", 200).read_bytes())
    shown = read_film(bytes_of(film, ArtefactKind.PROXY))

    part = cut(film, 75, 100, slow_again=True)

    data = bytes_of(part, ArtefactKind.PROXY)
    twice = [number for number in shown[75:100] for _ in range(2)]
    assert read_film(data) == shown[75:100] + twice
    assert part.duration_ms == pytest.approx(3000, abs=45)
    assert note(heard(data)[12_000:20_000]) == pytest.approx(500, abs=25)


def test_a_silent_cut_has_no_sound_at_all(prepared, cut):
    part = cut(prepared(numbered("25", 100).read_bytes()), 10, 60, silent=True)

    assert (part.has_sound, packets(bytes_of(part, ArtefactKind.PROXY), "a")) == (False, 0)
    assert b'"peaks":[]' in bytes_of(part, ArtefactKind.PEAKS)


def steepest(picture: bytes, box: tuple[float, float, float, float]) -> int:
    """The sharpest edge in this part (left, top, right, bottom, of 1), from one dot to the next."""
    image = Image.open(BytesIO(picture)).convert("L")
    size = (image.width, image.height) * 2
    part = image.crop(tuple(round(a * b) for a, b in zip(box, size, strict=True)))
    rows = [part.crop((0, y, part.width, y + 1)).tobytes() for y in range(0, part.height, 4)]
    return max(abs(a - b) for row in rows for a, b in pairwise(row))


@pytest.mark.parametrize("shape", [treatments.BOX, treatments.OVAL])
def test_what_is_softened_is_so_in_film_still_and_timeline(prepared, cut, shape):
    film = prepared(numbered("25", 100).read_bytes())

    part = cut(film, 85, 100, softened=Region(shape, 0, 2, 60, 36))

    still = ["-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "-"]
    data = bytes_of(part, ArtefactKind.PROXY)
    frame = asked(binaries.ffmpeg(), data, ["-v", "error", "-i"], still)
    middle, below = (0.15, 0.1, 0.45, 0.3), (0.0, 0.5, 0.6, 0.7)
    for picture in (frame, bytes_of(part, ArtefactKind.POSTER)):
        assert (steepest(picture, middle) < 40, steepest(picture, below) > 100) == (True, True)
    tile = tuple(side / count for side, count in zip(middle, (10, 1, 10, 1), strict=True))
    assert steepest(bytes_of(part, ArtefactKind.SPRITE), tile) < 100
    assert (part.width, part.height) == (640, 360)


def test_words_stand_below_the_picture_and_cover_nothing(prepared, cut):
    film = prepared(numbered("25", 100).read_bytes())
    words = "%{pts} 'x':y,z;[0:v] \\n \u202eShe waits\u202c, and שלום she looks"

    part = cut(film, 10, 40, caption=words, slow_again=True)

    data = bytes_of(part, ArtefactKind.PROXY)
    assert part.height > 360
    twice = [number for number in range(10, 40) for _ in range(2)]
    assert read_film(data, height=360) == [*range(10, 40), *twice]
    assert words.encode() not in data


@pytest.mark.parametrize(
    "region",
    [
        ("box", -1, 0, 20, 20),
        ("box", 90, 0, 20, 20),
        ("box", 0, 0, 1, 20),
        ("star", 0, 0, 20, 20),
        ("oval", float("nan"), 0, 20, 20),
    ],
)
def test_a_part_that_cannot_be_softened(region):
    with pytest.raises(RuleBroken):
        Region(*region)


def test_a_treatment_is_the_same_after_a_night_in_a_row():
    plain, all_of_it = (
        Treatment(),
        Treatment(True, True, Region("oval", 10, 20.5, 30, 40), "She waits."),
    )

    assert [Treatment.of(each.facts()) for each in (plain, all_of_it)] == [plain, all_of_it]
    assert plain.facts() == {}
    assert Region("oval", 10, 20, 30.1, 40).pixels(640, 360) == (64, 72, 194, 144)
