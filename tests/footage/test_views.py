"""tus 1.0.0 at the upload address, with real requests."""

import base64
import hashlib
import io
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from footage import receiving, seal, services, sitting, vault
from footage.kinds import ArtefactKind
from footage.models import Artefact, Film, Upload, Work
from footage.stores import store
from ledger.models import Line
from people.kinds import Role
from people.models import RoleGrant, User
from tests.footage.conftest import RING
from tests.people.factories import person, signed_in

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}
DATA = b"".join(number.to_bytes(4, "big") for number in range(60_000))


@pytest.fixture
def ours(sender):
    """The sender's browser."""
    return signed_in(User.objects.get(pk=sender.user_id))


@pytest.fixture
def upload(sender):
    """An upload the sender has begun."""
    return services.begin_upload(
        actor=sender,
        ring=RING,
        file_name="C:\\films\\a\u202eb.mov",
        size=len(DATA),
        page="/films/1/",
    )


def patch(ours, upload, offset, data, **headers):
    """One PATCH."""
    return ours.patch(
        reverse("footage:upload", args=[upload.pk]),
        data=data,
        content_type="application/offset+octet-stream",
        headers={
            **TUS,
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(len(data)),
            "Upload-Offset": str(offset),
            **headers,
        },
    )


def offset_of(ours, upload) -> int:
    """What HEAD says."""
    answer = ours.head(reverse("footage:upload", args=[upload.pk]), headers=TUS)
    assert answer.status_code == 200
    assert answer["Upload-Length"] == str(len(DATA))
    assert answer["Cache-Control"] == "no-store"
    return int(answer["Upload-Offset"])


def original_of(film: Film) -> bytes:
    """What lies sealed in the store."""
    film.refresh_from_db()
    upload = Upload.objects.get(film=film)
    kind = ArtefactKind.ORIGINAL
    artefact = Artefact(
        film=film, kind=kind, object=upload.object, runs=upload.runs, size=upload.size
    )
    return vault.reader(artefact).read()


def test_options_tells_what_is_spoken(ours):
    answer = ours.options(reverse("footage:uploads"))

    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"].split(",") == [
        *("creation", "creation-with-upload", "expiration", "termination", "checksum")
    ]
    assert int(answer["Tus-Max-Size"]) > 10**9


def test_a_film_arrives_in_pieces_of_any_size(ours, upload):
    at = 0
    for size in (1, 999, 65_536, 70_001, 0, 100_000, len(DATA)):
        answer = patch(ours, upload, at, DATA[at : at + size])
        assert (answer.status_code, answer["Upload-Offset"]) == (
            204,
            str(min(len(DATA), at + size)),
        )
        at = min(len(DATA), at + size)
        assert offset_of(ours, upload) == at

    film = Film.objects.get(upload=upload)
    assert film.state == "received"
    assert film.name == "ab.mov"
    assert original_of(film) == DATA
    assert [work.recipe for work in Work.objects.all()] == ["check/1"]
    verbs = Line.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["footage.upload_begun", "footage.received"]


def test_the_last_piece_sent_twice_arrives_once(ours, upload):
    patch(ours, upload, 0, DATA)

    answer = patch(ours, upload, len(DATA), b"")

    assert answer.status_code == 204
    assert Work.objects.count() == 1


@pytest.mark.parametrize("offset", [0, 1000, len(DATA)])
@pytest.mark.parametrize("dropped", [False, True])
def test_nothing_is_written_to_a_finished_upload(ours, upload, offset, dropped):
    patch(ours, upload, 0, DATA)
    if dropped:
        Upload.objects.update(runs=[], tail=b"")  # what `purging.drop_original` leaves
    before = Upload.objects.values().get(), sorted(store().names(""))

    more = patch(ours, upload, offset, DATA[:1000])
    empty = patch(ours, upload, offset, b"")

    assert more.status_code == 409
    assert empty.status_code == (204 if offset == len(DATA) else 409)
    assert (Upload.objects.values().get(), sorted(store().names(""))) == before


class Breaking(io.BytesIO):
    """A connection that breaks after its last byte."""

    def read(self, size=-1):
        data = super().read(size)
        if not data:
            raise ConnectionResetError
        return data


