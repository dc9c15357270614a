"""What becomes of keepsakes by itself: made, run out, or taken back. Asked again under the lock.

The family's copy lives as long as its consent, its clips and its link: whichever ends first. Each
keepsake goes in a transaction of its own, the case locked before it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from caselogs.models import Case
from footage import rounds
from footage import services as footage
from footage.models import Film
from footage.states import GONE
from footage.states import State as FilmState
from ledger import services as ledger
from media_review.models import Keepsake, KeepsakeLink
from media_review.states import KeepsakeState, KeepsakeStep, keepsake_after

FAILED = (FilmState.REJECTED, FilmState.FAILED)
CLIP_GONE = "A film that one of the clips came from is gone. Please choose the clips again."
WITH_FILM = (KeepsakeState.MAKING, KeepsakeState.READY, KeepsakeState.HANDED_OVER)


def tidy(now: datetime | None = None) -> None:
    """Every keepsake stands where it should; each minute."""
    now = now or timezone.now()
    living = Keepsake.objects.exclude(state=KeepsakeState.WITHDRAWN)
    lost = living.exclude(pk__in=Keepsake.objects.agreed().values("pk"))
    late = ~Exists(KeepsakeLink.objects.open().filter(keepsake=OuterRef("pk"), until__gt=now))
    moved = living.filter(
        Q(state=KeepsakeState.MAKING) & ~Q(film__state__in=("queued", "encoding"))
        | Q(state__in=WITH_FILM) & (Q(film=None) | Q(film__state__in=GONE))
        | Q(late, state=KeepsakeState.HANDED_OVER)
    )
    due = {pk for rows in (lost, moved) for pk in rows.values_list("pk", flat=True)}
    rounds.each("keepsakes", sorted(due), lambda pk: settle(pk, now=now))


@transaction.atomic
def settle(pk: UUID, *, user_id: UUID | None = None, now: datetime | None = None) -> None:
    """This keepsake stands where its family's consent, its film and the clock put it."""
    keepsake = locked(pk)
    if keepsake.state == KeepsakeState.WITHDRAWN:
        return
    state = keepsake.film.state if keepsake.film else None
    if not Keepsake.objects.agreed().filter(pk=pk).exists():
        end(keepsake, KeepsakeStep.WITHDRAW, user_id)
    elif keepsake.state == KeepsakeState.MAKING and state == FilmState.READY:
        step(keepsake, KeepsakeStep.FINISH)
    elif keepsake.state == KeepsakeState.MAKING and state in FAILED:
        keepsake.trouble = keepsake.film.reason
        end(keepsake, KeepsakeStep.CHANGE, user_id)
    elif keepsake.state in WITH_FILM and (state is None or state in GONE):
        _lost_a_clip(keepsake, user_id)
    elif keepsake.state == KeepsakeState.HANDED_OVER and not _has_time(keepsake, now):
        end(keepsake, KeepsakeStep.EXPIRE, user_id)


def settle_case(case_id: UUID, user_id: UUID | None) -> None:
    """The same for all of a case, after what its family has said."""
    for pk in Keepsake.objects.filter(case=case_id).order_by("pk").values_list("pk", flat=True):
        settle(pk, user_id=user_id)


def _lost_a_clip(keepsake: Keepsake, user_id: UUID | None) -> None:
    keepsake.trouble = CLIP_GONE
    if keepsake.state == KeepsakeState.HANDED_OVER:
        end(keepsake, KeepsakeStep.END, user_id, keeps_film=True)
    end(keepsake, KeepsakeStep.CHANGE, user_id)


def _has_time(keepsake: Keepsake, now: datetime | None) -> bool:
    return keepsake.links.open().filter(until__gt=now or timezone.now()).exists()


def locked(pk: UUID) -> Keepsake:
    """The keepsake with its case and film; case first, as everybody who writes a case locks."""
    Case.objects.select_for_update(of=("self",)).filter(keepsakes=pk).first()
    rows = Keepsake.objects.select_for_update(of=("self",)).select_related("case", "film")
    return rows.get(pk=pk)


def end(
    keepsake: Keepsake, how: KeepsakeStep, user_id: UUID | None, *, keeps_film: bool = False
) -> None:
    """No link leads to the locked keepsake any more; its film is destroyed unless it is kept."""
    keepsake.links.open().update(ended_at=timezone.now())
    film: Film | None = keepsake.film
    if film is not None and not keeps_film:
        if film.state not in GONE:
            footage.purge(user_id=user_id, film_id=film.pk)
        keepsake.film = None
    before = keepsake.state
    step(keepsake, how)
    ledger.record(
        user_id=user_id,
        verb=f"media_review.keepsake_{VERBS[how]}",
        subject=keepsake,
        before=before,
        after=keepsake.state,
    )


VERBS = {
    KeepsakeStep.CHANGE: "opened_again",
    KeepsakeStep.END: "link_ended",
    KeepsakeStep.EXPIRE: "ran_out",
    KeepsakeStep.WITHDRAW: "destroyed",
}


def step(keepsake: Keepsake, taken: KeepsakeStep) -> None:
    """The locked keepsake has taken this step; RuleBroken when it is not open."""
    keepsake.state = keepsake_after(keepsake.state, taken)
    keepsake.save(update_fields=["state", "film", "trouble"])
