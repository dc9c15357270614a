"""Slow work as rows: claimed by one conditional update, kept by heartbeats, fenced by a token.

The database is the truth. A message that is lost, doubled or late changes nothing: the row is
claimed once, and a claimant that was too slow finds its token gone and leaves without a trace.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from footage import rules
from footage.errors import BadFilm, LeaseLost
from footage.kinds import ArtefactKind, Recipe, WorkState
from footage.models import Artefact, Film, Work
from footage.states import State, Step, after
from ledger import services as ledger
from notices import services as notices
from people.kinds import Capability
from people.queries import who_can

ATTEMPTS = 3
STEP_OF = {
    Recipe.CHECK: Step.CHECK,
    Recipe.PREPARE: Step.ENCODE,
    Recipe.CUT: Step.ENCODE,
    Recipe.JOIN: Step.ENCODE,
    Recipe.STILL: Step.ENCODE,
}


@dataclass(frozen=True)
class Claim:
    """The right to do one piece of work, until the lease ends or somebody else is given it."""

    work_id: UUID
    film_id: UUID
    recipe: Recipe
    attempt: int
    token: UUID


@transaction.atomic
def arrive(upload_id: UUID) -> UUID | None:
    """The whole film is here, once: its check is noted as work. None when that was so already."""
    film = Film.objects.select_for_update().select_related("upload").get(upload=upload_id)
    upload = film.upload
    if upload.finished_at or film.state != State.RECEIVING or upload.offset != upload.size:
        return None
    upload.finished_at, upload.writer = timezone.now(), None
    upload.save(update_fields=["finished_at", "writer"])
    _step(film, Step.ARRIVE)
    Work.objects.create(film=film, recipe=Recipe.CHECK)
    ledger.record(user_id=film.sent_by_id, verb="footage.received", subject=film, size=upload.size)
    return film.pk


def claim(film_id: UUID) -> Claim | None:
    """The film's open work is ours and the film has stepped on; None when there is none."""
    now = timezone.now()
    work = Work.objects.open(now).filter(film_id=film_id).order_by("made_at").first()
    if work is None:
        return None
    if work.attempt >= ATTEMPTS:
        _give_up_lost(work)
        return None
    token = uuid4()
    with transaction.atomic():
        film = Film.objects.select_for_update().get(pk=film_id)
        ours = (
            Work.objects.open(now)
            .filter(pk=work.pk, attempt=work.attempt)
            .update(
                state=WorkState.RUNNING,
                attempt=F("attempt") + 1,
                token=token,
                lease_until=now + lease(),
                furthest=Greatest(F("furthest"), F("permille")),
                permille=0,
                started_at=now,
            )
        )
        if not ours:
            return None
        _step(film, STEP_OF[Recipe(work.recipe)])
    return Claim(work.pk, film_id, Recipe(work.recipe), work.attempt + 1, token)


def lease() -> timedelta:
    """How long a silent claimant is believed to be alive."""
    return timedelta(seconds=settings.FILM_LEASE_SECONDS)


def beat(held: Claim, permille: int) -> None:
    """The lease is longer and the progress known; LeaseLost when the work is no longer ours."""
    mine = Work.objects.filter(pk=held.work_id, token=held.token, state=WorkState.RUNNING)
    if not mine.update(lease_until=timezone.now() + lease(), permille=permille):
        raise LeaseLost(str(held.work_id))


@transaction.atomic
def accept(held: Claim, original: Artefact, facts: rules.Facts) -> None:
    """The film is one: its facts are known and it waits for its turn to be prepared.

    BadFilm when its sender's side found another SHA-256 in the whole of it than we did.
    """
    film = _close(held, WorkState.DONE)
    told = film.upload.sender_sha256
    if told not in ("", original.sha256):
        raise BadFilm(rules.CUT_SHORT)
    if not film.artefacts.filter(kind=original.kind).exists():
        original.save(force_insert=True)
    Work.objects.get_or_create(
        film=film, recipe=Recipe.PREPARE, defaults={"input_hash": original.sha256}
    )
    _step(
        film,
        Step.QUEUE,
        sha256=original.sha256,
        duration_ms=facts.duration_ms,
        width=facts.width,
        height=facts.height,
        has_sound=facts.has_sound,
    )
    if told:
        agree(film)


def agree(film: Film) -> None:
    """The ledger says that both sides found the same SHA-256 in the whole film."""
    ledger.record(user_id=film.sent_by_id, verb="footage.agreed", subject=film, sha256=film.sha256)


