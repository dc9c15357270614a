"""Real small films through the real pipeline: from phones, from mischief, after accidents."""

import json
import subprocess

import pytest

from footage import (
    binaries,
    memory,
    pipeline,
    probing,
    sandbox,
    services,
    source,
    vault,
    works,
)
from footage.errors import MachineTrouble
from footage.kinds import ArtefactKind
from footage.models import Artefact, Film, Work
from footage.sandbox import Limits
from footage.stores import store
from ledger.models import Line
from notices.models import Notice
from tests.footage import films

pytestmark = pytest.mark.django_db
ALWAYS = set(ArtefactKind) - {ArtefactKind.FINE}


def bytes_of(film: Film, kind: ArtefactKind) -> bytes:
    """The artefact in the clear."""
    return vault.reader(film.artefacts.select_related("film").get(kind=kind)).read()


def probed(data: bytes) -> dict:
    """Everything ffprobe has to say about these bytes."""
    with memory.Scratch("test") as scratch:
        scratch.fill([data])
        wanted = ["-show_format", "-show_streams", "-show_chapters", "-of", "json"]
        done = sandbox.run(
            [binaries.ffprobe(), "-v", "error", *wanted, scratch.path],
            files=[scratch.fd],
            limits=Limits(30, 30),
        )
    return json.loads(done.output)


@pytest.mark.parametrize(
    ("make", "size", "rate", "has_sound"),
    [
        (films.landscape, (320, 180), 30, True),
        (films.portrait, (270, 480), 30000 / 1001, True),
        (films.uneven, (320, 180), None, True),
        (films.silent, (320, 180), 25, False),
        (films.odd, (320, 178), 30, False),
        (films.recorded, (320, 240), 30, True),
        (films.bright, (320, 180), 30, False),
        (films.camcorder, (512, 288), 25, True),
    ],
)
def test_any_phones_film_becomes_the_same_kind_of_film(prepared, make, size, rate, has_sound):
    film = prepared(make().read_bytes(), make().name)

    assert (film.state, film.reason) == ("ready", "")
    assert (film.width, film.height, film.has_sound) == (*size, has_sound)
    assert rate is None or film.fps == pytest.approx(rate)
    found = probed(bytes_of(film, ArtefactKind.PROXY))
    picture = found["streams"][0]
    assert (picture["codec_name"], picture["pix_fmt"]) == ("h264", "yuv420p")
    assert picture["avg_frame_rate"] == picture["r_frame_rate"]
    assert "side_data_list" not in picture
    assert float(picture["start_time"]) == 0
    assert picture.get("color_transfer") not in ("arib-std-b67", "smpte2084")
    assert [stream["codec_name"] for stream in found["streams"][1:]] == ["aac"] * has_sound
    assert {artefact.kind for artefact in film.artefacts.all()} == ALWAYS


def test_nothing_of_place_or_person_is_left(prepared):
    original = films.portrait().read_bytes()
    assert films.GPS.encode() in original
    assert b"Robin at home" in original

    film = prepared(original)

    for kind in ArtefactKind.PROXY, ArtefactKind.POSTER, ArtefactKind.SPRITE:
        made = bytes_of(film, kind)
        for trace in (films.GPS.encode(), b"52.57", b"Robin", b"Orchard", b"quicktime"):
            assert trace not in made
    found = probed(bytes_of(film, ArtefactKind.PROXY))
    tags = {name.lower() for part in (found["format"], *found["streams"]) for name in part["tags"]}
    known = {"major_brand", "minor_version", "compatible_brands", "encoder"}
    assert tags <= known | {"language", "handler_name", "vendor_id"}
    assert found["chapters"] == []


def test_the_timeline_says_what_it_shows(prepared):
    film = prepared(films.landscape(4).read_bytes())

    sprite = film.artefacts.get(kind=ArtefactKind.SPRITE)
    assert (sprite.facts["every_ms"], sprite.facts["columns"]) == (1000, 10)
    assert (sprite.facts["width"], sprite.facts["height"]) == (160, 90)
    peaks = json.loads(bytes_of(film, ArtefactKind.PEAKS))
    assert peaks["per_second"] == 20
    assert len(peaks["peaks"]) == pytest.approx(80, abs=2)
    assert 0.05 < max(peaks["peaks"]) <= 1
    assert bytes_of(film, ArtefactKind.POSTER).startswith(b"\xff\xd8")


@pytest.mark.parametrize("name", sorted(films.hostile()))
def test_what_is_not_a_film_is_refused_in_a_sentence(prepared, sender, name, settings):
    film = prepared(films.hostile()[name], name)

    assert film.state == "rejected"
    assert film.reason.endswith(".")
    assert film.retryable is False
    assert not film.artefacts.exists()
    (notice,) = Notice.objects.filter(to_id=sender.user_id, kind="footage.refused")
    assert notice.facts == {"sentence": film.reason}
    assert notice.path == film.page
    assert Line.objects.order_by("-number")[0].verb == "footage.rejected"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("front-index-cut.mp4", "did not arrive whole"),
        ("end-index-cut.mov", "did not arrive whole"),
        ("playlist.mp4", "points at other files"),
        ("concat.mp4", "points at other files"),
        ("letter.mp4", "is not a film"),
        ("memo.mp4", "no picture"),
    ],
)
def test_the_sentence_says_what_is_wrong(prepared, name, words):
    assert words in prepared(films.hostile()[name], name).reason


def test_a_film_that_is_too_long_is_refused(prepared, settings):
    settings.FILM_LONGEST_SECONDS = 1

    film = prepared(films.landscape().read_bytes())

    assert "The longest film we take lasts 1 second." in film.reason


