"""The family's film is handed over: a link, a code said in person, and their ends.

Neither link nor code is written down here: hashes only, the code's a slow one. Whoever guesses is
told the same as whoever comes too late, and after a few wrong tries nobody gets in until the guider
makes a new link.
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from ledger import services as ledger
from media_review import keepsakes, permissions, rules
from media_review.models import Keepsake, KeepsakeLink
from media_review.services.keepsakes import require_copy
from media_review.states import KeepsakeState, KeepsakeStep
from people.actor import Actor
from people.errors import RuleBroken

FAMILY = "the family"
DIGITS = 8
TRIES_BEFORE_A_PAUSE = 5
PAUSE = timedelta(minutes=5)
MOST_TRIES = 10
SHOWN_ONCE = (
    "This link was made already, and its code was shown once. If it is lost, please make a new "
    "link: the old one ends."
)


@dataclass(frozen=True, slots=True)
class Handed:
    """What is said and given to the family now, and never shown again."""

    link: KeepsakeLink
    token: str
    code: str


@transaction.atomic
def hand_over(*, actor: Actor, keepsake_id: UUID, link_id: UUID, days: int) -> Handed:
    """One new link and its code lead to the film for so many days; an old link is dead.

    `link_id` from the form makes a double press one link. RuleBroken without consent to a copy.
    """
    row = keepsakes.locked(keepsake_id)
    permissions.may_keep_moments(actor, row.case).require()
    require_copy(row.case, "The film was not handed over.")
    rules.days_of_a_link(days)
    if KeepsakeLink.objects.filter(pk=link_id).exists():
        raise RuleBroken(SHOWN_ONCE)
    keepsakes.settle(row.pk, user_id=actor.user_id)
    row.refresh_from_db()
    now, token, code = timezone.now(), secrets.token_urlsafe(32), new_code()
    row.links.open().update(ended_at=now)
    keepsakes.step(row, KeepsakeStep.HAND_OVER)
    link = KeepsakeLink.objects.create(
        pk=link_id,
        keepsake=row,
        token_hash=hashed(token),
        code_hash=make_password(code),
        until=now + timedelta(days=days),
    )
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.keepsake_handed_over",
        subject=row,
        link=link.pk,
        until=link.until.isoformat(),
    )
    return Handed(link, token, code)


@transaction.atomic
def end_link(*, actor: Actor, keepsake_id: UUID) -> None:
    """No link leads to the film any more; the guider still has it. Twice does no more."""
    row = keepsakes.locked(keepsake_id)
    permissions.may_keep_moments(actor, row.case).require()
    if row.state == KeepsakeState.HANDED_OVER:
        keepsakes.end(row, KeepsakeStep.END, actor.user_id, keeps_film=True)


@transaction.atomic
def open_link(*, token: str, code: str, now: datetime | None = None) -> KeepsakeLink | None:
    """The link, for whoever knows both; None for everybody else, whatever the reason.

    Wrong tries are counted on the link itself, under its lock: two guessers at once cannot share a
    try. As much time is spent where there is no link as where there is one.
    """
    now = now or timezone.now()
    rows = KeepsakeLink.objects.for_family(now).select_for_update(of=("self",))
    link = rows.filter(token_hash=hashed(token)).first()
    if link is None or (link.wait_until and link.wait_until > now):
        check_password(spoken(code), _nobodys())
        return None
    if not check_password(spoken(code), link.code_hash):
        _count(link, now)
        return None
    link.wrong_tries, link.wait_until = 0, None
    link.opened_at, link.last_opened_at = link.opened_at or now, now
    link.save()
    ledger.record(
        user_id=None,
        verb="media_review.keepsake_opened",
        subject=link.keepsake,
        link=link.pk,
        who=FAMILY,
    )
    return link


def _count(link: KeepsakeLink, now: datetime) -> None:
    """One more wrong try: every fifth brings a pause, the tenth locks the link."""
    link.wrong_tries += 1
    if link.wrong_tries >= MOST_TRIES:
        link.locked_at = now
        ledger.record(
            user_id=None,
            verb="media_review.keepsake_locked",
            subject=link.keepsake,
            link=link.pk,
            tries=link.wrong_tries,
        )
    elif link.wrong_tries % TRIES_BEFORE_A_PAUSE == 0:
        link.wait_until = now + PAUSE
    link.save()


@transaction.atomic
def note_saved(*, keepsake: Keepsake, link: KeepsakeLink | None, user_id: UUID | None) -> None:
    """A file of the film went to its family, or to the guider for a stick; the ledger says so."""
    if link:
        KeepsakeLink.objects.filter(pk=link.pk).update(saved_at=timezone.now())
    ledger.record(
        user_id=user_id,
        verb="media_review.keepsake_saved",
        subject=keepsake,
        **({"link": link.pk, "who": FAMILY} if link else {"who": "the guider, for the family"}),
    )


def new_code() -> str:
    """Eight digits: any telephone types them, and they are said in any language."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def spoken(code: str) -> str:
    """The digits as they were meant: without spaces, in whichever digits they were typed."""
    digits = (unicodedata.digit(sign, None) for sign in code[:60])
    return "".join(str(digit) for digit in digits if digit is not None)


def hashed(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _nobodys() -> str:
    """A code that nobody has, as hard to try as any other."""
    return make_password(secrets.token_urlsafe(16))
