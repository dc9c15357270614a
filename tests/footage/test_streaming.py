"""Ranges of a sealed film, as a player asks for them."""

import pytest
from django.test import RequestFactory

from footage import keys, queries, streaming
from footage.kinds import ArtefactKind
from ledger.models import Line
from notices.models import Notice
from people.kinds import Role
from tests.footage import films
from tests.footage.conftest import RING
from tests.footage.test_pipeline import bytes_of
from tests.people.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(prepared):
    """A ready film."""
    return prepared(films.landscape().read_bytes())


def asked(film, header=None, kind=ArtefactKind.PROXY, cap=10_000, method="get"):
    """The answer to a player."""
    headers = {"Range": header} if header else {}
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return streaming.answer(request, queries.artefact_of(film.pk, kind), cap=cap)


@pytest.mark.parametrize(
    ("header", "start", "length"),
    [
        ("bytes=0-", 0, 10_000),
        ("bytes=100-199", 100, 100),
        ("bytes=65530-65549", 65530, 20),
        ("bytes=-50", -50, 50),
        ("bytes=0-1", 0, 2),
        ("Bytes = 7-7", 7, 1),
        ("bytes=0-99999999999999999999999999", 0, 10_000),
    ],
)
def test_a_range_is_answered_capped_and_never_stored(film, header, start, length):
    whole = bytes_of(film, ArtefactKind.PROXY)
    start %= len(whole)

    answer = asked(film, header)

    assert answer.status_code == 206
    assert answer.content == whole[start : start + length]
    assert answer["Content-Range"] == f"bytes {start}-{start + length - 1}/{len(whole)}"
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("header", ["bytes=99999999-", "bytes=-0", f"bytes={'9' * 5000}-"])
def test_a_range_outside_is_told(film, header):
    answer = asked(film, header)

    assert answer.status_code == 416
    assert answer["Content-Range"].startswith("bytes */")


@pytest.mark.parametrize(
    "header", [None, "bytes=0-1,5-6", "bytes=5-2", "bytes=-", "seconds=0-1", "bytes=a-b", "bytes"]
)
def test_without_one_range_the_whole_film_leaves_uncut(film, header):
    whole = bytes_of(film, ArtefactKind.PROXY)

    answer = asked(film, header)

    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(whole)))
    assert "Content-Range" not in answer
    assert b"".join(answer) == whole


def test_a_condition_on_an_earlier_copy_never_holds(film):
    whole = bytes_of(film, ArtefactKind.PROXY)
    request = RequestFactory().get("/", headers={"Range": "bytes=0-9", "If-Range": '"a mark"'})

    answer = streaming.answer(request, queries.artefact_of(film.pk, ArtefactKind.PROXY))

    assert (answer.status_code, answer.getvalue()) == (200, whole)
    assert not {"ETag", "Last-Modified"} & set(answer.headers)


def test_a_whole_film_is_cut_off_when_it_may_not_go_on(film):
    artefact = queries.artefact_of(film.pk, ArtefactKind.PROXY)
    may = iter([True, False])

    answer = streaming.answer(
        RequestFactory().get("/"), artefact, cap=10_000, still=lambda: next(may)
    )
    pieces = iter(answer)

    assert [len(next(pieces)), len(next(pieces))] == [10_000, 10_000]
    with pytest.raises(ConnectionResetError):
        next(pieces)


def test_a_small_thing_is_answered_whole(film):
    answer = asked(film, kind=ArtefactKind.POSTER, cap=1_000_000)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer.content == bytes_of(film, ArtefactKind.POSTER)


@pytest.mark.parametrize("header", [None, "bytes=0-9", "bytes=99999999-"])
def test_head_tells_the_length_whatever_range_it_names(film, header):
    size = film.artefacts.get(kind=ArtefactKind.PROXY).size

    answer = asked(film, header, method="head")

    assert (answer.status_code, answer["Content-Length"], answer.content) == (200, str(size), b"")


def test_a_destroyed_key_ends_an_open_player_at_its_next_request(film):
    artefact = queries.artefact_of(film.pk, ArtefactKind.PROXY)
    request = RequestFactory().get("/", headers={"Range": "bytes=0-9"})
    assert streaming.answer(request, artefact).status_code == 206

    keys.destroy(RING)

    answer = streaming.answer(request, artefact)
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-store, private")


def test_one_query_for_the_film_and_one_for_its_key(film, django_assert_num_queries):
    request = RequestFactory().get("/", headers={"Range": "bytes=0-9"})
    with django_assert_num_queries(1):
        artefact = queries.artefact_of(film.pk, ArtefactKind.PROXY)
    with django_assert_num_queries(1, using="keys"), django_assert_num_queries(0):
        streaming.answer(request, artefact)


def test_a_locked_film_has_no_artefacts_for_anyone(film):
    film.state = "purging"
    film.save()

    assert queries.artefact_of(film.pk, ArtefactKind.PROXY) is None


def harmed(artefact, part, other, settings):
    """The film, each time with another thing that somebody did to it."""
    whole, runs, root = part.read_bytes(), artefact.runs, settings.FILM_ROOT_KEY
    for changed in (whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:], whole[:-1], other):
        part.write_bytes(changed)
        yield artefact
    part.unlink()
    yield artefact
    part.write_bytes(whole)
    artefact.runs = [[7, runs[0][1]]]
    yield artefact
    artefact.runs, settings.FILM_ROOT_KEY = runs, "another root key than the one that wrapped this"
    yield artefact
    settings.FILM_ROOT_KEY = root


def test_a_film_that_is_not_as_it_was_stored_says_so_kindly_and_its_keepers_are_told(
    film, settings, caplog
):
    keeper = person(Role.OFFICER)
    artefact = queries.artefact_of(film.pk, ArtefactKind.PROXY)
    (part,) = (settings.FILM_FOLDER / artefact.object).iterdir()
    poster = film.artefacts.get(kind=ArtefactKind.POSTER).object
    other = next((settings.FILM_FOLDER / poster).iterdir()).read_bytes()
    request = RequestFactory().get("/", headers={"Range": f"bytes=0-{artefact.size}"})
    reference = str(film.pk)[:8].upper()

    for bad in harmed(artefact, part, other, settings):
        answer = streaming.answer(request, bad, cap=artefact.size)
        words = answer.content.decode()
        assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store, private")
        assert words.startswith("This film cannot be opened just now. Nothing you wrote is lost.")
        assert reference in words
        assert not any(word in words for word in ("Traceback", "chunk", bad.object))

    assert streaming.answer(request, artefact, cap=artefact.size).status_code == 206
    notice = Notice.objects.get(kind="footage.seal_broken")  # six answers, one message
    assert (notice.to_id, notice.facts) == (keeper.pk, {"reference": reference})
    line = Line.objects.get(verb="footage.seal_broken")
    assert line.facts["object"] == artefact.object
    assert artefact.object in caplog.text


def test_a_film_that_breaks_in_the_middle_goes_no_further(film, settings):
    artefact = queries.artefact_of(film.pk, ArtefactKind.PROXY)
    (part,) = (settings.FILM_FOLDER / artefact.object).iterdir()
    whole = part.read_bytes()
    part.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    answer = streaming.answer(RequestFactory().get("/"), artefact, cap=10_000, still=lambda: True)
    with pytest.raises(ConnectionResetError):
        b"".join(answer)

    assert Line.objects.filter(verb="footage.seal_broken").count() == 1
