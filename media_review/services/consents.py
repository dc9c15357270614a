"""Consent taken back: the case log says so, and the films' key dies with it."""

from uuid import UUID

from django.db import transaction

from caselogs import services as caselogs
from caselogs.models import Consent
from media_review import keepsakes, retention, rings
from media_review.kinds import RingEnd
from people.actor import Actor


@transaction.atomic
def withdraw_consent(*, actor: Actor, case_id: UUID, scope: str | None = None) -> Consent:
    """Nothing rests on the consent any more; taken back as a whole, no film opens again.

    A part of it (`scope`) closes the film to the people of that part and destroys nothing, but for
    the family's own copy: what nobody may have any more is not kept.
    """
    rings.take(case_id)
    consent = caselogs.withdraw_consent(actor=actor, case_id=case_id, scope=scope)
    if consent.withdrawn_at:
        rings.forget(case_id=case_id, user_id=actor.user_id, why=RingEnd.WITHDRAWN)
        retention.tell_of_waiting()
    keepsakes.settle_case(case_id, actor.user_id)
    return consent
