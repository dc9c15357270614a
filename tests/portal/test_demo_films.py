"""The demo's films: drawn in time, with sound, on either build of ffmpeg."""

import shutil
from dataclasses import replace
from itertools import pairwise

import av
import imageio_ffmpeg
import pytest

from portal.demo import exchanges, films, phones
from portal.demo.drawing import frames
from portal.demo.gestures import GESTURES, REACTION, Turn, strength
from portal.demo.people import LOOKS
from portal.demo.rooms import PALETTES
from portal.demo.scenes import SCENES

SHORT = replace(SCENES[0], seconds=1.2)


@pytest.fixture(params=["path", "wheel"])
def build(request, monkeypatch):
    """The machine's ffmpeg, then the one in the wheel."""
    found = shutil.which("ffmpeg") if request.param == "path" else imageio_ffmpeg.get_ffmpeg_exe()
    if not found:
        pytest.skip("this machine has no ffmpeg on its path")
    monkeypatch.setenv("ATTUNE_FFMPEG", found)
    return found


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_scene_names_only_what_can_be_drawn(scene):
    assert set(scene.who) <= set(LOOKS)
    assert scene.palette in PALETTES
    assert {turn.does for turn in scene.turns} <= set(GESTURES)
    assert 20 <= scene.seconds <= 40
    assert all(0 <= turn.at < scene.seconds for turn in scene.turns)


def test_scenes_have_names_of_their_own():
    assert len({scene.name for scene in SCENES}) == len(SCENES)
    assert [scene.name for scene in SCENES if scene.portrait] == ["foster-carer-and-baby"]


def test_in_a_yes_cycle_reception_follows_initiative_and_the_turn_follows_reception():
    turns = exchanges.yes_cycle(0.0)
    initiative = min(t.at for t in turns if t.who == exchanges.BABY)
    reception = min(t.at for t in turns if t.who == exchanges.ADULT)
    reply = min(t.at for t in turns if t.does == "reply")
    assert initiative < reception < reply


@pytest.mark.parametrize(
    ("moment", "full"), [(0.9, 0), (1.0, 0), (1.0 + REACTION, 1), (3.0, 1), (3.6, 0)]
)
def test_gesture_arrives_stays_and_goes(moment, full):
    assert strength(Turn(1.0, 0, "smile", 2.0), moment) == full


def test_frames_have_their_size_and_show_movement():
    drawn = list(frames(SHORT, 5))
    assert [len(frame) for frame in drawn] == [640 * 360 * 3] * 6
    assert len(set(drawn)) > 1


def test_same_scene_draws_the_same_frames():
    assert list(frames(SHORT, 5)) == list(frames(SHORT, 5))


def test_film_plays_with_sound(build, tmp_path):
    film = films.make_film(SHORT, tmp_path / "film.mp4")
    with av.open(str(film)) as opened:
        picture, sound = opened.streams.video[0], opened.streams.audio[0]
        assert (picture.codec.name, picture.width, picture.height, picture.average_rate) == (
            "h264", 640, 360, 25)  # fmt: skip
        assert sound.codec.name == "aac"
        assert len(list(opened.decode(video=0))) in (29, 30)  # builds end differently
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


def test_phone_film_lies_on_its_side_and_says_where_it_was_made(build, tmp_path):
    film = phones.phone_film(tmp_path / "phone.mov", 1.2)
    with av.open(str(film)) as opened:
        picture = opened.streams.video[0]
        assert (picture.codec.name, picture.width, picture.height) == ("hevc", 854, 480)
        frame = next(opened.decode(video=0))
        assert frame.rotation in (-90, 270)
        assert opened.metadata["com.apple.quicktime.location.ISO6709"] == phones.SOMEWHERE


def test_landscape_film_has_uneven_frames(build, tmp_path):
    film = phones.landscape_vfr(tmp_path / "landscape.mp4", 1.2)
    with av.open(str(film)) as opened:
        shown = sorted(frame.time for frame in opened.decode(video=0))
        size = (opened.streams.video[0].width, opened.streams.video[0].height)
    assert size == (1280, 720)
    assert len({round(later - earlier, 3) for earlier, later in pairwise(shown)}) > 1


def test_encoder_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("ATTUNE_FFMPEG", shutil.which("false"))
    with pytest.raises(films.encoder.FilmNotMade):
        films.make_film(SHORT, tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []


def test_films_are_made_once_for_one_recipe(tmp_path):
    (tmp_path / "older-recipe").mkdir()
    first = films.cached_films(tmp_path, [SHORT])
    made = first[SHORT.name].stat().st_mtime_ns
    assert films.cached_films(tmp_path, [SHORT]) == first
    assert first[SHORT.name].stat().st_mtime_ns == made
    assert [path.name for path in tmp_path.iterdir()] == [films.recipe()]
