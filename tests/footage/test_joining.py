"""One film made of several: what is in it, what is not, how long it is, what is heard."""

import subprocess
from dataclasses import replace
from fractions import Fraction

import pytest

from footage import binaries, cards, joining, memory, pipeline, services, sounds, vault, works
from footage.joining import Scene
from footage.kinds import ArtefactKind, Balance, Music
from footage.models import Film, Work
from footage.rules import PIECE_GONE, Facts
from footage.states import State
from people.errors import RuleBroken
from tests.footage import films

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
SOUND = {"opening": "", "music": Music.BELLS, "balance": Balance.VOICES}
WIDE = Facts("mp4", 2000, 320, 180, Fraction(30), sound=1)
TALL = Facts("mp4", 1000, 180, 320, Fraction(25))


def test_a_plan_says_how_long_each_scene_is_shown():
    plan = joining.planned([WIDE, TALL], ["Look", ""], "Hello", Music.NONE, Balance.VOICES)

    assert plan.scenes == (
        Scene(72, "Hello"),
        Scene(72, "Look"),
        Scene(60, film=0, has_sound=True),
        Scene(30, film=1),
    )
    assert [plan.soft(scene) for scene in plan.scenes] == [0.5, 0.5, 0.5, 0.25]
    assert plan.frames == 72 + 72 + 60 + 30
    assert (plan.width, plan.height, plan.rate) == (1280, 720, 30)
    assert plan.facts.duration_ms == round(plan.frames * 1000 / 30)


def test_films_held_upright_make_an_upright_film():
    plan = joining.planned([TALL], [""], "", Music.NONE, Balance.VOICES)

    assert (plan.width, plan.height, plan.rate) == (720, 1280, 25)


@pytest.mark.parametrize(
    "words",
    ["The first smile", "%{pts} \\n ' : = [x] ; drawtext=", "x" * 120, "مرحبا 1 بكم", "\u202egnp"],
)
def test_words_are_drawn_and_nothing_else_happens(words):
    picture = cards.drawn(words, 320, 180)

    assert len(picture) == 320 * 180 * 3
    assert bytes(cards.PAPER) in picture
    assert min(picture) < 60


def test_signs_that_no_font_has_are_named():
    assert cards.unknown("A smile, été, Ελλά") == ""
    assert "\U00013000" in cards.unknown("\U00013000")


@pytest.mark.parametrize("music", list(Music))
def test_music_is_a_loop_of_one_loudness(music):
    samples = memoryview(sounds.loop(music)).cast("h")

    if music == Music.NONE:
        assert len(samples) == 0
        return
    assert 10 < len(samples) / sounds.RATE < 30
    assert max(map(abs, samples[::3])) <= sounds.PEAK
    assert abs(samples[0] - samples[-1]) < sounds.PEAK // 4


@pytest.fixture
def painted(prepared):
    """A film of two seconds each of red, green and blue, with a tone; ready."""
    path = films.FOLDER / "painted.mp4"
    if not path.exists():
        colours = [
            word
            for colour in ("red", "lime", "blue")
            for word in ("-f", "lavfi", "-i", f"color={colour}:s=320x180:r=30:d=2")
        ]
        films._ffmpeg(
            *colours,
            *("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100:d=6"),
            *("-filter_complex", "[0][1][2]concat=n=3", "-c:v", "libx264", "-c:a", "aac"),
            *("-pix_fmt", "yuv420p", str(path)),
        )
    return prepared(path.read_bytes(), "painted.mp4")


def cut(film: Film, start: int, end: int) -> Film:
    """A stretch of the film, still to be cut."""
    return services.cut(
        actor_id=film.sent_by_id, film_id=film.pk, start_ms=start, end_ms=end, page="/"
    )


def joined(film: Film, *pieces: tuple[Film, str], **sound: str) -> Film:
    """The pieces as one film, still to be made."""
    return services.join(
        actor_id=film.sent_by_id,
        pieces=[(piece.pk, title) for piece, title in pieces],
        page="/keepsakes/1/",
        account=film.account,
        **{**SOUND, **sound},
    )


