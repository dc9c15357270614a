"""What the pages of a family's film show: to its guider, and to the family."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import qrcode
import qrcode.image.svg
from django.db.models import Exists, OuterRef

from caselogs.kinds import Scope
from caselogs.models import Case
from footage import queries as footage
from footage.kinds import ArtefactKind
from footage.models import Artefact
from footage.states import State as FilmState
from media_review import rules
from media_review.models import Clip, Keepsake, KeepsakeLink, Recording
from media_review.queries import consents
from media_review.queries.bench import ClipLine, clip_line
from media_review.queries.stages import (
    Sheet,
    Stage,
    meta_of,
    sheets_of,
    stage_of_recording,
    title_of,
)
from media_review.states import KeepsakeState, KeepsakeStep, keepsake_steps
from people.actor import Actor

AT_ONCE = 60
LOOK = "Look at it once more, as they will see it."
GONE = "This film is gone, and no link leads to it."
LEADS = {
    KeepsakeState.MAKING: "The film is being made.",
    KeepsakeState.READY: "This film is closed for now.",
    KeepsakeState.HANDED_OVER: "This film is closed for now.",
    KeepsakeState.EXPIRED: "Its time was over, so the film is gone. It can be made again while its "
    "clips are here.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One keepsake as the list shows it."""

    url: str
    title: str
    meta: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class FilmOfClips:
    """One film of the case, with the clips that can be chosen from it."""

    title: str
    meta: str
    stage: Stage
    clips: tuple[ClipLine, ...]


@dataclass(frozen=True, slots=True)
class LinkLine:
    """What the guider may know of the link: times, and nothing else."""

    until: datetime
    opened_at: datetime | None
    last_opened_at: datetime | None
    saved_at: datetime | None
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One keepsake as its guider sees it."""

    keepsake: Keepsake
    lead: str
    may_change: bool
    may_discard: bool
    progress: footage.Progress | None
    can_watch: bool
    said: consents.Said
    length: str
    clips: tuple[str, ...]
    link: LinkLine | None


def lines_of(actor: Actor) -> tuple[Line, ...]:
    """One's own, newest first, in a fixed number of queries."""
    rows = Keepsake.objects.visible_to(actor).for_list()[:AT_ONCE]
    return tuple(
        Line(
            row.get_absolute_url(),
            str(row),
            f"{row.case.code} · {row.clip_count} clip{'' if row.clip_count == 1 else 's'}",
            row.state,
            KeepsakeState(row.state).label,
        )
        for row in rows
    )


def cases_of(actor: Actor) -> tuple[tuple[Case, consents.Said], ...]:
    """One's cases with clips here, each with what its family said about a copy."""
    with_clips = Exists(Clip.objects.filter(recording__case=OuterRef("pk")))
    rows = list(Case.objects.filter(with_clips, guider_id=actor.user_id).order_by("code")[:AT_ONCE])
    said = consents.said_by(rows, Scope.FAMILY_COPY)
    return tuple((row, said[row.pk]) for row in rows)


def films_of_clips(actor: Actor, case: Case) -> tuple[FilmOfClips, ...]:
    """The films of the case that have clips, in the order in which they were made."""
    has_clips = Exists(Clip.objects.filter(recording=OuterRef("pk")))
    rows = list(
        Recording.objects.watchable_by(actor)
        .filter(has_clips, case=case, film__state=FilmState.READY)
        .select_related("case", "cycle", "film")
        .prefetch_related("clips__principles", "clips__submitted_clips__submission")
        .order_by("filmed_on", "begun_at")[:AT_ONCE]
    )
    sheets = sheets_of(row.film_id for row in rows if row.film_id)
    return tuple(
        FilmOfClips(
            title_of(row),
            meta_of(row),
            stage_of_recording(row, sheets.get(row.film_id) or Sheet()),
            tuple(clip_line(clip) for clip in row.clips.all()),
        )
        for row in rows
    )


def page_of(row: Keepsake, actor: Actor) -> Page:
    """Everything its guider's page shows."""
    link = row.links.open().first()
    film = row.film
    watchable = Keepsake.objects.watchable_by(actor).filter(pk=row.pk, film__state="ready")
    titles = row.items.select_related("clip").values_list("title", "clip__title")
    steps, can_watch = keepsake_steps(row.state), watchable.exists()
    return Page(
        keepsake=row,
        lead=LOOK if can_watch else LEADS.get(KeepsakeState(row.state), GONE),
        may_change=KeepsakeStep.CHANGE in steps,
        may_discard=KeepsakeStep.WITHDRAW in steps,
        progress=footage.progress(film) if film and not film.is_ready else None,
        can_watch=can_watch,
        said=consents.said(row.case, Scope.FAMILY_COPY),
        length=rules.length_words(film.duration_ms) if film and film.is_ready else "",
        clips=tuple(title or clip or "A clip" for title, clip in titles),
        link=_line(link) if link else None,
    )


def _line(link: KeepsakeLink) -> LinkLine:
    return LinkLine(
        link.until, link.opened_at, link.last_opened_at, link.saved_at, link.locked_at is not None
    )


def initial_of(row: Keepsake) -> dict[str, Any]:
    """What stands in the form of a keepsake that is put together."""
    found: dict[str, Any] = {
        name: getattr(row, name) for name in ("title", "opening", "music", "balance")
    }
    found["keepsake_id"] = row.pk
    for item in row.items.all():
        place = {"chosen": True, "place": item.position + 1, "words": item.title}
        found |= {f"{name}_{item.clip_id.hex}": value for name, value in place.items()}
    return found


def family_artefact(link_id: UUID, token_hash: str, kind: ArtefactKind) -> Artefact | None:
    """The sealed object behind an opened link, if it leads there at this moment; in one query."""
    link = KeepsakeLink.objects.for_family().filter(pk=link_id, token_hash=token_hash)
    rows = Artefact.objects.select_related("film__keepsake").filter(kind=kind)
    return rows.filter(film__keepsake__in=link.values("keepsake")).first()


def drawn_address(address: str) -> str:
    """The address as a picture that a telephone reads: SVG, drawn here."""
    image = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, box_size=12, border=2)
    kept = BytesIO()
    image.save(kept)
    return kept.getvalue().decode().partition("?>")[2].strip()
