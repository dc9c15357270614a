"""What a trainee can choose from when composing: clips by film, with what each family said."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch

from caselogs.kinds import Scope
from media_review.models import Clip, Recording
from media_review.queries import consents
from media_review.queries.bench import ClipLine, clip_line
from media_review.queries.shown import shown
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
from people.queries import groups_of

FILMS_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class FilmChoice:
    """One film with its clips; closed when the family has not agreed, or it is not kept here."""

    recording: Recording
    title: str
    meta: str
    said: consents.Said
    shared: consents.Said | None
    why_not: str
    stage: Stage
    clips: tuple[ClipLine, ...]


def films_to_choose(
    actor: Actor, first: str = "", *, in_group: bool = False
) -> tuple[FilmChoice, ...]:
    """One's films that have clips, newest first, the one named by the link before all.

    For somebody in a group of today each also says whether that family agreed to intervision.
    """
    has_clips = Exists(Clip.objects.filter(recording=OuterRef("pk")))
    marked = Clip.objects.annotate(is_shown=shown())
    rows = list(
        Recording.objects.watchable_by(actor)
        .filter(has_clips)
        .select_related("case", "cycle", "film")
        .prefetch_related(Prefetch("clips", marked), "clips__principles")
        .order_by("-filmed_on", "-begun_at")[:FILMS_AT_ONCE]
    )
    rows.sort(key=lambda row: str(row.pk) != first)
    cases = [row.case for row in rows]
    said = consents.said_by(cases, Scope.SUPERVISION)
    shared = consents.said_by(cases, Scope.INTERVISION) if in_group else {}
    sheets = sheets_of(row.film_id for row in rows if row.film_id)
    return tuple(
        _choice(row, said[row.case_id], shared.get(row.case_id), sheets.get(row.film_id) or Sheet())
        for row in rows
    )


def _choice(
    row: Recording, said: consents.Said, shared: consents.Said | None, sheet: Sheet
) -> FilmChoice:
    given = said.given or (shared is not None and shared.given)
    why_not = "" if given else "Ask them first, then record their answer in the case."
    if not why_not and not (row.film and row.film.is_ready):
        why_not = "This film is not in Attune, so watch it together in the supervision hour."
    lines = tuple(clip_line(clip) for clip in row.clips.all())
    return FilmChoice(
        row,
        title_of(row),
        meta_of(row),
        said,
        shared,
        why_not,
        stage_of_recording(row, sheet),
        lines,
    )


def open_clip_ids(films: tuple[FilmChoice, ...]) -> list[UUID]:
    """The clips that can be chosen."""
    return [clip.id for film in films if not film.why_not for clip in film.clips]


def readers_for(actor: Actor) -> list[tuple[str, str]]:
    """Whom one may send clips to today: one's supervisors and groups, by name. Two queries."""
    supervisors = User.objects.filter(pk__in=actor.supervisor_ids, suspended_at=None)
    people = [(to_word(row.pk), row.name) for row in supervisors.order_by("name")]
    groups = [(to_word(None, row.pk), f"{row.name} (your group)") for row in groups_of(actor)]
    return people + groups


def to_word(supervisor_id: UUID | None, group_id: UUID | None = None) -> str:
    """How a form names whoever a submission is for."""
    return f"group:{group_id}" if group_id else f"supervisor:{supervisor_id}"
