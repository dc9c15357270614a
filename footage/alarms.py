"""Telling whoever keeps the house that a sealed film is not as it was stored."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from footage.models import Artefact
from ledger import queries as ledger_lines
from ledger import services as ledger
from notices import services as notices
from people.kinds import Capability
from people.queries import who_can

log = logging.getLogger(__name__)
ONCE_IN = timedelta(days=1)
SORRY = (
    "This film cannot be opened just now. Nothing you wrote is lost. "
    "The people who keep this house have been told; the reference is {reference}."
)


def sound(artefact: Artefact, trouble: Exception) -> str:
    """A sentence for the person who watches; the keepers of the house know, once a day a film.

    The log and the ledger say which object and which part of it; no page does.
    """
    reference = str(artefact.film_id)[:8].upper()
    facts = {"object": artefact.object, "trouble": str(trouble)[:200], "reference": reference}
    log.error("footage.seal_broken %(object)s: %(trouble)s", facts)
    with transaction.atomic():
        said = ledger_lines.story_of(artefact.film).filter(verb="footage.seal_broken")
        if not said.filter(at__gte=timezone.now() - ONCE_IN).exists():
            _tell(reference)
            ledger.record(user_id=None, verb="footage.seal_broken", subject=artefact.film, **facts)
    return SORRY.format(reference=reference)


def _tell(reference: str) -> None:
    day = timezone.localdate()
    for keeper_id in who_can(Capability.KEEP_HOUSE).values_list("pk", flat=True):
        notices.post(
            to_id=keeper_id,
            kind="footage.seal_broken",
            key=f"{reference}:{day}",
            reference=reference,
        )
