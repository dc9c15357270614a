"""While a hold binds, the room of films gives up neither the film nor what was sent of it."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone

from footage import pipeline, purging, sweeping, vault
from footage import services as footage
from footage.kinds import ArtefactKind
from footage.models import Artefact, Film, Upload
from footage.receiving import Incoming
from footage.rules import CUT_SHORT
from footage.states import State as FilmState
from media_review import services
from media_review.kinds import Basis
from media_review.models import Recording
from media_review.services.holds import end_of
from people.errors import RuleBroken
from people.kinds import Role
from tests.caselogs.factories import consented_case, days_ago
from tests.media_review import factories as make
from tests.people.factories import actor_of, organisation, person

pytestmark = pytest.mark.django_db
REASON = "The police have asked."


def sent(case):
    """A recording whose film is on its way."""
    row = make.recording(case)
    services.begin_upload(
        actor=actor_of(row.owner), recording_id=row.pk, file_name="play.mp4", size=1000
    )
    return Recording.objects.select_related("film", "case", "owner").get(pk=row.pk)


def service(filmed):
    """A film of a guider's, the guider, and the manager of the same service."""
    place = organisation()
    guider, manager = person(Role.TRAINEE, place), person(Role.SERVICE_MANAGER, place)
    return filmed(consented_case(guider)), actor_of(guider), actor_of(manager)


def asked(recording, actor):
    return services.ask_for_hold(
        actor=actor,
        recording_id=recording.pk,
        until=days_ago(-30),
        reason=REASON,
        basis=Basis.LAW,
    )


def kept_until(recording):
    """Until when the room of films gives up nothing of this recording's film."""
    return Film.objects.values_list("kept_until", flat=True).get(pk=recording.film_id)


def test_the_film_is_kept_for_exactly_as_long_as_the_hold_binds():
    recording, guider, manager = service(sent)
    hold = asked(recording, manager)
    assert kept_until(recording) == hold.binds_until

    hold = services.confirm_hold(actor=guider, hold_id=hold.pk)
    assert kept_until(recording) == hold.binds_until == end_of(hold.until)

    longer = services.ask_longer_hold(
        actor=manager, hold_id=hold.pk, until=days_ago(-60), reason=REASON
    )
    assert kept_until(recording) == longer.binds_until
    longer = services.confirm_hold(actor=guider, hold_id=hold.pk)
    assert kept_until(recording) == longer.binds_until == end_of(days_ago(-60))

    services.ask_lift_hold(actor=manager, hold_id=hold.pk, reason=REASON)
    assert kept_until(recording) == longer.binds_until
    services.confirm_hold(actor=guider, hold_id=hold.pk)
    assert kept_until(recording) is None

    hold = asked(recording, manager)
    services.take_back_hold(actor=manager, hold_id=hold.pk)
    assert kept_until(recording) is None


def test_what_was_sent_of_a_held_film_is_dropped_only_when_the_hold_has_run_out():
    recording, _, manager = service(make.filmed)
    Film.objects.update(original_until=timezone.now() - timedelta(days=1))
    asked(recording, manager)
    original = recording.film.artefacts.filter(kind=ArtefactKind.ORIGINAL)

    assert (sweeping.originals_to_drop(), purging.drop_original(recording.film_id)) == ([], False)
    assert original.exists()

    Film.objects.update(kept_until=timezone.now())
    assert sweeping.originals_to_drop() == [recording.film_id]
    assert purging.drop_original(recording.film_id)
    assert not original.exists()


def test_the_sender_cannot_destroy_a_held_film_by_telling_another_digest():
    recording, guider, manager = service(make.filmed)
    asked(recording, manager)
    told = {"actor": guider, "upload_id": recording.film.upload.pk}

    with pytest.raises(RuleBroken, match="being kept for now"):
        footage.tell_digest(**told, sha256="f" * 64)
    footage.tell_digest(**told, sha256=recording.film.sha256)

    film = Film.objects.get(pk=recording.film_id)
    assert (film.state, film.upload.sender_sha256) == (FilmState.READY, film.sha256)


def test_a_held_film_that_differs_when_it_is_checked_keeps_its_key_and_its_bytes():
    recording, guider, manager = service(make.recording)
    upload = make.send_bytes(recording)
    footage.tell_digest(actor=guider, upload_id=upload.pk, sha256="f" * 64)
    asked(recording, manager)

    pipeline.work_on(upload.film_id)

    film = Film.objects.get(pk=upload.film_id)
    assert (film.state, film.reason, film.retryable) == (FilmState.FAILED, CUT_SHORT, False)
    kept = Artefact(film=film, object=upload.object, size=upload.size, runs=film.upload.runs)
    assert vault.reader(kept).read() == make.film_bytes()
    with pytest.raises(RuleBroken, match="held for safeguarding"):
        make.send_bytes(recording)


def test_a_held_film_on_its_way_is_neither_given_up_nor_replaced_nor_too_late():
    recording, guider, manager = service(sent)
    hold = asked(recording, manager)
    upload = recording.film.upload
    Upload.objects.update(expires_at=timezone.now() - timedelta(days=1))

    with pytest.raises(RuleBroken, match="being kept for now"):
        footage.end_upload(actor=guider, upload_id=upload.pk)
    with pytest.raises(RuleBroken, match="held for safeguarding"):
        services.begin_upload(
            actor=guider, recording_id=recording.pk, file_name="other.mp4", size=5
        )
    assert sweeping.films_to_purge() == []
    footage.receive(
        actor=guider, upload_id=upload.pk, offset=0, incoming=Incoming(io.BytesIO(b"12345"), 5)
    )
    assert Upload.objects.get().offset == 5

    Upload.objects.update(expires_at=timezone.now() - timedelta(days=1))
    services.take_back_hold(actor=manager, hold_id=hold.pk)
    assert sweeping.films_to_purge() == [recording.film_id]


def test_a_held_film_cannot_be_watched_once_its_family_withdrew():
    recording, _, manager = service(sent)
    asked(recording, manager)

    make.take_back(recording.case)

    assert not Recording.objects.watchable_by(actor_of(recording.owner)).exists()