@transaction.atomic
def publish(held: Claim, made: list[Artefact], facts: rules.Facts) -> None:
    """The film is ready: what was made for it is real from this moment, and its sender is told.

    `fine` was a wish until now; from here on it says whether there is a 1080p film.
    """
    film, now = _close(held, WorkState.DONE), timezone.now()
    film.artefacts.filter(kind__in=[artefact.kind for artefact in made]).delete()
    Artefact.objects.bulk_create(made)
    _step(
        film,
        Step.FINISH,
        duration_ms=facts.duration_ms,
        width=facts.width,
        height=facts.height,
        rate_num=facts.rate.numerator,
        rate_den=facts.rate.denominator,
        has_sound=facts.has_sound,
        fine=any(artefact.kind == ArtefactKind.FINE for artefact in made),
        ready_at=now,
        original_until=None if film.is_made_here else now + timedelta(days=film.original_days),
    )
    if not film.cut_from_id and not film.is_note:
        _tell(film, "footage.ready", held.token)
    ledger.record(
        user_id=None,
        verb="footage.ready",
        subject=film,
        duration_ms=facts.duration_ms,
        artefacts={artefact.kind: artefact.sha256 for artefact in made},
    )


@transaction.atomic
def reject(held: Claim, sentence: str) -> None:
    """The film is not accepted, and its sender reads why."""
    refuse(_close(held, WorkState.DONE), sentence, held.token)


def refuse(film: Film, sentence: str, token: UUID | None = None) -> None:
    """The locked film is not accepted: no key, no work; the sweep destroys what lies of it.

    One that is kept keeps its key and what was sent: it has failed, in the same words.
    """
    if film.is_kept:
        _step(film, Step.FAIL, reason=sentence, retryable=False)
    else:
        _step(film, Step.REJECT, reason=sentence, retryable=False, wrapped_key=b"")
    film.works.exclude(state=WorkState.DONE).update(state=WorkState.STOPPED, token=None)
    _tell(film, "footage.refused", token, sentence=sentence)
    verb = "footage.failed" if film.state == State.FAILED else "footage.rejected"
    ledger.record(user_id=None, verb=verb, subject=film, reason=sentence)


@transaction.atomic
def give_back(held: Claim, trouble: str) -> None:
    """Our trouble: the work waits to be tried a little later, or is given up after three times."""
    if held.attempt >= ATTEMPTS:
        _failed(_close(held, WorkState.STOPPED), held.token, trouble)
        return
    pause = timedelta(seconds=settings.FILM_PAUSE_SECONDS) * held.attempt
    mine = Work.objects.filter(pk=held.work_id, token=held.token, state=WorkState.RUNNING)
    mine.update(
        state=WorkState.WAITING,
        token=None,
        lease_until=None,
        not_before=timezone.now() + pause,
        trouble=trouble[:2000],
    )


@transaction.atomic
def _give_up_lost(work: Work) -> None:
    """A work that was lost three times is given up, once."""
    film = Film.objects.select_for_update().get(pk=work.film_id)
    lost = Work.objects.filter(pk=work.pk, attempt=work.attempt, token=work.token)
    if lost.exclude(state__in=[WorkState.DONE, WorkState.STOPPED]).update(state=WorkState.STOPPED):
        _failed(film, work.token, "the worker stopped answering")


def _failed(film: Film, token: UUID | None, trouble: str) -> None:
    _step(film, Step.FAIL, reason=rules.NOT_PREPARED, retryable=True)
    _tell(film, "footage.refused", token, sentence=rules.NOT_PREPARED)
    _tell_who_can_mend(film, token)
    ledger.record(user_id=None, verb="footage.failed", subject=film, trouble=trouble[:300])


def _close(held: Claim, state: WorkState) -> Film:
    """The film, locked, with this work closed; LeaseLost when it is no longer ours."""
    film = Film.objects.select_for_update().get(pk=held.film_id)
    mine = Work.objects.filter(pk=held.work_id, token=held.token, state=WorkState.RUNNING)
    changes = {"state": state, "finished_at": timezone.now(), "lease_until": None}
    if not mine.update(**changes, permille=1000):
        raise LeaseLost(str(held.work_id))
    return film


def _step(film: Film, step: Step, **facts: Any) -> None:
    film.state = after(film.state, step)
    for name, value in facts.items():
        setattr(film, name, value)
    film.save(update_fields=["state", *facts])


def _tell(film: Film, kind: str, token: UUID | None, **facts: Any) -> None:
    key = f"{film.pk}:{token}"
    notices.post(to_id=film.sent_by_id, kind=kind, key=key, path=film.page, **facts)


def _tell_who_can_mend(film: Film, token: UUID | None) -> None:
    """Whoever keeps the house running reads that a film waits for them; never whose it is."""
    for keeper_id in who_can(Capability.KEEP_HOUSE).values_list("pk", flat=True):
        notices.post(
            to_id=keeper_id,
            kind="footage.stuck",
            key=f"{film.pk}:{token}",
            reference=str(film.pk)[:8].upper(),
        )
