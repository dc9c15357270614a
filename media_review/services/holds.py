"""A film is held for safeguarding: one person asks, a second confirms, and the family is told."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from footage import services as footage
from footage.states import GONE
from ledger import services as ledger
from media_review import permissions, rules
from media_review.kinds import Wish
from media_review.models import HoldWish, Recording, SafeguardingHold
from media_review.queries import consents, custody
from media_review.states import BINDING, HoldState, HoldStep, hold_after
from notices import services as notices
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def ask_for_hold(
    *, actor: Actor, recording_id: UUID, until: date, reason: str, basis: str
) -> SafeguardingHold:
    """Nothing destroys this film for 72 hours; until that day, once a second person confirms."""
    recording = _recording(recording_id)
    permissions.may_hold(actor, recording).require()
    rules.hold_end(until, timezone.localdate())
    _require_possible(actor, recording)
    now = timezone.now()
    hold = SafeguardingHold.objects.create(
        recording=recording,
        basis=basis,
        reason=reason,
        until=until,
        asked_at=now,
        binds_until=now + rules.UNCONFIRMED,
    )
    _bind(hold)
    _wish(actor, hold, Wish.KEEP, reason, until)
    _record(actor, hold, "hold_asked", until=until, basis=basis)
    return hold


def _require_possible(actor: Actor, recording: Recording) -> None:
    """A film is there, no hold is open, and nobody keeps a film by asking alone again and again."""
    if recording.film is None or recording.film.state in GONE:
        raise RuleBroken("Attune holds no film here, so there is nothing to keep.")
    if Recording.objects.withdrawn().filter(pk=recording.pk).exists():
        raise RuleBroken(
            "The family has withdrawn its consent, so this film is being destroyed. A hold has to "
            "stand before that."
        )
    if recording.safeguarding_holds.open().exists():
        raise RuleBroken("This film is held already. You can ask for more time there.")
    alone = HoldWish.objects.filter(
        hold__recording=recording,
        hold__state=HoldState.RUN_OUT,
        kind=Wish.KEEP,
        confirmed_by=None,
        asked_by_id=actor.user_id,
        asked_at__gte=timezone.now() - rules.AGAIN_AFTER,
    )
    if alone.exists():
        raise RuleBroken(
            "You asked for this film to be held a short while ago, and nobody confirmed it. "
            "Now somebody else has to ask."
        )


@transaction.atomic
def confirm_hold(*, actor: Actor, hold_id: UUID) -> SafeguardingHold:
    """What the first person asked for is so: the film is held, held longer, or held no more."""
    hold, wish = _open_wish(hold_id)
    permissions.may_confirm_hold(actor, hold, wish.asked_by_id).require()
    hold.state = hold_after(hold.state, HoldStep.CONFIRM)
    wish.confirmed_by_id, wish.closed_at = actor.user_id, timezone.now()
    wish.save(update_fields=["confirmed_by", "closed_at"])
    if wish.kind == Wish.LIFT:
        hold.ended_at = hold.binds_until = timezone.now()
    else:
        hold.until, hold.binds_until = wish.until, end_of(wish.until)
    hold.save(update_fields=["state", "until", "binds_until", "ended_at"])
    _bind(hold)
    _tell(hold, f"hold_{wish.kind}_confirmed", {wish.asked_by_id, hold.recording.owner_id}, actor)
    _record(actor, hold, f"hold_{wish.kind}_confirmed", until=hold.until, asked_by=wish.asked_by_id)
    return hold


@transaction.atomic
def take_back_hold(*, actor: Actor, hold_id: UUID) -> SafeguardingHold:
    """What was asked for last is not wanted any more; a confirmed hold stands as it stood."""
    hold, wish = _open_wish(hold_id)
    permissions.may_take_back_hold(actor, hold, wish).require()
    hold.state = hold_after(hold.state, HoldStep.TAKE_BACK)
    wish.closed_at = timezone.now()
    wish.save(update_fields=["closed_at"])
    if hold.state in BINDING:
        hold.binds_until = end_of(hold.until)
    else:
        hold.ended_at = hold.binds_until = timezone.now()
    hold.save(update_fields=["state", "binds_until", "ended_at"])
    _bind(hold)
    _record(actor, hold, f"hold_{wish.kind}_taken_back")
    return hold


@transaction.atomic
def ask_longer_hold(*, actor: Actor, hold_id: UUID, until: date, reason: str) -> SafeguardingHold:
    """The hold lasts until that day once a second person confirms; 72 hours more until then."""
    hold = _held(hold_id)
    permissions.may_hold(actor, hold.recording).require()
    rules.hold_end(until, timezone.localdate())
    if until <= hold.until:
        raise RuleBroken(f"The hold lasts until {consents.day(hold.until)} already.")
    hold.state = hold_after(hold.state, HoldStep.ASK_LONGER)
    hold.binds_until = max(hold.binds_until, timezone.now() + rules.UNCONFIRMED)
    hold.save(update_fields=["state", "binds_until"])
    _bind(hold)
    _wish(actor, hold, Wish.LONGER, reason, until)
    _record(actor, hold, "hold_longer_asked", until=until)
    return hold


@transaction.atomic
def ask_lift_hold(*, actor: Actor, hold_id: UUID, reason: str) -> SafeguardingHold:
    """The hold stands until a second person confirms that it may end."""
    hold = _held(hold_id)
    permissions.may_hold(actor, hold.recording).require()
    hold.state = hold_after(hold.state, HoldStep.ASK_LIFT)
    hold.save(update_fields=["state"])
    _wish(actor, hold, Wish.LIFT, reason, None)
    _record(actor, hold, "hold_lift_asked")
    return hold


@transaction.atomic
def note_family_told(*, actor: Actor, hold_id: UUID) -> SafeguardingHold:
    """The family knows that the film is held and why; the day is kept, once."""
    hold = _held(hold_id)
    permissions.may_hold(actor, hold.recording).require()
    if hold.family_told_on is None:
        hold.family_told_on = timezone.localdate()
        hold.save(update_fields=["family_told_on"])
        _record(actor, hold, "family_told_of_hold")
    return hold


def end_of(day: date) -> datetime:
    """The moment at which this day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _bind(hold: SafeguardingHold) -> None:
    """The room of films knows until when it gives up nothing; that moment passes by itself."""
    film_id = hold.recording.film_id
    if film_id and hold.state in BINDING:
        footage.keep(film_id=film_id, until=hold.binds_until)
    elif film_id:
        footage.release(film_id=film_id)


