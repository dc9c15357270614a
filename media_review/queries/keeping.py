"""One film's keeping: until when, by which rule, what holds it, what was told, its receipt."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from ledger.queries import story_of
from media_review import permissions, rules
from media_review.kinds import Wish
from media_review.models import FamilyTerm, HoldWish, Receipt, Recording, SafeguardingHold
from media_review.queries import consents, holdings
from media_review.states import HoldState, HoldStep, hold_steps
from people.actor import Actor


@dataclass(frozen=True, slots=True)
class HoldCard:
    """A hold as the page prints it, with the steps that are open to the reader."""

    hold: SafeguardingHold
    wishes: tuple[HoldWish, ...]
    waiting: HoldWish | None
    steps: frozenset[str]
    why_not: str

    @property
    def word(self) -> str:
        """Where the hold stands, as one reads it."""
        return self.hold.get_state_display().capitalize()

    @property
    def is_asked(self) -> bool:
        """Does it still wait for its second person?"""
        return self.hold.state == HoldState.ASKED

    @property
    def may_end(self) -> bool:
        """Has somebody asked that it ends?"""
        return self.waiting is not None and self.waiting.kind == Wish.LIFT


@dataclass(frozen=True, slots=True)
class Keeping:
    """Everything the page of one film's keeping prints."""

    recording: Recording
    is_mine: bool
    line: holdings.Holding
    goes_on: date | None
    told: tuple[Any, ...]
    term: FamilyTerm | None
    may_agree: bool
    holds: tuple[HoldCard, ...]
    may_hold: bool
    receipt: "ReceiptCard | None"

    @property
    def is_here(self) -> bool:
        """Is there a film that can still be destroyed?"""
        return self.recording.film is not None and self.receipt is None

    @property
    def is_held(self) -> bool:
        """Does a safeguarding hold bind? That of a stage meeting delays no withdrawal."""
        return any(card.hold.ended_at is None for card in self.holds)

    @property
    def heading(self) -> str:
        """What becomes of the film, in a few words. A new consent opens no film from before."""
        if self.receipt:
            return "Destroyed"
        if not self.is_here:
            return "No film is kept in Attune"
        if self.recording.is_withdrawn:
            return "Locked"
        if self.line.kept_until:
            return f"Kept until {consents.day(self.line.kept_until)}"
        return "Kept while the work goes on"


@dataclass(frozen=True, slots=True)
class ReceiptCard:
    """Proof that a film is gone: the receipt with the numbers of its lines in the ledger."""

    receipt: Receipt
    lines: tuple[Any, ...]


def keeping_of(actor: Actor, pk: UUID) -> Keeping | None:
    """The keeping of a film this person may know about; None for a stranger."""
    rows = Recording.objects.kept_for(actor).with_clock().with_consent()
    row = rows.select_related("case", "owner", "film").filter(pk=pk).first()
    if row is None:
        return None
    cards = tuple(_card(actor, hold) for hold in _holds_of(row))
    binding = next((card.hold for card in cards if card.hold.ended_at is None), None)
    receipt = Receipt.objects.filter(recording=row).select_related("film", "case", "guider").first()
    is_free = receipt is None and row.film is not None and binding is None
    return Keeping(
        recording=row,
        is_mine=row.owner_id == actor.user_id,
        line=holdings.holding_of(row, binding),
        goes_on=_goes_on(row) if receipt is None else None,
        told=tuple(row.reminders.order_by("told_on")),
        term=FamilyTerm.objects.filter(case=row.case_id, ended_at=None).first(),
        may_agree=bool(permissions.may_agree_term(actor, row.case)) and receipt is None,
        holds=cards,
        may_hold=is_free and not row.is_withdrawn and bool(permissions.may_hold(actor, row)),
        receipt=receipt_card(receipt) if receipt else None,
    )


def _goes_on(row: Recording) -> date | None:
    """The day on which it is destroyed, as things stand; None while no clock runs."""
    if row.kept_until is None or row.film is None or row.is_withdrawn:
        return None
    told = row.reminders.filter(kept_until=row.kept_until).order_by("told_on").first()
    return rules.goes_on(row.kept_until, told.told_on if told else None, timezone.localdate())


def _holds_of(row: Recording) -> list[SafeguardingHold]:
    rows = row.safeguarding_holds.prefetch_related("wishes__asked_by", "wishes__confirmed_by")
    holds = list(rows)
    for hold in holds:
        hold.recording = row
    return holds


def _card(actor: Actor, hold: SafeguardingHold) -> HoldCard:
    wishes = tuple(hold.wishes.all())
    waiting = next((wish for wish in wishes if wish.closed_at is None), None)
    steps = {str(step) for step in hold_steps(hold.state)} if hold.ended_at is None else set()
    why_not = ""
    if waiting:
        confirm = permissions.may_confirm_hold(actor, hold, waiting.asked_by_id)
        why_not = "" if confirm else confirm.reason
        if not confirm:
            steps.discard(HoldStep.CONFIRM)
        if not permissions.may_take_back_hold(actor, hold, waiting):
            steps.discard(HoldStep.TAKE_BACK)
    if not permissions.may_hold(actor, hold.recording):
        steps -= {HoldStep.ASK_LONGER, HoldStep.ASK_LIFT}
    elif hold.family_told_on is None and hold.ended_at is None:
        steps.add("tell")
    return HoldCard(hold, wishes, waiting, frozenset(steps - {"run_out"}), why_not)


def receipt_card(receipt: Receipt) -> ReceiptCard:
    """The receipt with what the ledger says of it and of its film."""
    said = [*story_of(receipt), *story_of(receipt.film).filter(verb__in=PROOF)]
    return ReceiptCard(receipt, tuple(sorted(said, key=lambda line: line.number)))


PROOF = ("footage.locked", "footage.purged")
