"""A storyboard as its page shows it, and as the shared review plays it."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from attunement.queries import PrincipleCard
from caselogs.kinds import Scope
from media_review import rules
from media_review.models import Clip, Preparation, Recording, ReviewGuide, Still, Storyboard
from media_review.models.guides import HOUSE_STEPS
from media_review.queries import consents, reviews
from media_review.queries.bench import card_of
from media_review.queries.stages import (
    Sheet,
    Stage,
    meta_of,
    sheets_of,
    stage_of_recording,
    title_of,
)
from people.actor import Actor
from people.kinds import OrganisationKind


@dataclass(frozen=True, slots=True)
class Card:
    """One clip or still that can be shown."""

    key: str
    kind: str
    title: str
    why: str
    length: str
    start_ms: int
    end_ms: int
    principles: tuple[PrincipleCard, ...]
    stage: Stage
    question: str = ""


@dataclass(frozen=True, slots=True)
class FilmOffer:
    """One film of the family with what is not on the board yet (perhaps nothing)."""

    key: str
    title: str
    meta: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page of a storyboard prints."""

    row: Storyboard
    title: str
    said: consents.Said
    items: tuple[Card, ...]
    films: tuple[FilmOffer, ...]
    steps: tuple[tuple[str, str], ...]
    reviews: tuple[reviews.Review, ...]
    prepared: tuple[Preparation, ...]

    @property
    def key(self) -> str:
        """The cycle or the case, in words."""
        return f"Cycle {self.row.cycle.number}" if self.row.cycle else "Before its cycle is logged"


def board_of(actor: Actor, board: Storyboard) -> Board:
    """The page of this board (its case and cycle selected), in a fixed number of queries."""
    films = _films(actor, board)
    sheets = sheets_of(row.film_id for row in films if row.film_id)
    cards: dict[str, Card] = {}
    offers = []
    for film in films:
        own = _cards(film, sheets.get(film.film_id) or Sheet())
        cards |= {card.key: card for card in own}
        offers.append((film, own))
    chosen = {row.key: row.question for row in board.items.all()}
    return Board(
        row=board,
        title=f"{board.case.code}, shared review",
        said=consents.said(board.case, Scope.FILMING),
        items=tuple(_asked(cards[key], words) for key, words in chosen.items() if key in cards),
        films=tuple(_offer(film, own, chosen) for film, own in offers if own),
        steps=steps_for(actor),
        reviews=reviews.reviews_of(actor, case=board.case_id),
        prepared=tuple(Preparation.objects.visible_to(actor).open().filter(storyboard=board)),
    )


def _offer(film: Recording, own: tuple[Card, ...], chosen: Container[str]) -> FilmOffer:
    rest = tuple(card for card in own if card.key not in chosen)
    return FilmOffer(str(film.pk), title_of(film), meta_of(film), rest)


def _films(actor: Actor, board: Storyboard) -> list[Recording]:
    """The family's films one may watch now, those of this cycle first, in four queries."""
    rows = (
        Recording.objects.watchable_by(actor)
        .filter(case=board.case_id)
        .select_related("case", "cycle", "film")
        .prefetch_related("clips__principles", "clips__film", "stills__film")
        .order_by("-filmed_on", "-begun_at")
    )
    return sorted(rows, key=lambda row: row.cycle_id != board.cycle_id)


def _cards(film: Recording, sheet: Sheet) -> tuple[Card, ...]:
    stage = stage_of_recording(film, sheet)
    clips = [_clip_card(clip, stage) for clip in film.clips.all()]
    stills = [_still_card(still, stage) for still in film.stills.all()]
    return tuple(sorted([*clips, *stills], key=lambda card: (card.start_ms, card.end_ms)))


def _clip_card(clip: Clip, stage: Stage) -> Card:
    return Card(
        key=f"clip:{clip.pk}",
        kind="clip",
        title=clip.title or f"Clip at {rules.clock(clip.start_ms)}",
        why=clip.why,
        length=rules.seconds_words(clip.length_ms),
        start_ms=clip.start_ms,
        end_ms=clip.end_ms,
        principles=tuple(card_of(each) for each in clip.principles.all()),
        stage=stage,
    )


def _still_card(still: Still, stage: Stage) -> Card:
    title = still.title or f"Still at {rules.clock(still.at_ms)}"
    at = still.at_ms
    return Card(f"still:{still.pk}", "still", title, "", "a still", at, at, (), stage)