def test_a_disguise_that_passes_the_first_look_still_opens_no_neighbour():
    """ffmpeg itself, asked directly, refuses scripts: our first look is not the only wall."""
    for name in ("playlist.mp4", "concat.mp4", "dash.mp4"):
        with memory.Scratch("test") as scratch:
            scratch.fill([films.hostile()[name]])
            with pytest.raises(Exception, match="not a film"):
                probing.probe(source.InMemory(scratch))


def test_the_child_sees_no_network_and_no_house(settings):
    if not binaries.bubblewrap():
        pytest.skip("bubblewrap does not work on this machine")
    look = "cat /etc/passwd; ls /work /root /home; cat /proc/net/route"
    done = sandbox.run(["/usr/bin/sh", "-c", look], files=[], limits=Limits(10, 10))

    lines = done.output.decode().strip().splitlines()
    assert len(lines) <= 1, "at most the heading of an empty routing table"


def test_a_child_that_does_not_end_is_ended_with_its_children():
    with pytest.raises(MachineTrouble, match="no end after"):
        sandbox.run(["/usr/bin/sleep", "54321"], files=[], limits=Limits(1, 10))

    left = subprocess.run(["pgrep", "-f", "sleep 54321"], capture_output=True, check=False)
    assert left.stdout == b""


def test_work_done_five_times_makes_one_of_each(sent):
    film = sent(films.landscape().read_bytes())

    for _ in range(5):
        pipeline.work_on(film.pk)

    film.refresh_from_db()
    assert film.state == "ready"
    assert Artefact.objects.count() == len(ALWAYS)
    assert list(Work.objects.values_list("state", "attempt")) == [("done", 1), ("done", 1)]
    assert Notice.objects.filter(kind="footage.ready").count() == 1
    objects = {name.rpartition("/")[0] for name in store().names(str(film.pk))}
    assert objects == set(film.artefacts.values_list("object", flat=True))


def test_what_was_taken_from_a_slow_worker_is_finished_by_the_next(sent, settings):
    film = sent(films.landscape().read_bytes())
    pipeline.work_on(film.pk)
    settings.FILM_LEASE_SECONDS = -1
    slow = works.claim(film.pk)
    settings.FILM_LEASE_SECONDS = 60

    assert pipeline.work_on(film.pk) is False
    with pytest.raises(works.LeaseLost):
        pipeline.prepare(slow)

    film.refresh_from_db()
    assert film.state == "ready"
    assert Notice.objects.filter(kind="footage.ready").count() == 1
    assert Artefact.objects.count() == len(ALWAYS)


def test_our_trouble_is_tried_three_times_then_told(sent, settings, sender):
    film = sent(films.landscape().read_bytes())
    settings.FFMPEG = "/nowhere/ffmpeg"
    settings.FFPROBE = "/nowhere/ffprobe"

    for _ in range(4):
        pipeline.work_on(film.pk)

    film.refresh_from_db()
    assert (film.state, film.retryable) == ("failed", True)
    assert "our fault" in film.reason
    assert Work.objects.get().attempt == 3
    assert Notice.objects.filter(kind="footage.refused").count() == 1
    settings.FFPROBE = settings.FFMPEG = ""

    services.retry(actor=sender, film_id=film.pk)
    while pipeline.work_on(film.pk):
        pass

    film.refresh_from_db()
    assert (film.state, film.reason) == ("ready", "")


def test_a_worker_that_dies_three_times_ends_in_words(sent, settings):
    film = sent(films.landscape().read_bytes())
    settings.FILM_LEASE_SECONDS = -1

    for _ in range(4):
        works.claim(film.pk)

    film.refresh_from_db()
    assert (film.state, film.retryable) == ("failed", True)


def test_an_altered_original_is_never_prepared(sent, settings):
    film = sent(films.landscape().read_bytes())
    (part,) = (settings.FILM_FOLDER / str(film.pk)).rglob("0001-*")
    changed = bytearray(part.read_bytes())
    changed[len(changed) // 2] ^= 1
    part.write_bytes(changed)

    for _ in range(3):
        pipeline.work_on(film.pk)

    film.refresh_from_db()
    assert film.state == "failed"
    assert "SealBroken" in Work.objects.get().trouble


def test_no_readable_byte_of_film_lies_anywhere(prepared, settings):
    original = films.landscape().read_bytes()
    film = prepared(original)
    proxy = bytes_of(film, ArtefactKind.PROXY)
    traces = [b"ftypisom", b"moov", b"mdat", b"JFIF", original[5000:5032], proxy[5000:5032]]

    looked = 0
    for folder in {settings.FILM_FOLDER, settings.VAR}:
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                looked += 1
                assert not [trace for trace in traces if trace in data], path
    assert looked >= 5


@pytest.mark.slow
def test_without_ffprobe_and_with_the_wheels_ffmpeg_it_is_the_same(prepared, settings):
    imageio_ffmpeg = pytest.importorskip("imageio_ffmpeg")
    settings.FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
    settings.FFPROBE = "none"

    ours = prepared(films.portrait().read_bytes())
    disguised = prepared(films.hostile()["playlist.mp4"])
    letter = prepared(films.hostile()["letter.mp4"])
    webm = prepared(films.recorded().read_bytes())

    assert (ours.state, ours.width, ours.height) == ("ready", 270, 480)
    assert (webm.state, webm.width, webm.height) == ("ready", 320, 240)
    assert (disguised.state, letter.state) == ("rejected", "rejected")