def made(film: Film) -> Film:
    """All open work on the film is done."""
    while pipeline.work_on(film.pk):
        pass
    return Film.objects.get(pk=film.pk)


def seen_and_heard(film: Film) -> tuple[list[tuple[int, ...]], memoryview]:
    """The colour in the middle of every frame, and the sound as samples."""
    with memory.Scratch("test") as scratch:
        row = film.artefacts.select_related("film").get(kind=ArtefactKind.PROXY)
        scratch.fill([vault.reader(row).read()])
        raw = [
            subprocess.run(
                [binaries.ffmpeg(), "-v", "error", "-i", scratch.path, *words, "-"],
                pass_fds=[scratch.fd],
                capture_output=True,
                check=True,
            ).stdout
            for words in (
                ("-vf", "crop=64:64,scale=1:1", "-pix_fmt", "rgb24", "-f", "rawvideo"),
                ("-ac", "1", "-ar", "8000", "-f", "s16le"),
            )
        ]
    frames = [tuple(raw[0][at : at + 3]) for at in range(0, len(raw[0]), 3)]
    return frames, memoryview(raw[1]).cast("h")


def test_nothing_but_the_pieces_is_in_the_film(painted):
    green, red = cut(painted, 2200, 3400), cut(painted, 200, 1400)
    whole = joined(painted, (green, "A smile"), (red, ""), music=Music.WARM)
    assert works.claim(whole.pk) is None  # it waits for its pieces
    made(green)
    assert works.claim(whole.pk) is None
    made(red)

    film = made(whole)

    assert (film.state, film.reason, film.original_until) == (State.READY, "", None)
    piece = replace(WIDE, duration_ms=1200)
    plan = joining.planned([piece, piece], ["A smile", ""], "", Music.WARM, Balance.VOICES)
    frames, samples = seen_and_heard(film)
    assert len(frames) == plan.frames
    assert abs(film.duration_ms - len(frames) * 1000 / 30) < 60
    assert abs(len(samples) / 8000 - len(frames) / 30) < 0.15
    assert not [colour for colour in frames if colour[2] > 60 + min(colour[:2])]  # never blue
    strongest = [max(range(3), key=colour.__getitem__) for colour in frames]
    assert strongest.index(1, 60) < len(strongest) - 1 - strongest[::-1].index(0)
    loud = [max(map(abs, samples[at : at + 4000])) for at in range(0, len(samples) - 4000, 4000)]
    assert max(loud) > 2500  # the tone of the pieces
    assert min(loud[1:-1]) > 100  # and the music where they are silent
    assert {row.kind for row in film.artefacts.all()} == {"proxy", "sprite", "poster", "peaks"}


def test_a_film_goes_with_any_piece_of_it(painted):
    piece, other = cut(painted, 0, 1000), cut(painted, 2000, 3000)
    whole, apart = joined(painted, (piece, "")), joined(painted, (other, ""))

    services.purge(user_id=None, film_id=piece.pk)

    assert Film.objects.get(pk=whole.pk).state == State.PURGING
    assert Film.objects.get(pk=apart.pk).state == State.QUEUED
    services.purge(user_id=None, film_id=painted.pk)
    assert Film.objects.get(pk=apart.pk).state == State.PURGING


def test_a_piece_that_failed_is_told_in_a_sentence(painted):
    piece = cut(painted, 0, 1000)
    whole = joined(painted, (piece, ""))
    Work.objects.filter(film=piece).delete()
    Film.objects.filter(pk=piece.pk).update(state=State.FAILED)

    film = made(whole)

    assert (film.state, film.reason) == (State.REJECTED, PIECE_GONE)


def test_films_of_two_rings_cannot_be_joined(painted, prepared):
    other = prepared(films.landscape().read_bytes(), ring="00000000-0000-4000-8000-000000000002")

    with pytest.raises(RuleBroken, match="not here any more"):
        joined(painted, (painted, ""), (other, ""))
