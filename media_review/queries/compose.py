"""What a trainee can choose from when composing: clips by film, with what each family said."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from caselogs.kinds import Scope
from media_review.models import Clip, Recording
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
from people.actor import Actor
from people.models import User

FILMS_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class FilmChoice:
    """One film with its clips; closed when the family has not agreed, or it is not kept here."""

    recording: Recording
    title: str
    meta: str
    said: consents.Said
    why_not: str
    stage: Stage
    clips: tuple[ClipLine, ...]


def films_to_choose(actor: Actor, first: str = "") -> tuple[FilmChoice, ...]:
    """One's films that have clips, newest first, the one named by the link before all."""
    has_clips = Exists(Clip.objects.filter(recording=OuterRef("pk")))
    rows = list(
        Recording.objects.watchable_by(actor)
        .filter(has_clips)
        .select_related("case", "cycle", "film")
        .prefetch_related("clips__principles", "clips__submitted_clips__submission")
        .order_by("-filmed_on", "-begun_at")[:FILMS_AT_ONCE]
    )
    rows.sort(key=lambda row: str(row.pk) != first)
    said = consents.said_by([row.case for row in rows], Scope.SUPERVISION)
    sheets = sheets_of(row.film_id for row in rows if row.film_id)
    return tuple(
        _choice(row, said[row.case_id], sheets.get(row.film_id) or Sheet()) for row in rows
    )


def _choice(row: Recording, said: consents.Said, sheet: Sheet) -> FilmChoice:
    why_not = "" if said.given else "Ask them first, then record their answer in the case."
    if not why_not and not (row.film and row.film.is_ready):
        why_not = "This film is not in Attune, so watch it together in the supervision hour."
    lines = tuple(clip_line(clip) for clip in row.clips.all())
    return FilmChoice(
        row, title_of(row), meta_of(row), said, why_not, stage_of_recording(row, sheet), lines
    )


def open_clip_ids(films: tuple[FilmChoice, ...]) -> list[UUID]:
    """The clips that can be chosen."""
    return [clip.id for film in films if not film.why_not for clip in film.clips]


def supervisors_of(actor: Actor) -> Any:
    """The people who supervise this person today, by name."""
    return User.objects.filter(pk__in=actor.supervisor_ids, suspended_at=None).order_by("name")
