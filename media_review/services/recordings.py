"""A recording begins, receives its film, is discarded."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from caselogs.kinds import Scope
from caselogs.models import Case, Cycle
from footage import services as footage
from footage.models import HOUSE, Film, Upload
from footage.receiving import clean_name
from footage.states import KEYLESS
from footage.states import State as FilmState
from ledger import services as ledger
from media_review import permissions, retention, rings, rules
from media_review.kinds import Custody, Ending
from media_review.models import Recording, RetentionPolicy, SubmittedClip
from media_review.queries import consents
from media_review.states import State
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def begin_recording(
    *,
    actor: Actor,
    case_id: UUID,
    kind: str,
    filmed_on: date,
    custody: str = Custody.PLATFORM,
    cycle_id: UUID | None = None,
    recording_id: UUID | None = None,
    **facts: Any,
) -> Recording:
    """A recording of this case exists; RuleBroken without consent to film, on that day and today.

    `recording_id` from the form makes a double press one recording. `facts`: note, length_ms.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    permissions.may_begin(actor, case).require()
    _require_possible(case, filmed_on, cycle_id)
    if custody == Custody.PLATFORM:
        rings.require_made_since(case, filmed_on)
    known = Recording.objects.filter(pk=recording_id).first()
    if known:
        permissions.may_mark(actor, known).require()
        return known
    key = {"pk": recording_id} if recording_id else {}
    choice = {"case": case, "kind": kind, "custody": custody, "filmed_on": filmed_on}
    recording = Recording.objects.create(
        owner_id=actor.user_id, cycle_id=cycle_id, **key, **choice, **facts
    )
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.recording_begun",
        subject=recording,
        **{**choice, "case": case.pk},
    )
    return recording


def _require_possible(case: Case, filmed_on: date, cycle_id: UUID | None) -> None:
    rules.film_date(filmed_on, timezone.localdate())
    for on in (None, filmed_on):
        said = consents.said(case, Scope.FILMING, on)
        if not said.given:
            raise RuleBroken(f"{said.sentence} Please record their consent in the case first.")
    if cycle_id and not Cycle.objects.filter(pk=cycle_id, case=case).exists():
        raise RuleBroken("This cycle belongs to another case. Please choose it again.")


@transaction.atomic
def begin_upload(*, actor: Actor, recording_id: UUID, file_name: str, size: int) -> Upload:
    """The film of this recording is expected; the same file again carries on where it stopped.

    Also at its very end: a sender who lost our last answer is told that all of it is here.
    """
    hold_case(recording_id)
    recording = owned(actor, recording_id)
    if recording.custody != Custody.PLATFORM:
        raise RuleBroken("This film is not kept in Attune, so there is nothing to send.")
    said = consents.said(recording.case, Scope.FILMING)
    if not said.given:
        gone = ", and what had arrived of it is destroyed" if recording.film_id else ""
        raise RuleBroken(f"{said.sentence} The film cannot be sent{gone}.")
    rings.require_begun_since(recording)
    ring = rings.ring_for(recording.case)
    film = recording.film
    if film and film.state not in KEYLESS:
        if _is_sent_by(film, clean_name(file_name), size):
            return film.upload
        _make_room(actor, recording, film)
    upload = footage.begin_upload(
        actor=actor,
        ring=ring,
        account=recording.case.organisation_id or HOUSE,
        file_name=file_name,
        size=size,
        page=recording.get_absolute_url(),
        **_policy(recording.case),
    )
    recording.film = upload.film
    recording.save(update_fields=["film"])
    if hold := recording.safeguarding_holds.binding().first():
        footage.keep(film_id=upload.film_id, until=hold.binds_until)
    return upload


def _is_sent_by(film: Film, name: str, size: int) -> bool:
    """Is this the file that the film on its way, or here, was sent from? Not if it failed."""
    return film.state != FilmState.FAILED and (film.name, film.upload.size) == (name, size)


def _make_room(actor: Actor, recording: Recording, film: Film) -> None:
    """The film that was stopped on its way, or that we could not prepare, is locked: no orphan."""
    if film.state not in (FilmState.RECEIVING, FilmState.FAILED):
        raise RuleBroken("The film of this recording is here already.")
    _require_unheld(recording)
    footage.purge(user_id=actor.user_id, film_id=film.pk)


def _policy(case: Case) -> dict[str, Any]:
    """What the service decided: how long to keep what was sent, and 1080p; else nothing.

    Where the whole house asks for 1080p, a service that did not ask for it has it as well.
    """
    policies = RetentionPolicy.objects.filter(organisation=case.organisation_id, ended_at=None)
    decided = policies.first()
    if decided is None:
        return {}
    fine = decided.fine or settings.FILM_FINE
    return {"original_days": decided.original_days, "fine": fine}


@transaction.atomic
def discard_recording(*, actor: Actor, recording_id: UUID) -> None:
    """The film is destroyed; the row goes too, unless a supervisor has answered about it."""
    recording = owned(actor, recording_id)
    _require_unheld(recording)
    retention.lock_film(
        recording, actor.user_id, Ending.DISCARDED, f"discarded by {actor.name}, its guider"
    )
    sent = SubmittedClip.objects.filter(clip__recording=recording)
    sent.filter(submission__state=State.DRAFT).delete()
    ledger.record(user_id=actor.user_id, verb="media_review.recording_discarded", subject=recording)
    if not sent.exists() and not recording.safeguarding_holds.exists():
        recording.delete()


def _require_unheld(recording: Recording) -> None:
    """Neither a meeting nor a safeguarding hold still needs this film."""
    safe = recording.safeguarding_holds.binding().first()
    if safe:
        raise RuleBroken(
            f"This film is held for safeguarding until {consents.day(safe.until)}. Two people can "
            "end the hold; until then the film cannot be discarded."
        )
    held = recording.holds.live().order_by("-until").first()
    if held:
        raise RuleBroken(
            f"This film is kept until {consents.day(held.until)}: {held.reason}. "
            "It can be discarded after that."
        )


def hold_case(recording_id: UUID) -> None:
    """A withdrawal comes before or after this transaction, never in between."""
    cases = Recording.objects.filter(pk=recording_id).values("case_id")
    Case.objects.select_for_update().get(pk__in=cases)


def owned(actor: Actor, recording_id: UUID) -> Recording:
    """One's own recording, locked, with its case and its film."""
    rows = Recording.objects.select_for_update(of=("self",)).select_related("case")
    recording = rows.get(pk=recording_id)
    permissions.may_mark(actor, recording).require()
    if recording.film_id:
        recording.film = Film.objects.get(pk=recording.film_id)
    return recording