def _asked(card: Card, question: str) -> Card:
    names = (name for name in Card.__slots__ if name != "question")
    return Card(**{name: getattr(card, name) for name in names}, question=question)


def steps_for(actor: Actor) -> tuple[tuple[str, str], ...]:
    """The steps of a shared review, name and words apart: of one's body, else of the house."""
    bodies = (
        g.organisation_id for g in actor.grants if g.organisation_kind == OrganisationKind.BODY
    )
    guide = ReviewGuide.objects.nearest(next(bodies, None)).first()
    return tuple(_step(line) for line in (guide.steps if guide else HOUSE_STEPS))


def _step(line: str) -> tuple[str, str]:
    name, _, words = line.partition(": ")
    return (name, words[:1].upper() + words[1:]) if words else ("", line)


def reel_of(actor: Actor, board: Storyboard) -> dict[str, Any]:
    """What the shared review plays, for its page and for a browser that prepares it.

    Things that may not be watched now are left out; consent is asked again at every address.
    """
    items = list(board.items.select_related("clip__recording__film", "clip__film", "still__film"))
    clips = _allowed(Clip, actor, (row.clip_id for row in items if row.clip_id))
    stills = _allowed(Still, actor, (row.still_id for row in items if row.still_id))
    said = consents.said(board.case, Scope.FILMING)
    shown = [_frame(row) for row in items if (row.clip_id or row.still_id) in clips | stills]
    return {
        "board": str(board.pk),
        "log": f"{board.get_absolute_url()}log/",
        "back": board.get_absolute_url(),
        "opening": board.opening,
        "steps": [{"name": name, "words": words} for name, words in steps_for(actor)],
        "items": [frame for frame in shown if frame],
        "refused": "" if said.given or not items else said.sentence,
    }


def _allowed(model: Any, actor: Actor, ids: Iterable[UUID]) -> set[UUID]:
    wanted = list(ids)
    return set(model.objects.watchable_by(actor).filter(pk__in=wanted).values_list("pk", flat=True))


def _frame(row: Any) -> dict[str, Any] | None:
    """One thing to show: its own film or picture; a clip not cut yet plays by its span."""
    facts = {"key": row.key, "question": row.question, "from": 0, "until": 0, "watched": ""}
    if row.still_id:
        ready = row.still.film is not None and row.still.film.is_ready
        src = reverse("media_review:still-picture", args=[row.still_id]) if ready else ""
        return {**facts, "kind": "still", "title": str(row.still), "src": src, "own": ready}
    clip = row.clip
    own = clip.film is not None and clip.film.is_ready
    film, what = (clip.film, clip) if own else (clip.recording.film, clip.recording)
    name = "clip" if own else "recording"
    if film is None or not film.is_ready:
        return {**facts, "kind": "away", "title": str(clip), "src": "", "own": False,
                "from": clip.start_ms, "until": clip.end_ms, "rate": 25,
                "film": str(clip.recording_id)}  # fmt: skip
    return {
        **facts,
        "kind": "clip",
        "title": str(clip),
        "own": own,
        "src": reverse(f"media_review:{name}-film", args=[what.pk]),
        "watched": reverse(f"media_review:{name}-watched", args=[what.pk]),
        "from": 0 if own else clip.start_ms,
        "until": film.duration_ms if own else clip.end_ms,
        "rate": film.fps,
        "width": film.width or 16,
        "height": film.height or 9,
    }


def pack_of(actor: Actor, row: Preparation) -> dict[str, Any]:
    """What a browser that prepares this may hold now: until when, and whether all is cut.

    `open` is False once it may hold nothing of it any more; then `reason` says why.
    """
    reel = reel_of(actor, row.storyboard)
    missing = len(reel["items"]) < row.storyboard.items.count() or bool(reel["refused"])
    over = row.wiped_at is not None or row.until <= timezone.now()
    reason = reel["refused"] or "This film may not be watched any more." if missing else ""
    return {
        "id": str(row.pk),
        "until": row.until.isoformat(),
        "open": not (missing or over),
        "reason": reason or ("The two hours are over." if over else ""),
        "ready": all(item["own"] for item in reel["items"]),
        "reel": reel,
        "check": reverse("media_review:preparation", args=[row.pk]),
        "wipe": reverse("media_review:preparation-wipe", args=[row.pk]),
    }
