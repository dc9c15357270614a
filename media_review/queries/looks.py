"""Second looks as their pages read them: the list, the coding, and the agreement at the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from attunement.models import Principle
from attunement.queries import PrincipleCard
from media_review import rules
from media_review.agreement import Agreement, agreement
from media_review.models import Clip, Code, SecondLook, Submission
from media_review.queries.bench import Span, card_of, span_of
from media_review.queries.media import LOCKED
from media_review.queries.stages import Stage, stage_of_clip
from media_review.states import LOOKING, LookState
from people.actor import Actor
from people.kinds import Capability
from people.models import SupervisionTie, User
from people.queries import who_can

AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class LookLine:
    """One second look in a list, from where the reader stands."""

    url: str
    title: str
    meta: str
    state: str
    word: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code of the reader's own."""

    id: UUID
    principle: PrincipleCard
    start: str
    end: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One principle and where the reader marked it."""

    principle: PrincipleCard
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """The page on which one of the two codes; it knows nothing of the other's codes."""

    look: SecondLook
    other: str
    stage: Stage
    locked: str
    cards: tuple[PrincipleCard, ...]
    codes: tuple[CodeLine, ...]
    lanes: tuple[Lane, ...]
    is_done: bool
    is_other_done: bool

    @property
    def may_mark(self) -> bool:
        """Can one more span be marked?"""
        return self.look.is_coding and not self.is_done and not self.locked

    @property
    def note(self) -> str:
        """Why nothing more can be marked; empty while it can."""
        if self.may_mark or self.locked:
            return ""
        if self.look.is_asked:
            return "The guider has not said yes yet. You can begin when they have."
        if self.look.is_coding:
            return f"You have finished. As soon as {self.other} has too, you can compare here."
        return "This second look has ended. What each of you marked stays unseen by the other."


@dataclass(frozen=True, slots=True)
class Compared:
    """One principle: what each of the two marked, and how far they agree."""

    principle: PrincipleCard
    mine: tuple[Span, ...]
    theirs: tuple[Span, ...]
    found: Agreement

    @property
    def is_defined(self) -> bool:
        """Did at least one of the two mark it?"""
        return self.found.overlap.share is not None

    @property
    def kappa_words(self) -> str:
        """Kappa with its interval, or why there is none."""
        kappa = self.found.kappa
        if kappa is None:
            return "not defined: in whole seconds, you both marked all of it or none of it"
        if kappa.value == 0 and kappa.error == 0:
            return "0.00, as always when one of you marked all of it or none of it"
        return f"{kappa.value:.2f}, interval {kappa.low:.2f} to {kappa.high:.2f}"

    def _seconds(self, ms: int) -> str:
        return f"{ms / 1000:.1f} s"

    @property
    def mine_words(self) -> str:
        """How long the reader marked it."""
        return self._seconds(self.found.overlap.first_ms)

    @property
    def theirs_words(self) -> str:
        """How long the other marked it."""
        return self._seconds(self.found.overlap.second_ms)

    @property
    def both_words(self) -> str:
        """How long both marked it at the same time."""
        return self._seconds(self.found.overlap.both_ms)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the two read when both have finished."""

    look: SecondLook
    other: str
    length: str
    unit_count: int
    rows: tuple[Compared, ...]


def looks_of(actor: Actor) -> tuple[LookLine, ...]:
    """What one is asked, what one codes, what one can compare; newest first, in one query."""
    rows = SecondLook.objects.visible_to(actor).select_related(
        "first", "second", "submitted_clip__submission__trainee", "submitted_clip__clip"
    )
    return tuple(_line(row, actor) for row in rows[:AT_ONCE])


def _line(row: SecondLook, actor: Actor) -> LookLine:
    guider = row.submitted_clip.submission.trainee
    length = rules.seconds_words(row.submitted_clip.clip.length_ms)
    if guider.pk == actor.user_id:
        title = f"{row.first.name} asks about your clip {row.submitted_clip.position}"
    else:
        title = f"A clip of {length}, with {_other(row, actor).name}"
    return LookLine(
        url=row.get_absolute_url(),
        title=title,
        meta=f"until {row.ends_on.day} {row.ends_on:%B}" if row.state in LOOKING else "",
        state=row.state,
        word=LookState(row.state).label.capitalize(),
        is_open=row.state in LOOKING,
    )


def _other(look: SecondLook, actor: Actor) -> User:
    return look.second if actor.user_id == look.first_id else look.first


def colleagues_for(submission: Submission, actor: Actor) -> Any:
    """Who may be asked: people who review from outside for a body of one's own, by name.

    The same people to whom a family opens a clip by agreeing to accreditation review: nobody who
    supervises, or ever supervised, the guider.
    """
    near = SupervisionTie.objects.filter(supervisee_id=submission.trainee_id)
    here = Q(pk__in=())
    for place in actor.organisations_where(Capability.SUPERVISE):
        here |= Q(pk__in=who_can(Capability.ASSESS, place).values("pk"))
    others = User.objects.filter(here).exclude(pk__in=[actor.user_id, submission.trainee_id])
    return others.exclude(pk__in=near.values("supervisor")).order_by("name")


def coding_of(look: SecondLook, actor: Actor) -> Coding:
    """The clip, the principles and the reader's own codes, in five queries; needs both people."""
    clip = look.submitted_clip.clip
    cards = cards_of(look)
    codes = tuple(_code_line(row) for row in own_codes(look, actor))
    is_first = actor.user_id == look.first_id
    ends = (look.first_done_at, look.second_done_at)
    stage = stage_of_clip(clip, f"A clip of {rules.seconds_words(clip.length_ms)}")
    locked = "" if may_watch(clip, actor) else LOCKED
    return Coding(
        look=look,
        other=_other(look, actor).name,
        stage=Stage(stage.key, stage.title, length_ms=stage.length_ms) if locked else stage,
        locked=locked,
        cards=cards,
        codes=codes,
        lanes=_lanes(codes, cards, clip.length_ms),
        is_done=ends[0 if is_first else 1] is not None,
        is_other_done=ends[1 if is_first else 0] is not None,
    )


