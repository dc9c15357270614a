"""Consent withdrawn while a film plays, arrives, waits, is prepared, is cut, or lies elsewhere.

From that moment nothing is served and nothing is taken; afterwards the store holds nothing of it
and no key opens a copy of the rows from before.
"""

import io
import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.urls import reverse

from footage import keys, pipeline, purging, sweeping, vault
from footage import services as footage
from footage.errors import SealBroken, UploadRefused
from footage.models import Artefact, Film, Work
from footage.receiving import Incoming
from footage.rules import LOCKED
from footage.stores import store
from media_review import services
from media_review.kinds import Custody
from media_review.models import Clip, Receipt, Recording
from media_review.queries.media import DESTROYED
from tests.caselogs.factories import consented_case
from tests.footage import films
from tests.footage.test_kill import alive, children_of, until, worker
from tests.media_review import factories as make
from tests.people.factories import actor_of, signed_in

pytestmark = pytest.mark.django_db
HALF = 40_000


@pytest.fixture
def taken_back(django_capture_on_commit_callbacks):
    """The family takes everything back on the page of its case; then the sweeps do their work."""

    @contextmanager
    def withdraw(case):
        with django_capture_on_commit_callbacks(execute=True):
            page = reverse("media_review:consent-withdraw", args=[case.pk])
            assert signed_in(case.guider).post(page, {"scope": "all"}).status_code == 302
        yield
        remove()

    return withdraw


def remove():
    """What the worker does when it is woken: the bytes of locked films go."""
    for film_id in sweeping.films_to_purge():
        purging.purge(film_id)


def copy_of_rows():
    """The films and their parts as a back-up from before would bring them back."""
    return list(Film.objects.all()), list(Artefact.objects.select_related("film"))


def is_all_gone(before) -> bool:
    """No object of any film lies in the store, no row of it opens, each has its receipt."""
    rows, artefacts = before
    for film in rows:
        with pytest.raises(SealBroken):
            keys.film_key(film)
    for artefact in artefacts:
        with pytest.raises(SealBroken):
            vault.reader(artefact).range(0, 1)
    assert not Artefact.objects.exists()
    assert set(Film.objects.values_list("state", flat=True)) == {"purged"}
    kept = Recording.objects.filter(film__isnull=False).count()
    assert Receipt.objects.filter(ending="withdrawn").count() == kept
    return not list(store().names(""))


def test_while_it_plays_the_next_range_is_refused_with_a_sentence(taken_back):
    row = make.submitted()
    clip = Clip.objects.select_related("recording__case").get()
    views = {
        signed_in(row.trainee): reverse("media_review:recording-film", args=[clip.recording_id]),
        signed_in(row.supervisor): reverse("media_review:clip-film", args=[clip.pk]),
    }

    def watch(first):
        return [
            browser.get(at, headers={"range": f"bytes={first}-{first + 99}"})
            for browser, at in views.items()
        ]

    assert [answer.status_code for answer in watch(0)] == [206, 206]
    before = copy_of_rows()

    with taken_back(clip.recording.case):
        refused = watch(100)

    assert [answer.status_code for answer in refused] == [410, 410]
    assert {answer.content.decode() for answer in refused} == {DESTROYED}
    assert is_all_gone(before)


def begun(case=None):
    """A film of which nothing has arrived yet."""
    row = make.recording(case)
    upload = services.begin_upload(
        actor=actor_of(row.owner),
        recording_id=row.pk,
        file_name="play.mp4",
        size=len(make.film_bytes()),
    )
    return row, upload


