"""A family's film of special moments: put together, made, taken back."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from caselogs.kinds import Scope
from caselogs.models import Case
from footage import cards
from footage import services as footage
from footage.models import HOUSE
from ledger import services as ledger
from media_review import keepsakes, permissions, rules
from media_review.models import Clip, Keepsake, KeepsakeItem
from media_review.queries import consents
from media_review.services.clips import ensure_cut
from media_review.states import KeepsakeState, KeepsakeStep, keepsake_after
from people.actor import Actor
from people.errors import RuleBroken

Chosen = Sequence[tuple[UUID, str]]


@transaction.atomic
def compose_keepsake(
    *, actor: Actor, keepsake_id: UUID, case_id: UUID, clips: Chosen, **words: str
) -> Keepsake:
    """The keepsake holds these clips in this order, each with the words before it.

    `words`: title, opening, music, balance. What had been made of it is destroyed: it is put
    together anew. RuleBroken without the family's consent to a copy.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    permissions.may_keep_moments(actor, case).require()
    require_copy(case, "The film was not kept.")
    _require_drawn([words.get("opening", ""), *(title for _, title in clips)])
    found = _clips(actor, case, [pk for pk, _ in clips])
    keepsake = _opened(actor, case, keepsake_id)
    for name, value in words.items():
        setattr(keepsake, name, value)
    keepsake.trouble = ""
    keepsake.save()
    keepsake.items.all().delete()
    KeepsakeItem.objects.bulk_create(
        KeepsakeItem(keepsake=keepsake, clip=found[pk], position=place, title=cards.clean(title))
        for place, (pk, title) in enumerate(clips)
    )
    return keepsake


def require_copy(case: Case, so: str) -> None:
    """The family agrees to a copy today; RuleBroken with what was not done."""
    for scope in (Scope.FILMING, Scope.FAMILY_COPY):
        said = consents.said(case, scope)
        if not said.given:
            raise RuleBroken(f"{said.sentence} {so}")


def _require_drawn(words: list[str]) -> None:
    """Every sign can be drawn by a font we have."""
    unknown = "".join(dict.fromkeys(sign for text in words for sign in cards.unknown(text)))
    if unknown:
        raise RuleBroken(
            f"We cannot draw these signs in the film: {' '.join(unknown[:10])}. "
            "Please write the words in one alphabet, without pictures."
        )


def _clips(actor: Actor, case: Case, wanted: list[UUID]) -> dict[UUID, Clip]:
    own = Clip.objects.watchable_by(actor).filter(recording__case=case)
    found = own.filter(recording__owner_id=actor.user_id).in_bulk(wanted)
    if len(found) != len(set(wanted)) or len(wanted) != len(set(wanted)):
        raise RuleBroken("One of these clips is not there any more. Please choose them again.")
    return found


def _opened(actor: Actor, case: Case, keepsake_id: UUID) -> Keepsake:
    """The draft itself, new or opened again: whatever was made of it before goes."""
    if not Keepsake.objects.filter(pk=keepsake_id).exists():
        row = Keepsake.objects.create(pk=keepsake_id, case=case, owner_id=actor.user_id)
        ledger.record(
            user_id=actor.user_id,
            verb="media_review.keepsake_begun",
            subject=row,
            case=case.pk,
        )
        return row
    row = keepsakes.locked(keepsake_id)
    permissions.may_keep_moments(actor, row.case).require()
    if row.case_id != case.pk:
        raise RuleBroken("This film belongs to another case.")
    if row.state == KeepsakeState.DRAFT:
        return row
    if row.state == KeepsakeState.HANDED_OVER:
        raise RuleBroken(
            "The family has been given this film, so it was not changed. On its page you can end "
            "their link first, and then change it."
        )
    keepsakes.end(row, KeepsakeStep.CHANGE, actor.user_id)
    return row


@transaction.atomic
def make_keepsake(*, actor: Actor, keepsake_id: UUID) -> Keepsake:
    """The film is being made, of films that hold the clips and not a frame more."""
    row = _mine(actor, keepsake_id)
    if row.state == KeepsakeState.MAKING:  # pressed twice
        return row
    require_copy(row.case, "The film was not made.")
    keepsake_after(row.state, KeepsakeStep.MAKE)
    items = list(row.items.select_related("clip__recording__film", "clip__film"))
    rules.clips_of_a_keepsake([item.clip.length_ms for item in items])
    for item in items:
        ensure_cut(item.clip, actor.user_id)
    row.film = footage.join(
        actor_id=actor.user_id,
        pieces=[(item.clip.film_id, item.title) for item in items],
        page=row.get_absolute_url(),
        account=row.case.organisation_id or HOUSE,
        opening=cards.clean(row.opening),
        music=row.music,
        balance=row.balance,
    )
    row.trouble = ""
    keepsakes.step(row, KeepsakeStep.MAKE)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.keepsake_made",
        subject=row,
        clips=[str(item.clip_id) for item in items],
    )
    return row


@transaction.atomic
def change_keepsake(*, actor: Actor, keepsake_id: UUID) -> Keepsake:
    """The keepsake can be put together anew; what had been made is destroyed."""
    row = _mine(actor, keepsake_id)
    if row.state != KeepsakeState.DRAFT:
        keepsakes.end(row, KeepsakeStep.CHANGE, actor.user_id)
    return row


@transaction.atomic
def discard_keepsake(*, actor: Actor, keepsake_id: UUID) -> None:
    """The film is destroyed and no link leads to it; a draft leaves nothing behind."""
    row = _mine(actor, keepsake_id)
    never_made = row.state == KeepsakeState.DRAFT and not row.links.exists()
    keepsakes.end(row, KeepsakeStep.WITHDRAW, actor.user_id)
    if never_made:
        row.delete()


def _mine(actor: Actor, keepsake_id: UUID) -> Keepsake:
    row = keepsakes.locked(keepsake_id)
    permissions.may_keep_moments(actor, row.case).require()
    return row
