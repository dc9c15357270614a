"""Consent: recorded with separable scopes, superseded by the next, withdrawn at any time."""

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from caselogs import rules, states
from caselogs.kinds import Scope
from caselogs.models import Case, Consent, ConsentScope
from caselogs.services.cases import held, reached
from caselogs.states import State, Step
from ledger import services as ledger
from notices import services as notices
from people.actor import Actor
from people.errors import RuleBroken

FORM_VERSION = "Attune 1"


@transaction.atomic
def record_consent(
    *,
    actor: Actor,
    case_id: UUID,
    scopes: Collection[str],
    covered: str,
    given_on: date | None = None,
    form_version: str = FORM_VERSION,
    explained_by_id: UUID | None = None,
    evidence: str = "",
    child_assent: str = "",
) -> Consent:
    """What the family agreed to is in force from that day, in place of any consent before it."""
    case = held(actor, case_id)
    day, granted = given_on or timezone.localdate(), frozenset(scopes)
    older = Consent.objects.in_force().filter(case_id=case.pk).first()
    _agreed(case, older, granted, day)
    before = _granted(older) if older else frozenset()
    consent = _replace(
        older,
        _midnight(day),
        Consent(
            case_id=case.pk,
            given_on=day,
            explained_by_id=explained_by_id or actor.user_id,
            covered=covered,
            evidence=evidence,
            child_assent=child_assent,
            form_version=form_version,
        ),
        granted,
    )
    if before - granted:
        _tell_supervisors(actor, case, consent)
    facts = {"scopes": sorted(granted), "form_version": form_version, "given_on": day}
    ledger.record(user_id=actor.user_id, verb="caselogs.consent_recorded", subject=consent, **facts)
    return consent


def _agreed(case: Case, older: Consent | None, granted: frozenset[str], day: date) -> None:
    _may_be_recorded(case, older, granted, day)
    case.state = states.after(State(case.state), Step.CONSENT)
    reached(case, day)
    case.save(update_fields=["state", "approached_on", "accepted_on"])


def _may_be_recorded(case: Case, older: Consent | None, scopes: frozenset[str], day: date) -> None:
    if Scope.FILMING not in scopes:
        raise RuleBroken(
            "Without a yes to filming there is nothing to record: VIG begins with a film that the "
            "family wants. Nothing was changed."
        )
    if day > timezone.localdate():
        raise RuleBroken(f"{rules.said(day)} is still to come. Record consent once it is given.")
    if day < case.referred_on:
        raise RuleBroken(f"{rules.said(day)} is before the referral of this case.")
    if older and day < older.given_on:
        raise RuleBroken(
            f"This log has a newer consent, of {rules.said(older.given_on)}. The newest one holds."
        )
    taken_back = case.consents.aggregate(last=Max("withdrawn_at"))["last"]
    if taken_back and day < timezone.localdate(taken_back):
        raise RuleBroken(
            f"This family took their consent back on {rules.said(timezone.localdate(taken_back))}. "
            "A form from before that day no longer holds. Please record their new answer."
        )


@transaction.atomic
def withdraw_consent(*, actor: Actor, case_id: UUID, scope: str | None = None) -> Consent:
    """From this second nothing rests on the consent, or (with a scope) on that part of it.

    Filming carries every other scope, so withdrawing it withdraws the whole.
    """
    case = held(actor, case_id)
    consent = Consent.objects.in_force().filter(case_id=case.pk).first()
    if consent is None:
        raise RuleBroken("There is no consent in force for this case, so none to withdraw.")
    if scope in (None, Scope.FILMING):
        _withdraw_whole(case, consent)
    else:
        consent = _withdraw_part(actor, consent, str(scope))
    _tell_supervisors(actor, case, consent)
    ledger.record(
        user_id=actor.user_id,
        verb="caselogs.consent_withdrawn",
        subject=consent,
        scope=scope or "all",
    )
    return consent


def _withdraw_whole(case: Case, consent: Consent) -> None:
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    case.state = states.after(State(case.state), Step.WITHDRAW)
    case.save(update_fields=["state"])


def _withdraw_part(actor: Actor, older: Consent, scope: str) -> Consent:
    before = _granted(older)
    if scope not in before:
        raise RuleBroken("The family had not agreed to this, so there is nothing to withdraw.")
    newer = Consent(
        case_id=older.case_id,
        form_version=older.form_version,
        given_on=timezone.localdate(),
        explained_by_id=actor.user_id,
        covered=older.covered,
        evidence=older.evidence,
        child_assent=older.child_assent,
    )
    return _replace(older, timezone.now(), newer, before - {scope})


def _granted(consent: Consent) -> frozenset[str]:
    rows = consent.scopes.filter(granted=True)
    return frozenset(rows.values_list("scope", flat=True))


def _replace(
    older: Consent | None, at: datetime, newer: Consent, granted: frozenset[str]
) -> Consent:
    """The newer consent is in force with every scope answered; the older one ended at that time."""
    if older:
        older.superseded_at = at
        older.save(update_fields=["superseded_at"])
    newer.save()
    ConsentScope.objects.bulk_create(
        ConsentScope(consent=newer, scope=scope, granted=scope in granted) for scope in Scope
    )
    return newer


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _tell_supervisors(actor: Actor, case: Case, consent: Consent) -> None:
    """Everyone who supervises the guider today knows; the message names no family and no code."""
    for supervisor_id in sorted(actor.supervisor_ids):
        notices.post(
            to_id=supervisor_id,
            kind="caselogs.consent_withdrawn",
            key=f"{consent.pk}:{consent.withdrawn_at or consent.recorded_at}",
            path=case.get_absolute_url(),
            guider=actor.name,
        )