def test_a_broken_connection_keeps_every_byte_that_came(sender, ours, upload):
    for stop in (100_000, 150_001):
        at = offset_of(ours, upload)
        incoming = receiving.Incoming(Breaking(DATA[at:stop]), len(DATA) - at)
        services.receive(actor=sender, upload_id=upload.pk, offset=at, incoming=incoming)
        assert offset_of(ours, upload) == stop

    assert patch(ours, upload, stop, DATA[stop:]).status_code == 204
    assert original_of(upload.film) == DATA


def test_a_killed_server_costs_at_most_what_was_not_noted(sender, ours, upload, monkeypatch):
    monkeypatch.setattr(seal, "PART_CHUNKS", 1)
    monkeypatch.setattr(sitting, "NOTE_EVERY", 0)
    monkeypatch.setattr(receiving, "LEASE", timedelta(seconds=0.3))

    class Killed(io.BytesIO):
        def read(self, size=-1):
            time.sleep(0.1)
            data = super().read(70_000)
            if not data:
                raise KeyboardInterrupt
            return data

    incoming = receiving.Incoming(Killed(DATA[:140_000]), len(DATA))
    with pytest.raises(KeyboardInterrupt):
        services.receive(actor=sender, upload_id=upload.pk, offset=0, incoming=incoming)

    safe = Upload.objects.get().offset
    assert safe in (seal.CHUNK, 2 * seal.CHUNK)
    assert patch(ours, upload, safe, DATA[safe:]).status_code == 204
    assert original_of(upload.film) == DATA


def test_of_two_senders_the_live_one_wins_and_a_silent_one_gives_way(
    sender, ours, upload, monkeypatch
):
    monkeypatch.setattr(receiving, "PATIENCE", 0)
    answers = []

    class Interrupted(io.BytesIO):
        """In the middle of the first sender's turn a second one comes, twice."""

        def read(self, size=-1):
            if self.tell() and len(answers) < 2:
                answers.append(patch(ours, upload, 0, DATA))
                Upload.objects.update(touched_at=timezone.now() - receiving.LEASE)
            return super().read(min(size, 70_000))

    incoming = receiving.Incoming(Interrupted(b"x" * len(DATA)), len(DATA))
    with pytest.raises(receiving.UploadRefused) as refused:
        services.receive(actor=sender, upload_id=upload.pk, offset=0, incoming=incoming)

    assert [answer.status_code for answer in answers] == [423, 204]
    assert refused.value.status == 409
    assert original_of(upload.film) == DATA
    assert Work.objects.count() == 1


@pytest.mark.parametrize("offset", [5, 10**12])
def test_a_wrong_offset_is_refused(ours, upload, offset):
    assert patch(ours, upload, offset, b"abc").status_code == 409
    assert offset_of(ours, upload) == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "¼"}, 400),
        ({"Upload-Checksum": "crc32 AAAA"}, 400),
        ({"Upload-Checksum": "sha1 !!!"}, 400),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
def test_a_crooked_request_is_refused(ours, upload, headers, status):
    kind = headers.pop("Content-Type", "application/offset+octet-stream")
    answer = ours.patch(
        reverse("footage:upload", args=[upload.pk]),
        data=b"abc",
        content_type=kind,
        headers={**TUS, "Upload-Offset": "0", **headers},
    )

    assert answer.status_code == status
    assert offset_of(ours, upload) == 0


def test_more_than_was_announced_is_refused(ours, upload):
    assert patch(ours, upload, 0, DATA + b"!").status_code == 413


def test_pieces_larger_than_the_setting_are_refused(ours, upload, settings):
    settings.FILM_PATCH_BYTES = 10

    assert patch(ours, upload, 0, DATA).status_code == 413


def test_a_checksum_is_believed_only_when_right(ours, upload):
    def header(data):
        return "sha256 " + base64.b64encode(hashlib.sha256(data).digest()).decode()

    wrong = patch(ours, upload, 0, DATA[:100], **{"Upload-Checksum": header(b"other")})
    assert (wrong.status_code, offset_of(ours, upload)) == (460, 0)

    right = patch(ours, upload, 0, DATA[:100], **{"Upload-Checksum": header(DATA[:100])})
    assert (right.status_code, offset_of(ours, upload)) == (204, 100)


