"""Getting a film across: what the house promises while a film is on its way."""

import pytest
from django.urls import reverse

from footage import works
from footage.states import State as FilmState
from media_review import services
from people.errors import RuleBroken
from tests.media_review import factories as make
from tests.people.factories import actor_of, person, signed_in

pytestmark = pytest.mark.django_db


def failed():
    """A recording whose film we could not prepare, three times over."""
    recording = make.recording()
    actor = actor_of(recording.owner)
    upload = make.send_bytes(recording)
    for _ in range(works.ATTEMPTS):
        works.give_back(works.claim(upload.film_id), "the machine was tired")
    recording.refresh_from_db()
    assert recording.film.state == FilmState.FAILED
    return recording, actor


def test_a_film_that_failed_through_our_fault_is_tried_again():
    recording, _ = failed()
    browser = signed_in(recording.owner)
    page = browser.get(recording.get_absolute_url()).content.decode()
    assert "it is our fault, not yours" in page
    address = reverse("media_review:recording-retry", args=[recording.pk])
    assert f'action="{address}"' in page

    answer = browser.post(address, follow=True)

    assert "You need not send the film a second time" in answer.content.decode()
    recording.film.refresh_from_db()
    assert recording.film.state == FilmState.RECEIVED
    make.prepare(recording.film_id)
    recording.film.refresh_from_db()
    assert recording.film.is_ready


def test_nothing_is_tried_again_after_a_withdrawal():
    recording, actor = failed()
    make.take_back(recording.case)

    with pytest.raises(RuleBroken, match="has withdrawn their consent"):
        services.retry_film(actor=actor, recording_id=recording.pk)


def test_only_what_failed_is_tried_again():
    recording, empty = make.filmed(), make.recording()

    with pytest.raises(RuleBroken, match="ready to watch"):
        services.retry_film(actor=actor_of(recording.owner), recording_id=recording.pk)
    with pytest.raises(RuleBroken, match="no film here yet"):
        services.retry_film(actor=actor_of(empty.owner), recording_id=empty.pk)


def test_a_stranger_cannot_try_it_again():
    recording, _ = failed()
    address = reverse("media_review:recording-retry", args=[recording.pk])

    assert signed_in(person()).post(address).status_code == 404
