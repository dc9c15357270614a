"""What a player needs to show a film, and how a film is named on a page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import JSONField, OuterRef, Subquery
from django.urls import reverse

from footage.kinds import ArtefactKind
from footage.models import Artefact, Film
from footage.treatments import Treatment
from media_review import rules
from media_review.models import Clip, Recording
from media_review.queries import consents

PLACES = ("every_ms", "count", "columns", "rows", "width", "height")


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the small pictures of a film lie in their one image."""

    every_ms: int = 0
    count: int = 0
    columns: int = 0
    rows: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """What a player needs to show one film: addresses, length, frames a second.

    `fine` is the address of the 1080p film, empty where none was made. `first_ms`: how long a clip
    lasts that is shown once more, slowly, in the same film; 0 for all others.
    """

    key: str
    title: str
    src: str = ""
    poster: str = ""
    sprite: str = ""
    peaks: str = ""
    watched: str = ""
    length_ms: int = 0
    first_ms: int = 0
    rate: str = "25"
    fine: str = ""
    width: int = 16
    height: int = 9
    sheet: Sheet = Sheet()


def title_of(recording: Recording) -> str:
    """The case and which film of it."""
    kind = recording.get_kind_display().partition(":")[0]
    return f"{recording.case.code}, {kind[0].lower()}{kind[1:]}"


def meta_of(recording: Recording) -> str:
    """Cycle, day and length, in one quiet line."""
    parts = [consents.day(recording.filmed_on)]
    if recording.cycle:
        parts.insert(0, f"Cycle {recording.cycle.number}")
        if recording.cycle.activity:
            parts.append(recording.cycle.activity)
    if recording.span_ms:
        parts.append(rules.length_words(recording.span_ms))
    return " · ".join(parts)


def stage_of_recording(recording: Recording, sheet: Sheet | None = None) -> Stage:
    """The whole film, as its guider plays it."""
    film = recording.film
    title = f"{title_of(recording)}, {consents.day(recording.filmed_on)}"
    if film is None or not film.is_ready:
        return Stage(str(recording.pk), title, length_ms=recording.span_ms or 0)
    return _stage(film, "recording", recording.pk, title, sheet)


def stage_of_clip(clip: Clip, title: str, sheet: Sheet | None = None) -> Stage:
    """The clip's own film, as others play it; empty while it is being cut."""
    if clip.film is None or not clip.film.is_ready:
        return Stage(str(clip.pk), title, length_ms=clip.length_ms)
    first = clip.film.duration_ms // Treatment(slow_again=True).times if clip.slow_again else 0
    return replace(_stage(clip.film, "clip", clip.pk, title, sheet), first_ms=first)


def sheets_of(film_ids: Iterable[UUID]) -> dict[UUID, Sheet]:
    """How the small pictures of these films lie, in one query."""
    rows = Artefact.objects.filter(film__in=list(film_ids), kind=ArtefactKind.SPRITE)
    return {film_id: sheet_from(facts) for film_id, facts in rows.values_list("film_id", "facts")}


def sheet_facts(film: str) -> Subquery:
    """The same as an annotation of rows that lead to a film: see `sheet_from`."""
    rows = Artefact.objects.filter(film=OuterRef(film), kind=ArtefactKind.SPRITE)
    return Subquery(rows.values("facts")[:1], output_field=JSONField())


def sheet_from(facts: dict[str, int] | None) -> Sheet:
    """How the small pictures lie, from what `sheet_facts` brought along."""
    return Sheet(**{name: int((facts or {}).get(name, 0)) for name in PLACES})


def _stage(film: Film, what: str, pk: UUID, title: str, sheet: Sheet | None = None) -> Stage:
    def to(name: str) -> str:
        return reverse(f"media_review:{what}-{name}", args=[pk])

    return Stage(
        key=str(pk),
        title=title,
        src=to("film"),
        poster=to("poster"),
        sprite=to("sprite"),
        peaks=to("peaks") if film.has_sound else "",
        watched=to("watched"),
        length_ms=film.duration_ms,
        fine=f"{to('film')}?fine" if film.fine else "",
        rate=f"{film.fps:.12g}",
        width=film.width or 16,
        height=film.height or 9,
        sheet=sheet or sheets_of([film.pk]).get(film.pk) or Sheet(),
    )