def test_nobody_else_can_see_or_touch_an_upload(upload):
    address = reverse("footage:upload", args=[upload.pk])
    other = signed_in(person(Role.TRAINEE))

    assert other.head(address, headers=TUS).status_code == 404
    assert patch(other, upload, 0, DATA).status_code == 404
    assert other.delete(address, headers=TUS).status_code == 404
    assert patch(Client(), upload, 0, DATA).status_code in (302, 403)
    assert Upload.objects.get().offset == 0


def test_a_stranger_neither_stops_nor_awaits_a_sender(upload):
    now = timezone.now()
    Upload.objects.update(writer=upload.pk, touched_at=now)

    assert patch(signed_in(person(Role.TRAINEE)), upload, 0, DATA).status_code == 404
    assert Upload.objects.values_list("wanted_at").get() == (None,)


def test_the_sender_may_give_up(ours, upload):
    patch(ours, upload, 0, DATA[:1000])
    address = reverse("footage:upload", args=[upload.pk])

    assert ours.delete(address, headers=TUS).status_code == 204

    assert Film.objects.get().state == "purging"
    assert ours.head(address, headers=TUS).status_code == 410
    assert patch(ours, upload, 1000, DATA[1000:]).status_code == 410


def test_an_old_upload_is_gone(ours, upload):
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert patch(ours, upload, 0, DATA).status_code == 410


def test_a_permit_lets_a_standard_client_create_and_send_at_once(sender, ours):
    permit = services.permit(actor=sender, ring=RING, page="/films/1/")
    name = base64.b64encode(b"baby.mov").decode()

    answer = ours.post(
        reverse("footage:uploads") + f"?permit={permit}",
        data=DATA[:70_000],
        content_type="application/offset+octet-stream",
        headers={
            **TUS,
            "Upload-Length": str(len(DATA)),
            "Upload-Metadata": f"filename {name},odd",
        },
    )

    assert (answer.status_code, answer["Upload-Offset"]) == (201, "70000")
    upload = Upload.objects.get()
    assert answer["Location"].endswith(reverse("footage:upload", args=[upload.pk]))
    assert upload.film.name == "baby.mov"
    patch(ours, upload, 70_000, DATA[70_000:])
    assert original_of(upload.film) == DATA


def test_a_permit_of_somebody_whose_role_has_ended_begins_nothing(sender, ours):
    permit = services.permit(actor=sender, ring=RING, page="/films/1/")
    RoleGrant.objects.update(until=timezone.localdate() - timedelta(days=1))

    answer = ours.post(
        reverse("footage:uploads") + f"?permit={permit}", headers={**TUS, "Upload-Length": "10"}
    )

    assert answer.status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.parametrize("permit", ["", "forged", "other"])
def test_without_a_permit_of_ones_own_nothing_begins(sender, permit):
    words = services.permit(actor=sender, ring=RING, page="/") if permit == "other" else permit
    other = signed_in(person(Role.TRAINEE))

    answer = other.post(
        reverse("footage:uploads") + f"?permit={words}", headers={**TUS, "Upload-Length": "10"}
    )

    assert answer.status_code == 403
    assert not Upload.objects.exists()


def test_nothing_readable_lies_in_the_store(sender, settings):
    letter = b"Robin and Mum are playing on the kitchen floor. " * 9000
    upload = services.begin_upload(
        actor=sender, ring=RING, file_name="x", size=len(letter), page="/"
    )
    incoming = receiving.Incoming(io.BytesIO(letter[:200_000]), len(letter))

    services.receive(actor=sender, upload_id=upload.pk, offset=0, incoming=incoming)

    upload.refresh_from_db()
    assert upload.offset == 200_000
    assert b"Robin" not in bytes(upload.tail)
    for path in settings.FILM_FOLDER.rglob("*"):
        assert path.is_dir() or b"Robin" not in path.read_bytes()
