"""A blind second look: asked for, agreed to by the guider, coded by two, finished or ended."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from attunement.models import Framework
from caselogs.kinds import Scope
from ledger import services as ledger
from media_review import permissions, rules
from media_review.models import Code, SecondLook, SubmittedClip
from media_review.queries import consents, looks
from media_review.queries.media import LOCKED
from media_review.states import LookState, LookStep, look_after
from notices import services as notices
from people.actor import Actor
from people.errors import RuleBroken

LONGEST_DAYS = 60
NEEDED = (Scope.FILMING, Scope.SUPERVISION, Scope.ACCREDITATION)


@transaction.atomic
def ask_second_look(
    *, actor: Actor, look_id: UUID, submitted_clip_id: UUID, second_id: UUID, ends_on: date
) -> SecondLook:
    """The guider is asked whether this colleague may look too; told twice, asked once."""
    SubmittedClip.objects.select_for_update().get(pk=submitted_clip_id)
    known = SecondLook.objects.filter(pk=look_id, first_id=actor.user_id).first()
    if known:
        return known
    row = _submitted(submitted_clip_id)
    permissions.may_answer(actor, row.submission).require()
    _require_day(ends_on)
    _require_consent(row)
    if not looks.colleagues_for(row.submission, actor).filter(pk=second_id).exists():
        raise RuleBroken(
            "Please choose a colleague who reviews from outside: one of your own body who does not "
            "supervise this guider, and never did."
        )
    _end_overdue(row, second_id, actor)
    if row.second_looks.filter(second_id=second_id, state__in=looks.LOOKING).exists():
        raise RuleBroken("You have asked this colleague about this clip already.")
    words = Framework.objects.current_for(row.submission.trainee_id)
    look = SecondLook.objects.create(
        pk=look_id,
        submitted_clip=row,
        framework_id=words.values_list("pk", flat=True).first(),
        first_id=actor.user_id,
        second_id=second_id,
        ends_on=ends_on,
    )
    _tell(look, row.submission.trainee_id, "asked")
    _record(look, actor, "asked", second=second_id, ends_on=ends_on)
    return look


def _end_overdue(row: SubmittedClip, second_id: UUID, actor: Actor) -> None:
    """What this colleague was asked before, and whose last day has passed, is over on paper too."""
    open_looks = row.second_looks.select_for_update().filter(state__in=looks.LOOKING)
    for look in open_looks.filter(second_id=second_id, ends_on__lt=timezone.localdate()):
        _step(look, look_after(look.state, LookStep.END), ended_at=timezone.now())
        _record(look, actor, "ended")


@transaction.atomic
def agree_to_look(*, actor: Actor, look_id: UUID) -> SecondLook:
    """The guider has said yes: the colleague is let in to this clip until its last day."""
    look = _locked(look_id)
    permissions.may_agree_to_look(actor, look).require()
    state = look_after(look.state, LookStep.AGREE)
    _require_day(look.ends_on)
    _require_consent(_submitted(look.submitted_clip_id))
    _step(look, state, agreed_at=timezone.now())
    _tell(look, look.second_id, "open")
    _record(look, actor, "agreed", second=look.second_id)
    return look


@transaction.atomic
def end_look(*, actor: Actor, look_id: UUID) -> SecondLook:
    """Nobody codes any more and the colleague can watch no longer; what was coded stays unseen."""
    look = _locked(look_id)
    permissions.may_end_look(actor, look).require()
    was_open = look.agreed_at is not None
    _step(look, look_after(look.state, LookStep.END), ended_at=timezone.now())
    others = {look.first_id, *([look.second_id] if was_open else [])} - {actor.user_id}
    for person_id in others:
        _tell(look, person_id, "ended")
    _record(look, actor, "ended")
    return look


@transaction.atomic
def mark_code(
    *,
    actor: Actor,
    look_id: UUID,
    code_id: UUID,
    principle_id: UUID,
    start_ms: int,
    end_ms: int,
) -> Code:
    """This person saw this principle in these seconds of the clip; told twice, written once."""
    look = _open_to_coder(actor, look_id)
    known = Code.objects.filter(pk=code_id).first()
    if known:
        permissions.may_change_code(actor, known).require()
        return known
    if not look.framework.principles.filter(pk=principle_id).exists():
        raise RuleBroken("Please choose one of the principles on this page.")
    length_ms = look.submitted_clip.clip.length_ms
    start_ms, end_ms = rules.comment_span(start_ms, end_ms, length_ms)
    return Code.objects.create(
        pk=code_id,
        look=look,
        coder_id=actor.user_id,
        principle_id=principle_id,
        start_ms=start_ms,
        end_ms=end_ms,
    )


@transaction.atomic
def remove_code(*, actor: Actor, code_id: UUID) -> None:
    """The code is gone; RuleBroken once its coder has finished."""
    code = Code.objects.get(pk=code_id)
    permissions.may_change_code(actor, code).require()
    _open_to_coder(actor, code.look_id)
    code.delete()


@transaction.atomic
def finish_coding(*, actor: Actor, look_id: UUID) -> SecondLook:
    """This person's codes stay as they are; once both have finished, each sees the other's."""
    look = _open_to_coder(actor, look_id)
    is_first = actor.user_id == look.first_id
    mine, other = ("first_done_at", "second_done_at")[:: 1 if is_first else -1]
    both = getattr(look, other) is not None
    state = look_after(look.state, LookStep.FINISH) if both else LookState.CODING
    _step(look, state, **{mine: timezone.now()})
    if both:
        _tell(look, look.second_id if is_first else look.first_id, "done")
    _record(look, actor, "coded")
    return look


def _locked(look_id: UUID) -> SecondLook:
    rows = SecondLook.objects.select_for_update(of=("self",))
    related = ("first", "submitted_clip__submission", "submitted_clip__clip")
    return rows.select_related(*related).get(pk=look_id)


def _submitted(submitted_clip_id: UUID) -> SubmittedClip:
    rows = SubmittedClip.objects.select_related("submission", "clip__recording__case", "clip__film")
    return rows.get(pk=submitted_clip_id)


def _open_to_coder(actor: Actor, look_id: UUID) -> SecondLook:
    """The second look, locked, while this coder may still code and watch."""
    look = _locked(look_id)
    permissions.may_code(actor, look).require()
    look_after(look.state, LookStep.FINISH)
    if look.ends_on < timezone.localdate():
        raise RuleBroken("The last day of this second look has passed. You can ask for another.")
    done = look.first_done_at if actor.user_id == look.first_id else look.second_done_at
    if done:
        raise RuleBroken("You have finished, so your codes stay as they are.")
    if not looks.may_watch(look.submitted_clip.clip, actor):
        raise RuleBroken(LOCKED)
    return look


def _require_day(ends_on: date) -> None:
    today = timezone.localdate()
    if ends_on < today:
        raise RuleBroken("Please choose a last day that lies ahead.")
    if ends_on > today + timedelta(days=LONGEST_DAYS):
        raise RuleBroken("A second look can be open for two months at most.")


def _require_consent(row: SubmittedClip) -> None:
    """The family agreed to each purpose that a colleague's look rests on; and there is a film."""
    for scope in NEEDED:
        said = consents.said(row.clip.recording.case, scope)
        if not said.given:
            raise RuleBroken(f"{said.sentence} So no second person can look at this clip.")
    if row.clip.film is None or not row.clip.film.is_ready:
        raise RuleBroken("The film of this clip is not ready in Attune, so nobody can code it.")


def _step(look: SecondLook, state: LookState, **facts: Any) -> None:
    look.state = state
    for name, value in facts.items():
        setattr(look, name, value)
    look.save(update_fields=["state", *facts])


def _tell(look: SecondLook, to_id: UUID, what: str) -> None:
    """The message names whoever asked, and nobody else: the colleague never learns the guider."""
    notices.post(
        to_id=to_id,
        kind=f"media_review.look_{what}",
        key=f"{look.pk}:{to_id}",
        path=look.get_absolute_url(),
        from_name=look.first.name,
    )


def _record(look: SecondLook, actor: Actor, what: str, **facts: Any) -> None:
    verb = f"media_review.look_{what}"
    ledger.record(user_id=actor.user_id, verb=verb, subject=look, **facts)
