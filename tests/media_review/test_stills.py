"""Stills: kept once, named, given up; seen by whoever may watch the film at that moment."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from footage.models import Film
from footage.states import State as FilmState
from ledger.models import Line
from media_review import services
from media_review.models import Still
from people.errors import RuleBroken
from people.kinds import Role
from tests.media_review import factories as make
from tests.media_review.test_watching import Scene
from tests.people.factories import actor_of, person, signed_in

pytestmark = pytest.mark.django_db


def kept(recording, at_ms=1000, **facts):
    still = services.keep_still(
        actor=actor_of(recording.owner), recording_id=recording.pk, at_ms=at_ms, **facts
    )
    make.prepare(still.film_id)
    return Still.objects.select_related("film", "recording").get(pk=still.pk)


def picture(still):
    return reverse("media_review:still-picture", args=[still.pk])


def test_one_frame_is_kept_once_however_often_it_is_asked_for():
    recording, pk = make.filmed(), uuid4()
    first = kept(recording, 1000, still_id=pk, title="The look")

    assert kept(recording, 1000, still_id=pk) == first
    assert kept(recording, 1010) == first  # the same frame of thirty a second
    assert kept(recording, 1034).at_ms == 1033
    assert (first.pk, first.at_ms, first.title) == (pk, 1000, "The look")
    assert Still.objects.count() == 2
    assert Film.objects.filter(cut_from=recording.film).count() == 2
    assert Line.objects.filter(verb="media_review.still_kept").count() == 2


def test_only_the_guider_keeps_names_and_removes():
    still = kept(make.filmed())
    stranger = actor_of(person(Role.TRAINEE))

    with pytest.raises(PermissionDenied):
        services.keep_still(actor=stranger, recording_id=still.recording_id, at_ms=0)
    with pytest.raises(PermissionDenied):
        services.title_still(actor=stranger, still_id=still.pk, title="Mine")
    with pytest.raises(PermissionDenied):
        services.remove_still(actor=stranger, still_id=still.pk)
    with pytest.raises(PermissionDenied):  # an id that is somebody else's
        kept(make.filmed(), still_id=still.pk)


def test_nothing_is_kept_without_consent_or_beyond_the_end_or_of_a_film_elsewhere():
    recording, elsewhere = make.filmed(), make.recording(custody="shown_live")
    with pytest.raises(RuleBroken, match=r"The film ends at 00:06\.0"):
        kept(recording, 99_000)
    with pytest.raises(RuleBroken, match="stays on your device"):
        kept(elsewhere)
    make.take_back(recording.case)
    with pytest.raises(RuleBroken, match="No picture can be kept"):
        kept(recording)
    assert not Still.objects.exists()


def test_a_removed_still_is_locked_at_once_and_may_be_kept_anew():
    recording = make.filmed()
    still = kept(recording)
    film = still.film

    services.remove_still(actor=actor_of(recording.owner), still_id=still.pk)

    film.refresh_from_db()
    assert film.state in (FilmState.PURGING, FilmState.PURGED)
    assert bytes(film.wrapped_key) == b""
    assert kept(recording).film != film


def test_a_still_that_failed_is_taken_again():
    recording = make.filmed()
    still = kept(recording)
    Film.objects.filter(pk=still.film_id).update(state=FilmState.FAILED)

    assert kept(recording).film_id != still.film_id


def test_who_sees_the_picture():
    scene = Scene()
    still = kept(scene.clip.recording)

    for name, user in scene.people.items():
        status = signed_in(user).get(picture(still)).status_code
        assert status == (200 if name == "guider" else 404), name
    make.take_back(scene.case)
    assert signed_in(scene.people["guider"]).get(picture(still)).status_code == 403


def test_the_lane_brings_the_picture_as_film_is_brought(django_assert_num_queries):
    still = kept(make.filmed())
    browser = signed_in(still.recording.owner)
    browser.get(picture(still))

    with django_assert_num_queries(2):  # and one of the keys’ own database
        answer = browser.get(picture(still))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_for_one_and_for_many(count, django_assert_num_queries):
    recording = make.filmed()
    for place in range(count):
        kept(recording, 1000 * place)
    browser = signed_in(recording.owner)
    address = reverse("media_review:still-list", args=[recording.pk])
    browser.get(address)

    with django_assert_num_queries(6):
        page = browser.get(address, headers={"HX-Request": "true"})

    assert page.content.decode().count("still__name") == count


def test_a_page_keeps_names_and_removes_and_tells_a_script():
    recording = make.filmed()
    browser = signed_in(recording.owner)
    keep = reverse("media_review:still-keep", args=[recording.pk])

    told = browser.post(keep, {"at_ms": 2000}, headers={"Accept": "application/json"}).json()
    assert (told["at_ms"], told["state"], told["title"]) == (2000, "coming", "Still at 00:02.0")
    refused = browser.post(keep, {"at_ms": 99_000}, headers={"Accept": "application/json"})
    assert (refused.status_code, "ends at" in refused.json()["error"]) == (422, True)
    assert browser.post(keep, {"at_ms": 2000}).status_code == 302

    name = reverse("media_review:still-title", args=[told["id"]])
    page = browser.post(name, {"title": "<b>The look</b>"}, headers={"HX-Request": "true"})
    assert "&lt;b&gt;The look&lt;/b&gt;" in page.content.decode()
    too_long = browser.post(name, {"title": "x" * 121}, headers={"HX-Request": "true"})
    assert too_long.status_code == 422
    browser.post(reverse("media_review:still-remove", args=[told["id"]]))
    assert not Still.objects.exists()
