"""Where there is no ffprobe, PyAV looks at films: the same films are taken, as large, as long."""

import pytest

from footage import pipeline
from footage.models import Film
from tests.footage import corpus
from tests.footage.phones import PHONES

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
SAMPLE = (
    "cut: a film with one index",
    "disguise: lists and scripts",
    "streams: sound only",
    "streams: codecs we do not take",
)


@pytest.fixture
def judged(sent, settings):
    """The verdict of the check: state, sides, length to a tenth of a second."""

    def judge(data: bytes, name: str, ffprobe: str) -> tuple[object, ...]:
        settings.FFPROBE = ffprobe
        film = sent(data, name)
        pipeline.work_on(film.pk)
        film = Film.objects.get(pk=film.pk)
        return film.state, film.width, film.height, film.duration_ms // 300, film.has_sound

    return judge


@pytest.mark.parametrize("phone", PHONES[::4], ids=[phone.words for phone in PHONES[::4]])
def test_phones_are_seen_alike(judged, phone):
    film = phone.make()

    assert judged(film, "film", "none") == judged(film, "film", "")


@pytest.mark.parametrize("name", SAMPLE)
def test_what_is_refused_is_refused_by_both(judged, name):
    for file, data in list(corpus.named(name).files.items())[::5]:
        assert (file, judged(data, file, "none")[0]) == (file, judged(data, file, "")[0])
