"""What may happen to films: begin, receive, end an upload; cut, try again, destroy."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from footage import parts, permissions, permits, purging, quotas, rules, tasks, works
from footage.kinds import Recipe, WorkState
from footage.models import HOUSE, Allowance, Film, Join, Piece, Upload, Work
from footage.receiving import Incoming, clean_name, receive_into
from footage.sitting import KEPT_FOR
from footage.states import FIRST_OF_A_CUT, GONE, KEYLESS, State, Step, after
from footage.treatments import AS_IT_IS, Treatment
from ledger import services as ledger
from people.actor import Actor
from people.errors import RuleBroken

COMPARED_FOR = timedelta(hours=1)


@transaction.atomic
def begin_upload(
    *,
    actor: Actor,
    ring: UUID,
    file_name: str,
    size: int,
    page: str,
    account: UUID = HOUSE,
    sha256: str = "",
    fine: bool | None = None,
    original_days: int | None = None,
    about_id: UUID | None = None,
) -> Upload:
    """A film is expected; RuleBroken when it is empty, too large, without a ring or without room.

    `sha256` is the whole film's, where its sender knows it beforehand (see `tell_digest`). `fine`
    asks for 1080p too, `original_days` for keeping what was sent; else the house's settings hold.
    With `about_id` it is a spoken note: perhaps sound alone, short, and gone when that film goes.
    """
    permissions.may_begin(actor).require()
    rules.refuse_by_size(size, settings.FILM_LARGEST_BYTES)
    quotas.require_room(user_id=actor.user_id, account=account, size=size)
    film = parts.new_film(
        ring,
        account=account,
        sent_by_id=actor.user_id,
        name=clean_name(file_name),
        page=page,
        size=size,
        about_id=about_id,
        fine=settings.FILM_FINE if fine is None else fine,
        original_days=settings.FILM_ORIGINAL_DAYS if original_days is None else original_days,
    )
    upload = Upload.objects.create(
        film=film, size=size, sender_sha256=sha256, expires_at=timezone.now() + KEPT_FOR
    )
    ledger.record(
        user_id=actor.user_id, verb="footage.upload_begun", subject=film, ring=ring, size=size
    )
    return upload


@transaction.atomic
def allow(*, user_id: UUID | None, account: UUID, gigabytes: int | None) -> None:
    """The account may keep so much film; with None, what the house's settings say."""
    facts = {"gigabytes": gigabytes, "set_at": timezone.now()}
    allowance, _ = Allowance.objects.update_or_create(account=account, defaults=facts)
    ledger.record(user_id=user_id, verb="footage.allowed", subject=allowance, gigabytes=gigabytes)


def permit(*, actor: Actor, ring: UUID, page: str, account: UUID = HOUSE) -> str:
    """Words for `?permit=` of the upload address: this person may send to this ring today."""
    return permits.signed(actor.user_id, ring, account, page)


def receive(*, actor: Actor, upload_id: UUID, offset: int, incoming: Incoming) -> Upload:
    """What came in is sealed and safe, however it ended; the film steps on when it is complete.

    Raises UploadRefused, with the HTTP status, for a wrong offset, another sender, an old upload.
    """
    upload = receive_into(actor, upload_id, offset, incoming)
    if upload.offset == upload.size and (film_id := works.arrive(upload.pk)):
        tasks.prepare_film.delay_on_commit(str(film_id))
    return upload


@transaction.atomic
def tell_digest(*, actor: Actor, upload_id: UUID, sha256: str) -> None:
    """The SHA-256 the sender's side found is noted, and compared as soon as ours is known.

    A film that differs is refused and destroyed. Told again, the same one changes nothing.
    RuleBroken for another one than before, or when the film has long been in use or is kept.
    """
    film = Film.objects.select_for_update().get(upload=upload_id)
    permissions.may_send(actor, film).require()
    upload = film.upload
    if upload.sender_sha256 == sha256:
        return
    if upload.sender_sha256 or film.state in KEYLESS:
        raise RuleBroken("This film has been compared already.")
    if film.is_kept and film.sha256 not in ("", sha256):
        raise RuleBroken(rules.KEPT)
    if film.sha256 and (film.cuts.exists() or timezone.now() > upload.finished_at + COMPARED_FOR):
        raise RuleBroken("This film is in use already. It can no longer be compared with yours.")
    upload.sender_sha256 = sha256
    upload.save(update_fields=["sender_sha256"])
    if film.sha256 == sha256:
        works.agree(film)
    elif film.sha256:
        works.refuse(film, rules.CUT_SHORT)
        tasks.purge_film.delay_on_commit(str(film.pk))


@transaction.atomic
def end_upload(*, actor: Actor, upload_id: UUID) -> None:
    """The sender gave up: what had arrived is destroyed."""
    film = Film.objects.select_for_update().get(upload=upload_id)
    permissions.may_send(actor, film).require()
    if film.upload.finished_at:
        raise RuleBroken("This film has already arrived.")
    if film.is_kept:
        raise RuleBroken(rules.KEPT)
    _purge(film, actor.user_id)