def may_watch(clip: Clip, actor: Actor) -> bool:
    """Is the film of this clip open to this person at this moment?"""
    return Clip.objects.watchable_by(actor).filter(pk=clip.pk).exists()


def own_codes(look: SecondLook, actor: Actor) -> Any:
    """The reader's own codes, in the order of the clip."""
    rows = Code.objects.visible_to(actor).filter(look=look, coder_id=actor.user_id)
    return rows.select_related("principle").order_by("start_ms", "end_ms", "pk")


def cards_of(look: SecondLook) -> tuple[PrincipleCard, ...]:
    """The principles of the version that both code with."""
    rows = Principle.objects.filter(framework_id=look.framework_id).order_by("number")
    return tuple(card_of(row) for row in rows)


def _code_line(row: Code) -> CodeLine:
    times = rules.clock(row.start_ms), rules.clock(row.end_ms)
    return CodeLine(row.pk, card_of(row.principle), *times, row.start_ms, row.end_ms)


def _lanes(
    codes: Iterable[CodeLine], cards: Iterable[PrincipleCard], length_ms: int
) -> tuple[Lane, ...]:
    codes = list(codes)
    return tuple(
        Lane(card, _spans([code for code in codes if code.principle.id == card.id], length_ms))
        for card in cards
    )


def _spans(codes: Iterable[CodeLine], length_ms: int) -> tuple[Span, ...]:
    return tuple(
        span_of(code.start_ms, code.end_ms, length_ms, f"{code.start} to {code.end}", str(code.id))
        for code in codes
    )


def comparison_of(look: SecondLook, actor: Actor) -> Comparison:
    """How far the two agree, principle by principle, in two queries; needs both people.

    Made from the codes this person may see: before both have finished there is nothing to compare.
    """
    length_ms = look.submitted_clip.clip.length_ms
    rows = Code.objects.visible_to(actor).filter(look=look).select_related("principle")
    mine: dict[UUID, list[CodeLine]] = {}
    theirs: dict[UUID, list[CodeLine]] = {}
    for row in rows.order_by("start_ms", "end_ms"):
        side = mine if row.coder_id == actor.user_id else theirs
        side.setdefault(row.principle_id, []).append(_code_line(row))
    return Comparison(
        look=look,
        other=_other(look, actor).name,
        length=rules.seconds_words(length_ms),
        unit_count=-(-length_ms // 1000),
        rows=tuple(
            _compared(card, mine.get(card.id, []), theirs.get(card.id, []), length_ms)
            for card in cards_of(look)
        ),
    )


def _compared(
    card: PrincipleCard, mine: list[CodeLine], theirs: list[CodeLine], length_ms: int
) -> Compared:
    one = [(code.start_ms, code.end_ms) for code in mine]
    two = [(code.start_ms, code.end_ms) for code in theirs]
    return Compared(
        card, _spans(mine, length_ms), _spans(theirs, length_ms), agreement(one, two, length_ms)
    )
