"""Cutting, destroying, sweeping: what is true in the database and the store afterwards."""

import io
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from footage import keys, pipeline, purging, sandbox, services, sweeping, tasks, vault
from footage.errors import KeyGone, SealBroken
from footage.kinds import ArtefactKind
from footage.models import Artefact, Film, RingKey, Upload, Work
from footage.receiving import Incoming
from footage.stores import store
from ledger.models import Line
from people.errors import RuleBroken
from people.kinds import Role
from tests.footage import films
from tests.footage.conftest import RING
from tests.footage.test_pipeline import bytes_of, probed
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [0, -5, 10**15])
def test_an_impossible_size_is_refused_before_the_first_byte(sender, size):
    with pytest.raises(RuleBroken):
        services.begin_upload(actor=sender, ring=RING, file_name="x", size=size, page="/")

    assert not Film.objects.exists()


def test_a_cut_holds_exactly_the_frames_between_the_points(prepared, sender):
    film = prepared(films.landscape(5).read_bytes())

    part = services.cut(
        actor_id=sender.user_id, film_id=film.pk, start_ms=3010, end_ms=4510, page="/clips/1/"
    )
    pipeline.work_on(part.pk)

    part.refresh_from_db()
    assert (part.state, part.ring, part.cut_from) == ("ready", UUID(RING), film)
    found = probed(bytes_of(part, ArtefactKind.PROXY))
    assert int(found["streams"][0]["nb_frames"]) == 45  # frames 91 to 135 of 30 a second
    assert part.artefacts.filter(kind=ArtefactKind.POSTER).exists()
    assert not part.artefacts.filter(kind=ArtefactKind.ORIGINAL).exists()


def test_a_cut_begins_with_the_frame_that_was_chosen(prepared, sender):
    """Every second of the film has its own grey: so has the cut, from its first frame on."""
    film = prepared(films.greys().read_bytes())

    part = services.cut(
        actor_id=sender.user_id, film_id=film.pk, start_ms=4000, end_ms=5000, page="/"
    )
    pipeline.work_on(part.pk)

    part.refresh_from_db()
    shades = films.shades(bytes_of(part, ArtefactKind.PROXY))
    assert len(shades) == 25
    assert max(shades) - min(shades) <= 2
    assert shades[0] == pytest.approx(films.shade_of(4), abs=4)


@pytest.mark.parametrize(("start", "end"), [(500, 500), (900, 100), (99_000, 99_500), (-1, 10)])
def test_a_crooked_cut_is_refused_in_words(prepared, sender, start, end):
    film = prepared(films.landscape().read_bytes())

    with pytest.raises(RuleBroken):
        services.cut(actor_id=sender.user_id, film_id=film.pk, start_ms=start, end_ms=end, page="/")


def test_a_film_on_its_way_cannot_be_cut(sent, sender):
    film = sent(films.landscape().read_bytes())

    with pytest.raises(RuleBroken, match="not ready"):
        services.cut(actor_id=sender.user_id, film_id=film.pk, start_ms=0, end_ms=100, page="/")


def test_shredding_a_ring_leaves_nothing_that_opens(
    prepared, sender, django_capture_on_commit_callbacks
):
    film, other = (
        prepared(films.silent().read_bytes()),
        prepared(films.silent().read_bytes(), ring=str(uuid4())),
    )
    artefact = film.artefacts.select_related("film").get(kind=ArtefactKind.PROXY)
    wrapped, ring_row = bytes(film.wrapped_key), RingKey.objects.get(ring=RING)
    assert ring_row.wrapped

    with django_capture_on_commit_callbacks(execute=True):
        receipt = services.shred(user_id=sender.user_id, ring=UUID(RING))

    film.refresh_from_db()
    assert (film.state, bytes(film.wrapped_key), film.name) == ("purging", b"", "")
    assert receipt == ring_row.fingerprint
    artefact.film.wrapped_key = wrapped  # as an old dump of the house would have it
    with pytest.raises(KeyGone):
        vault.reader(artefact)
    with pytest.raises(RuleBroken, match="destroyed"):
        services.begin_upload(actor=sender, ring=UUID(RING), file_name="x", size=9, page="/")

    assert sweeping.films_to_purge() == [film.pk]
    purging.purge(film.pk)
    purging.purge(film.pk)
    assert sweeping.rings_to_bury() == []

    film.refresh_from_db()
    assert film.state == "purged"
    assert list(store().names(str(film.pk))) == []
    assert not film.artefacts.exists()
    line = Line.objects.get(verb="footage.purged")
    assert line.facts["key_destroyed"] is True
    assert line.facts["key_fingerprint"] == receipt
    assert bytes_of(other, ArtefactKind.PROXY)