@transaction.atomic
def cut(
    *,
    actor_id: UUID,
    film_id: UUID,
    start_ms: int,
    end_ms: int,
    page: str,
    treatment: Treatment = AS_IT_IS,
) -> Film:
    """A film of its own is being made from the frames between two points; the first stays."""
    if not 0 <= start_ms < end_ms:
        raise RuleBroken("The end must come after the beginning.")
    film = parts.whole(film_id, start_ms)
    facts = {"sent_by_id": actor_id, "page": page, "treatment": treatment.facts()}
    end = min(end_ms, film.duration_ms)
    part = parts.part_of(film, Recipe.CUT, start=start_ms, end=end, **facts)
    tasks.prepare_film.delay_on_commit(str(part.pk))
    return part


@transaction.atomic
def still(*, actor_id: UUID, film_id: UUID, at_ms: int, page: str) -> Film:
    """The frame shown at this moment is being kept as a picture: the poster of a film of its own.

    `cut_start_ms` of what is returned names the frame (see `rules.frame_begins`).
    """
    film = parts.whole(film_id, at_ms)
    number = rules.frame_at(max(0, at_ms), film.rate)
    begins, ends = (rules.frame_begins(each, film.rate) for each in (number, number + 1))
    facts = {"sent_by_id": actor_id, "page": page}
    part = parts.part_of(film, Recipe.STILL, start=begins, end=ends, **facts)
    tasks.prepare_film.delay_on_commit(str(part.pk))
    return part


@transaction.atomic
def join(
    *, actor_id: UUID, pieces: Sequence[tuple[UUID, str]], page: str, account: UUID, **sound: str
) -> Film:
    """One film is being made of these (film, words before it), once each of them is ready.

    `sound`: opening, music, balance (see models.Join). All hang on one ring, and so does it.
    """
    films = Film.objects.in_bulk([film_id for film_id, _ in pieces])
    rings = {film.ring for film in films.values()}
    if len(rings) != 1 or any(film.state in KEYLESS for film in films.values()):
        raise RuleBroken("One of these films is not here any more, so they cannot be joined.")
    whole = parts.new_film(
        rings.pop(), account=account, sent_by_id=actor_id, page=page, state=FIRST_OF_A_CUT
    )
    Join.objects.create(film=whole, **sound)
    Piece.objects.bulk_create(
        Piece(film=whole, source=films[film_id], position=place, title=title)
        for place, (film_id, title) in enumerate(pieces)
    )
    Work.objects.create(film=whole, recipe=Recipe.JOIN)
    tasks.prepare_film.delay_on_commit(str(whole.pk))
    return whole


@transaction.atomic
def retry(*, actor: Actor, film_id: UUID) -> Film:
    """A film that failed through our fault is tried again from where it stood."""
    film = Film.objects.select_for_update().get(pk=film_id)
    permissions.may_send(actor, film).require()
    return _again(actor, film)


@transaction.atomic
def retry_all(*, actor: Actor) -> int:
    """Every film that failed through our fault is tried again; how many."""
    permissions.may_keep_house(actor).require()
    failed = Film.objects.filter(state=State.FAILED, retryable=True).select_for_update()
    return len([_again(actor, film) for film in failed])


def _again(actor: Actor, film: Film) -> Film:
    known = film.is_made_here or film.artefacts.exists()
    _step(film, Step.QUEUE if known else Step.RETRY, reason="", retryable=False)
    film.works.exclude(state=WorkState.DONE).update(
        state=WorkState.WAITING, attempt=0, token=None, not_before=None, trouble="", permille=0
    )
    tasks.prepare_film.delay_on_commit(str(film.pk))
    ledger.record(user_id=actor.user_id, verb="footage.tried_again", subject=film)
    return film


def keep(*, film_id: UUID, until: datetime) -> None:
    """Before this moment neither the film nor what was sent is given up by this room itself.

    A hold of the room above: that room still decides when the film goes (`purge`, `shred`).
    """
    Film.objects.filter(pk=film_id).update(kept_until=until)


def release(*, film_id: UUID) -> None:
    """The film is kept no longer than any other."""
    Film.objects.filter(pk=film_id).update(kept_until=None)


@transaction.atomic
def purge(*, user_id: UUID | None, film_id: UUID) -> Film:
    """This film, all made of it and all said about it can no longer be opened; bytes go next."""
    film = Film.objects.select_for_update().get(pk=film_id)
    made_of_it = Film.objects.made_of(film_id).exclude(state__in=GONE)
    for part in made_of_it.select_for_update().order_by("pk"):
        _purge(part, user_id)
    if film.state not in GONE:
        _purge(film, user_id)
    return film


@transaction.atomic
def shred(*, user_id: UUID | None, ring: UUID) -> str:
    """No film of this ring can be opened again, by anybody, from any copy. Returns the receipt.

    The films are locked with the caller's transaction; the key dies the moment it commits.
    """
    rows = Film.objects.in_ring(ring).select_for_update().order_by("pk")
    films = list(rows.exclude(state__in=GONE))
    grave = purging.dig(ring, films, user_id)
    for film in films:
        _purge(film, user_id, receipt=grave.receipt)
    transaction.on_commit(lambda: purging.bury(ring), robust=True)
    return grave.fingerprint


def _purge(film: Film, user_id: UUID | None, **facts: Any) -> None:
    """The film is locked for ever, and somebody is woken to delete it."""
    tasks.purge_film.delay_on_commit(str(film.pk))
    purging.lock(film, user_id, **facts)


def _step(film: Film, step: Step, **facts: Any) -> None:
    film.state = after(film.state, step)
    for name, value in facts.items():
        setattr(film, name, value)
    film.save(update_fields=["state", *facts])