def patch(browser, upload, offset, data):
    return browser.patch(
        reverse("footage:upload", args=[upload.pk]),
        data,
        content_type="application/offset+octet-stream",
        headers={"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)},
    )


def test_while_it_uploads_the_next_bytes_are_refused_with_a_sentence(taken_back):
    row, upload = begun()
    data, browser = make.film_bytes(), signed_in(row.owner)
    assert patch(browser, upload, 0, data[:HALF]).status_code == 204
    before = copy_of_rows()

    with taken_back(row.case):
        refused = patch(browser, upload, HALF, data[HALF:])

    assert (refused.status_code, refused.content.decode()) == (410, LOCKED)
    assert is_all_gone(before)
    assert patch(browser, upload, HALF, data[HALF:]).status_code == 410
    page = browser.get(row.get_absolute_url()).content.decode()
    assert "withdrawn their consent" in page


class Interrupted(io.BytesIO):
    """A body during which something happens, once the first piece has been read."""

    def __init__(self, data, deed):
        super().__init__(data)
        self.deed = deed

    def read(self, size=-1, /):
        if self.tell() and self.deed:
            deed, self.deed = self.deed, None
            deed()
        return super().read(HALF)


def test_in_the_middle_of_one_request_what_still_comes_is_not_kept(taken_back):
    row, upload = begun()
    data = make.film_bytes()
    before = copy_of_rows()
    withdrawn = taken_back(row.case)
    body = Interrupted(data, withdrawn.__enter__)

    with pytest.raises(UploadRefused, match="locked and is being destroyed"):
        footage.receive(
            actor=actor_of(row.owner),
            upload_id=upload.pk,
            offset=0,
            incoming=Incoming(body, len(data)),
        )

    withdrawn.__exit__(None, None, None)
    assert is_all_gone(before)


@pytest.mark.parametrize("step", ["waiting for its check", "checked, waiting to be prepared"])
def test_while_it_waits_in_the_queue_it_is_never_begun(taken_back, step):
    row, upload = begun()
    data = make.film_bytes()
    footage.receive(
        actor=actor_of(row.owner),
        upload_id=upload.pk,
        offset=0,
        incoming=Incoming(io.BytesIO(data), len(data)),
    )
    if step.startswith("checked"):
        pipeline.work_on(upload.film_id)
    before = copy_of_rows()

    with taken_back(row.case):
        assert pipeline.work_on(upload.film_id) is False

    assert not Work.objects.filter(state__in=["waiting", "running"]).exists()
    assert is_all_gone(before)


def test_while_a_clip_is_cut_nothing_comes_of_it(taken_back):
    row = make.composed()
    services.submit(actor=actor_of(row.trainee), submission_id=row.pk)
    clip = Clip.objects.select_related("recording__case").get()
    before = copy_of_rows()

    with taken_back(clip.recording.case):
        assert pipeline.work_on(clip.film_id) is False

    row.refresh_from_db()
    assert row.state == "film_expired"
    assert is_all_gone(before)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_while_it_is_encoded_ffmpeg_ends_and_leaves_nothing(settings, monkeypatch):
    long = films.landscape(10, "640x360").read_bytes()
    monkeypatch.setattr(make, "film_bytes", lambda: long)
    row, upload = begun(consented_case())
    footage.receive(
        actor=actor_of(row.owner),
        upload_id=upload.pk,
        offset=0,
        incoming=Incoming(io.BytesIO(long), len(long)),
    )
    film_id = upload.film_id
    child = worker(Film.objects.get(pk=film_id), settings)
    until(Work.objects.filter(film=film_id, state="running", permille__gt=20).exists)
    family, before = children_of(child.pid), copy_of_rows()
    assert len(family) >= 2

    services.withdraw_consent(actor=actor_of(row.owner), case_id=row.case_id)

    assert child.wait(timeout=30) == 0
    until(lambda: not any(alive(pid) for pid in family), seconds=5)
    remove()
    assert is_all_gone(before)


@pytest.mark.parametrize("custody", [Custody.SHOWN_LIVE, Custody.ELSEWHERE])
def test_the_record_of_a_film_that_lies_elsewhere_says_so(taken_back, custody):
    row = make.recording(custody=custody)

    with taken_back(row.case):
        browser = signed_in(row.owner)
        pages = [
            browser.get(address).content.decode()
            for address in (row.get_absolute_url(), row.get_keeping_url())
        ]

    assert "withdrawn their consent" in pages[0]
    assert "Withdrawn" in pages[1]
    assert not Receipt.objects.exists()


def test_the_folder_of_the_store_is_what_was_looked_at(settings):
    row = make.filmed()

    names = list(store().names(""))

    assert names
    on_disk = [path for path in Path(settings.FILM_FOLDER).rglob("*") if path.is_file()]
    assert len(on_disk) == len(names)
    assert all(str(row.film_id) in os.fspath(path) for path in on_disk)
