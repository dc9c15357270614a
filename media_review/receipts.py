"""Proof that a film is gone: a row that stays, and one line in the ledger."""

from uuid import UUID

from ledger import services as ledger
from media_review.kinds import Ending
from media_review.models import Receipt, Recording


def write(
    recording: Recording, *, ending: Ending, user_id: UUID | None, rule: str = "", **facts: str
) -> Receipt:
    """The receipt of this recording's film, once; needs its case and film selected."""
    words = {
        "recording": recording,
        "case": recording.case,
        "guider_id": recording.owner_id,
        "organisation_id": recording.case.organisation_id,
        "kind": recording.kind,
        "filmed_on": recording.filmed_on,
        "length_ms": recording.span_ms,
        "size": recording.film.size,
        "ending": ending,
        "rule": rule or Ending(ending).label.lower(),
    }
    receipt, made = Receipt.objects.get_or_create(film=recording.film, defaults=words)
    if made:
        ledger.record(
            user_id=user_id,
            verb="media_review.film_destroyed",
            subject=receipt,
            film=recording.film_id,
            recording=recording.pk,
            ending=ending,
            rule=receipt.rule,
            **facts,
        )
    return receipt