def test_a_key_that_nobody_lived_to_destroy_is_destroyed_by_the_sweep(prepared, sender):
    film = prepared(films.silent().read_bytes())
    services.shred(user_id=sender.user_id, ring=UUID(RING))  # and its commit hooks never ran
    assert not keys.is_destroyed(UUID(RING))

    tasks.sweep()
    tasks.sweep()
    for film_id in sweeping.films_to_purge():
        purging.purge(film_id)

    assert keys.is_destroyed(UUID(RING))
    assert Line.objects.filter(verb="footage.key_destroyed").count() == 1
    film.refresh_from_db()
    assert film.state == "purged"


def test_shredding_while_a_film_is_prepared_stops_it(sent, sender, monkeypatch):
    film = sent(films.silent().read_bytes())
    pipeline.work_on(film.pk)
    real = sandbox.run

    def shredded_meanwhile(*args, **kwargs):
        done = real(*args, **kwargs)
        if kwargs.get("tick"):
            services.shred(user_id=sender.user_id, ring=UUID(RING))
        return done

    monkeypatch.setattr(sandbox, "run", shredded_meanwhile)
    pipeline.work_on(film.pk)
    purging.purge(film.pk)

    film.refresh_from_db()
    assert film.state == "purged"
    assert list(store().names(str(film.pk))) == []


def test_shredding_while_a_film_arrives_leaves_nothing(sender):
    data = bytes(300_000)
    upload = services.begin_upload(actor=sender, ring=RING, file_name="x", size=len(data), page="/")

    class Shredding(io.BytesIO):
        def read(self, size=-1):
            if self.tell() == 0:
                services.shred(user_id=sender.user_id, ring=UUID(RING))
                purging.purge(upload.film_id)
            return super().read(100_000)

    incoming = Incoming(Shredding(data), len(data))
    with pytest.raises(Exception, match="nothing more of it is taken"):
        services.receive(actor=sender, upload_id=upload.pk, offset=0, incoming=incoming)

    assert list(store().names(str(upload.film_id))) == []


def test_destroying_one_film_destroys_what_was_cut_from_it(prepared, sender):
    film = prepared(films.landscape().read_bytes())
    part = services.cut(actor_id=sender.user_id, film_id=film.pk, start_ms=0, end_ms=900, page="/")
    pipeline.work_on(part.pk)
    artefact = part.artefacts.select_related("film").get(kind=ArtefactKind.PROXY)

    services.purge(user_id=sender.user_id, film_id=film.pk)
    services.purge(user_id=sender.user_id, film_id=film.pk)

    assert set(Film.objects.values_list("state", flat=True)) == {"purging"}
    artefact.film.refresh_from_db()
    with pytest.raises(SealBroken):
        vault.reader(artefact)


def test_only_the_sender_may_try_again_or_give_up(sent):
    film = sent(b"not a film")
    stranger = actor_of(person(Role.TRAINEE))

    with pytest.raises(PermissionDenied):
        services.retry(actor=stranger, film_id=film.pk)
    with pytest.raises(PermissionDenied):
        services.end_upload(actor=stranger, upload_id=film.upload.pk)


def test_the_sweep_wakes_lost_work_once_in_a_while(sent):
    film = sent(films.silent().read_bytes())
    assert sweeping.films_to_wake() == []

    Work.objects.update(woken_at=timezone.now() - timedelta(minutes=1))

    assert sweeping.films_to_wake() == [film.pk]
    assert sweeping.films_to_wake() == []


def test_an_upload_left_lying_is_ended(sender):
    upload = services.begin_upload(actor=sender, ring=RING, file_name="x", size=100, page="/")
    Upload.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert sweeping.films_to_purge() == [upload.film_id]
    assert Film.objects.get().state == "purging"


def test_a_dump_of_the_house_alone_opens_nothing(prepared):
    film = prepared(films.silent().read_bytes())
    assert "wrapped" not in {
        field.name for field in Film._meta.fields if field.name != "wrapped_key"
    }
    RingKey.objects.all().delete()

    with pytest.raises(SealBroken):
        vault.reader(Artefact.objects.select_related("film").filter(film=film).first())


def test_another_root_key_opens_nothing(prepared, settings):
    film = prepared(films.silent().read_bytes())
    settings.FILM_ROOT_KEY = "another"

    with pytest.raises(SealBroken):
        bytes_of(film, ArtefactKind.PROXY)
