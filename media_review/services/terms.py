"""For how long film is kept: decided for a service, agreed with a family."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caselogs.models import Case
from ledger import services as ledger
from media_review import permissions, rules
from media_review.models import FamilyTerm, RetentionPolicy
from people.actor import Actor
from people.errors import RuleBroken
from people.models import Organisation


@transaction.atomic
def set_policy(
    *,
    actor: Actor,
    organisation_id: UUID,
    days_after_closing: int,
    quiet_months: int,
    original_days: int = rules.ORIGINAL_DAYS,
    fine: bool = False,
    why: str = "",
) -> RetentionPolicy:
    """The service keeps film for so long; the row before has its end. The same again changes none.

    A shorter time holds for every film, a longer one only for films begun from now on.
    """
    permissions.may_set_policy(actor, organisation_id).require()
    place = Organisation.objects.select_for_update().get(pk=organisation_id)
    if not 1 <= days_after_closing <= rules.LONGEST_DAYS:
        raise RuleBroken("Please choose between one day and a year after the case has closed.")
    facts = {
        "days_after_closing": days_after_closing,
        "original_days": original_days,
        "fine": fine,
        "quiet_months": quiet_months,
    }
    known = RetentionPolicy.objects.filter(organisation=place, ended_at=None)
    same = known.filter(**facts).first()
    if same:
        return same
    known.update(ended_at=timezone.now())
    policy = RetentionPolicy.objects.create(
        organisation=place, set_by_id=actor.user_id, why=why, **facts
    )
    ledger.record(
        user_id=actor.user_id, verb="media_review.policy_set", subject=policy, why=why, **facts
    )
    return policy


@transaction.atomic
def agree_term(*, actor: Actor, case_id: UUID, days: int | None) -> FamilyTerm | None:
    """This family's film goes sooner than the service's rule says; None: by that rule again."""
    case = Case.objects.select_for_update().get(pk=case_id)
    permissions.may_agree_term(actor, case).require()
    known = FamilyTerm.objects.filter(case=case, ended_at=None)
    if days is not None and not 0 <= days <= rules.LONGEST_DAYS:
        raise RuleBroken("Please give a number of days, from none to a year.")
    if known.filter(days=days).exists() if days is not None else not known.exists():
        return known.first()
    known.update(ended_at=timezone.now())
    if days is None:
        ledger.record(user_id=actor.user_id, verb="media_review.term_ended", subject=case)
        return None
    term = FamilyTerm.objects.create(case=case, days=days, set_by_id=actor.user_id)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.term_agreed",
        subject=term,
        case=case.pk,
        days=days,
    )
    return term