def _recording(recording_id: UUID) -> Recording:
    rows = Recording.objects.select_for_update(of=("self",))
    return rows.select_related("case", "film").get(pk=recording_id)


def _held(hold_id: UUID) -> SafeguardingHold:
    """The hold and its recording, locked in the order of the sweep: the recording first."""
    recording = _recording(SafeguardingHold.objects.values_list("recording_id").get(pk=hold_id)[0])
    hold = SafeguardingHold.objects.select_for_update().get(pk=hold_id)
    hold.recording = recording
    if hold.state in BINDING and hold.binds_until <= timezone.now():
        raise RuleBroken("This hold ran out, so that step is not open any more.")
    return hold


def _open_wish(hold_id: UUID) -> tuple[SafeguardingHold, HoldWish]:
    hold = _held(hold_id)
    wish = hold.wishes.filter(closed_at=None).first()
    if wish is None:
        raise RuleBroken("Nothing waits for a second person here.")
    return hold, wish


def _wish(actor: Actor, hold: SafeguardingHold, kind: Wish, words: str, until: date | None) -> None:
    wish = HoldWish.objects.create(
        hold=hold, kind=kind, words=words, until=until, asked_by_id=actor.user_id
    )
    told = set(custody.second_people(hold.recording))
    _tell(hold, f"hold_{kind}_asked", told, actor, key=str(wish.pk))


def _tell(hold: SafeguardingHold, kind: str, to: set[UUID], actor: Actor, key: str = "") -> None:
    """Everybody but the one who did it is told; neither code nor reason stands in the letter."""
    for person_id in sorted(to - {actor.user_id}):
        notices.post(
            to_id=person_id,
            kind=f"media_review.{kind}",
            key=key or f"{hold.pk}:{hold.until}",
            path=hold.get_absolute_url(),
            from_name=actor.name,
            until=consents.day(hold.until),
        )


def _record(actor: Actor, hold: SafeguardingHold, verb: str, **facts: Any) -> None:
    ledger.record(
        user_id=actor.user_id,
        verb=f"media_review.{verb}",
        subject=hold,
        recording=hold.recording_id,
        **facts,
    )
