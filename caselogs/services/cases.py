"""A case: opened, corrected, moved along its funnel, closed, opened again."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caselogs import permissions, rules, states
from caselogs.errors import CodeTaken
from caselogs.kinds import Ending, Scope
from caselogs.models import Case, Consent, Cycle, Seal
from caselogs.states import State, Step
from ledger import services as ledger
from people.actor import Actor
from people.errors import RuleBroken
from people.kinds import CAPABILITIES, Capability, OrganisationKind

CORRECTABLE = frozenset(
    {"code", "client_type", "age_band", "referral_source", "setting", "referred_on"}
)


def held(actor: Actor, case_id: UUID) -> Case:
    """The case, locked until the transaction ends, for the guider whose it is."""
    case = Case.objects.select_for_update().get(pk=case_id)
    permissions.may_write(actor, case).require()
    return case


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    code: str,
    client_type: str,
    age_band: str,
    referral_source: str,
    setting: str = "home",
    referred_on: date | None = None,
    organisation_id: UUID | None = None,
) -> Case:
    """A case stands in the actor's log, under a code that nobody else could read a name from."""
    permissions.may_log(actor).require()
    day = referred_on or timezone.localdate()
    _not_ahead(day, "The referral")
    case = Case.objects.create(
        code=_free_code(actor, code),
        guider_id=actor.user_id,
        organisation_id=service_of(actor, organisation_id),
        client_type=client_type,
        age_band=age_band,
        referral_source=referral_source,
        setting=setting,
        referred_on=day,
    )
    ledger.record(user_id=actor.user_id, verb="caselogs.case_opened", subject=case)
    return case


def _free_code(actor: Actor, typed: str, case: Case | None = None) -> str:
    code = rules.plain_code(typed)
    verdict = rules.is_a_code(code)
    if not verdict:
        raise RuleBroken(verdict.reason)
    mine = Case.objects.filter(guider_id=actor.user_id, code=code)
    if mine.exclude(pk=case.pk if case else None).exists():
        raise CodeTaken(f"You already have a case {code}. Please choose another code.")
    return code


def service_of(actor: Actor, organisation_id: UUID | None) -> UUID | None:
    """Where the actor practises: as asked, else their service, else wherever they may log."""
    grants = [g for g in actor.grants if Capability.LOG_CASES in CAPABILITIES[g.role]]
    if organisation_id is not None:
        if any(grant.organisation_id == organisation_id for grant in grants):
            return organisation_id
        raise RuleBroken("You do not practise at this organisation today.")
    services = [g for g in grants if g.organisation_kind != OrganisationKind.BODY]
    return next((grant.organisation_id for grant in services or grants), None)


def _not_ahead(day: date, what: str) -> None:
    if day > timezone.localdate():
        raise RuleBroken(f"{what} is dated {rules.said(day)}, which is still to come.")


@transaction.atomic
def correct_case(*, actor: Actor, case_id: UUID, **facts: Any) -> Case:
    """The facts of the case are as given; refused once a decision rests on one of its cycles."""
    case = held(actor, case_id)
    if Seal.objects.filter(cycle__case_id=case.pk).exists():
        raise RuleBroken("A decision rests on this case, so its facts stay as they are.")
    changed = {name: facts[name] for name in CORRECTABLE & facts.keys()}
    if "code" in changed:
        changed["code"] = _free_code(actor, changed["code"], case)
    if "referred_on" in changed:
        _not_ahead(changed["referred_on"], "The referral")
    for name, value in changed.items():
        setattr(case, name, value)
    case.save(update_fields=sorted(changed))
    ledger.record(
        user_id=actor.user_id, verb="caselogs.case_corrected", subject=case, fields=sorted(changed)
    )
    return case


@transaction.atomic
def approach(*, actor: Actor, case_id: UUID, on: date | None = None) -> Case:
    """The family was told about VIG on that day."""
    return _step(held(actor, case_id), Step.APPROACH, actor, on)


@transaction.atomic
def accept(*, actor: Actor, case_id: UUID, on: date | None = None) -> Case:
    """The family said yes to VIG on that day (and so had been approached)."""
    return _step(held(actor, case_id), Step.ACCEPT, actor, on)


def _step(case: Case, step: Step, actor: Actor, on: date | None) -> Case:
    day = on or timezone.localdate()
    _not_ahead(day, "This step")
    if day < case.referred_on:
        raise RuleBroken(f"{rules.said(day)} is before the referral of this case.")
    case.state = states.after(State(case.state), step)
    reached(case, day)
    case.save(update_fields=["state", "approached_on", "accepted_on"])
    ledger.record(user_id=actor.user_id, verb=f"caselogs.case_{case.state}", subject=case, on=day)
    return case


def reached(case: Case, day: date) -> None:
    """The days of the funnel are filled in up to the state that the case stands in."""
    case.approached_on = case.approached_on or day
    if case.state in {State.ACCEPTED, State.CONSENTED}:
        case.accepted_on = case.accepted_on or day


@transaction.atomic
def close(
    *, actor: Actor, case_id: UUID, ending: str, why: str = "", on: date | None = None
) -> Case:
    """The work has ended, with how and why; its finished cycles go on counting."""
    case = held(actor, case_id)
    day = on or timezone.localdate()
    _not_ahead(day, "The ending")
    if day < case.referred_on:
        raise RuleBroken(f"{rules.said(day)} is before the referral of this case.")
    _ending_fits(case, ending)
    case.state = states.after(State(case.state), Step.CLOSE)
    case.closed_on, case.ending, case.ended_why = day, ending, why
    case.save(update_fields=["state", "closed_on", "ending", "ended_why"])
    ledger.record(
        user_id=actor.user_id, verb="caselogs.case_closed", subject=case, ending=ending, on=day
    )
    return case


def _ending_fits(case: Case, ending: str) -> None:
    filmed = Cycle.objects.filter(case_id=case.pk, filmed_on__isnull=False)
    if ending == Ending.COMPLETED and not filmed.exclude(reviewed_on=None).exists():
        raise RuleBroken(
            "“Completed” needs a film with its shared review. Please choose how it ended."
        )
    if ending == Ending.NOT_STARTED and filmed.exists():
        raise RuleBroken("A film has been made with this family, so the work did start.")


@transaction.atomic
def reopen(*, actor: Actor, case_id: UUID) -> Case:
    """The work goes on; with consent to filming still in force, one may film again at once."""
    case = held(actor, case_id)
    case.state = states.after(State(case.state), Step.REOPEN)
    if Consent.objects.in_force().covering(Scope.FILMING).filter(case_id=case.pk).exists():
        case.state = states.after(State(case.state), Step.CONSENT)
    reached(case, timezone.localdate())
    case.closed_on, case.ending, case.ended_why = None, "", ""
    case.save()
    ledger.record(user_id=actor.user_id, verb="caselogs.case_reopened", subject=case)
    return case
