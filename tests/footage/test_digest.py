"""The SHA-256 of the whole film: both sides must find the same one, whoever speaks first."""

import base64
import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from footage import pipeline, purging, services, sweeping
from footage.models import Artefact, Film, Upload
from footage.stores import store
from ledger.models import Line
from notices.models import Notice
from people.models import User
from tests.footage import films
from tests.footage.conftest import RING
from tests.people.factories import person, signed_in

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}
NOT_WHOLE = "The film did not arrive whole. Please send it again."
WRONG = "0" * 64


@pytest.fixture
def film(sent):
    """A real film that has arrived and waits for its check."""
    return sent(films.landscape().read_bytes())


@pytest.fixture
def tell(sender):
    """Tells a digest as the sender's browser does; status and words."""
    browser = signed_in(User.objects.get(pk=sender.user_id))

    def told(film: Film, words: str, method: str = "post") -> tuple[int, str]:
        address = reverse("footage:digest", args=[film.upload.pk])
        send = getattr(browser, method)
        answer = send(address, words, content_type="text/plain", headers=TUS)
        return answer.status_code, answer.content.decode()

    return told


def right() -> str:
    """What the sender's side finds when all is well."""
    return hashlib.sha256(films.landscape().read_bytes()).hexdigest()


def verbs() -> list[str]:
    """What the ledger says, in order."""
    return [verb.partition(".")[2] for verb in Line.objects.values_list("verb", flat=True)]


def nothing_is_left(film: Film) -> bool:
    """Neither key nor bytes nor rows of what it consisted of, once the sweep came by."""
    assert sweeping.films_to_purge() == [film.pk]
    purging.purge(film.pk)
    film.refresh_from_db()
    assert sweeping.films_to_purge() == []
    return not (
        bytes(film.wrapped_key) or [*store().names(str(film.pk))] or Artefact.objects.exists()
    )


def test_an_equal_digest_before_the_check_is_a_line_in_the_ledger(film, tell):
    assert tell(film, right()) == (204, "")
    assert tell(film, right().upper(), "put") == (204, "")

    pipeline.work_on(film.pk)

    film.refresh_from_db()
    assert (film.state, film.sha256) == ("queued", right())
    assert verbs() == ["upload_begun", "received", "agreed"]


def test_an_equal_digest_after_the_check_is_too(film, tell):
    pipeline.work_on(film.pk)

    assert [tell(film, right()), tell(film, right())] == [(204, ""), (204, "")]

    film.refresh_from_db()
    assert film.state == "queued"
    assert verbs() == ["upload_begun", "received", "agreed"]


def test_a_film_that_differs_is_refused_and_destroyed_by_the_check(film, tell):
    assert tell(film, WRONG) == (204, "")

    pipeline.work_on(film.pk)

    film.refresh_from_db()
    assert (film.state, film.reason, film.retryable) == ("rejected", NOT_WHOLE, False)
    assert nothing_is_left(film)
    assert verbs() == ["upload_begun", "received", "rejected", "purged"]
    assert Notice.objects.get().kind == "footage.refused"


def test_a_film_that_differs_is_refused_and_destroyed_after_the_check(film, tell):
    pipeline.work_on(film.pk)

    assert tell(film, WRONG) == (422, NOT_WHOLE)
    assert tell(film, WRONG) == (422, NOT_WHOLE)

    film.refresh_from_db()
    assert (film.state, film.reason) == ("rejected", NOT_WHOLE)
    assert pipeline.work_on(film.pk) is False
    assert nothing_is_left(film)
    assert tell(film, right())[0] == 422


def test_a_ready_film_is_still_compared_but_not_once_it_is_in_use(prepared, tell, sender):
    film = prepared(films.landscape().read_bytes())
    Upload.objects.update(finished_at=timezone.now() - timedelta(minutes=61))

    assert tell(film, WRONG)[0] == 422
    film.refresh_from_db()
    assert film.state == "ready"

    Upload.objects.update(finished_at=timezone.now())
    part = services.cut(actor_id=sender.user_id, film_id=film.pk, start_ms=0, end_ms=900, page="/")
    assert tell(film, WRONG)[0] == 422
    film.refresh_from_db()
    assert film.state == "ready"

    part.delete()
    assert tell(film, WRONG) == (422, NOT_WHOLE)
    film.refresh_from_db()
    assert film.state == "rejected"
    assert nothing_is_left(film)


def test_another_digest_than_before_is_refused(film, tell):
    assert tell(film, right()) == (204, "")

    assert tell(film, WRONG) == (422, "This film has been compared already.")

    assert Upload.objects.get().sender_sha256 == right()


@pytest.mark.parametrize("words", ["", "a" * 63, "a" * 65, "g" * 64, "\u00e9" * 32])
def test_what_is_not_a_digest_is_refused(film, tell, words):
    assert tell(film, words)[0] == 400


def test_nobody_else_can_tell_a_digest(film):
    address = reverse("footage:digest", args=[film.upload.pk])

    answer = signed_in(person()).post(address, right(), content_type="text/plain", headers=TUS)

    assert answer.status_code == 404
    assert Upload.objects.get().sender_sha256 == ""


def test_a_digest_known_beforehand_comes_with_the_creation(sender):
    browser = signed_in(User.objects.get(pk=sender.user_id))
    permit = services.permit(actor=sender, ring=RING, page="/films/1/")
    told = base64.b64encode(right().encode()).decode()
    headers = {**TUS, "Upload-Length": "10", "Upload-Metadata": f"sha256 {told}"}

    created = browser.post(reverse("footage:uploads") + f"?permit={permit}", headers=headers)

    assert (created.status_code, Upload.objects.get().sender_sha256) == (201, right())
