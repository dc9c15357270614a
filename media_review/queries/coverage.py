"""The coverage map: which principles were seen, with which families, when, and by whom.

A guider's own map counts their moments, their clips and the strengths sent to them. A supervisor's
map of a guider counts what was sent to this supervisor, and never a moment of the guider's own.
A clip on exactly the span of a moment is the same place of the film, and counted once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse

from attunement.queries import PrincipleCard
from caselogs.models import Case
from media_review import rules
from media_review.kinds import CommentKind
from media_review.models import Clip, Comment, Moment, Recording, Submission, SubmittedClip
from media_review.queries.stages import title_of
from people.actor import Actor
from people.models import User

MOST_PLACES = 200
Key = tuple[int, UUID]  # a principle's number, a case


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which films the map is to speak of: one kind of film, or films between two days."""

    kind: str = ""
    since: date | None = None
    until: date | None = None

    def narrows(self, to: str) -> Q:
        """The same as a condition; `to` leads from the rows asked for to their recording."""
        facts = {"kind": self.kind, "filmed_on__gte": self.since, "filmed_on__lte": self.until}
        return Q(**{f"{to}{name}": value for name, value in facts.items() if value})


@dataclass(frozen=True, slots=True)
class Family:
    """A case as a column: its code and what leads to it."""

    id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One principle with one family: who saw it how often, and when last."""

    family: Family
    url: str
    seen: tuple[tuple[str, int], ...] = ()
    last: date | None = None

    @property
    def words(self) -> str:
        """Who saw it how often: you 3, Ruth Whitlow 1."""
        return ", ".join(f"{who} {count}" for who, count in self.seen)


@dataclass(frozen=True, slots=True)
class Row:
    """One principle with every family."""

    principle: PrincipleCard
    cells: tuple[Cell, ...]

    @property
    def unseen(self) -> tuple[str, ...]:
        """The codes of the families with whom it is not yet seen."""
        return tuple(cell.family.code for cell in self.cells if not cell.seen)


@dataclass(frozen=True, slots=True)
class Map:
    """The whole map."""

    families: tuple[Family, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a film where a principle was seen, with the way to play it."""

    what: str
    by: str
    film: str
    filmed_on: date
    start: str
    end: str
    words: str
    url: str
    start_ms: int


@dataclass(frozen=True, slots=True)
class _Sources:
    """The rows that a map counts, each through the table that ties it to its principles."""

    moments: QuerySet[Any]
    clips: QuerySet[Any]
    comments: QuerySet[Any]


def map_of(guider: User, actor: Actor, cards: tuple[PrincipleCard, ...], wanted: Wanted) -> Map:
    """The map of this guider as this person may read it, in four queries."""
    families = _families(guider.pk, actor, wanted)
    found = _counted(guider, actor, wanted)
    return Map(families, tuple(_row(card, families, found) for card in cards))


def _row(card: PrincipleCard, families: tuple[Family, ...], found: dict[Key, Any]) -> Row:
    cells = []
    for family in families:
        url = reverse("media_review:coverage-places", args=[family.id, card.number])
        names, last = found.get((card.number, family.id), ({}, None))
        cells.append(Cell(family, url, tuple(names.items()), last))
    return Row(card, tuple(cells))


def _families(guider_id: UUID, actor: Actor, wanted: Wanted) -> tuple[Family, ...]:
    films = Recording.objects.filter(wanted.narrows(""), owner_id=guider_id, case=OuterRef("pk"))
    if guider_id != actor.user_id:
        films = films.filter(Exists(_sent_clips(guider_id, actor, clip__recording=OuterRef("pk"))))
    rows = Case.objects.visible_to(actor).filter(Exists(films), guider_id=guider_id)
    return tuple(Family(*facts) for facts in rows.order_by("code").values_list("pk", "code"))


def _counted(guider: User, actor: Actor, wanted: Wanted) -> dict[Key, tuple[dict[str, int], date]]:
    sources = _sources(guider.pk, actor, wanted)
    mine = "you" if guider.pk == actor.user_id else guider.name
    found: dict[Key, tuple[dict[str, int], date]] = {}
    for number, case_id, by, count, last in _tallies(sources, mine, actor):
        names, before = found.get((number, case_id), ({}, last))
        names[by] = names.get(by, 0) + count
        found[number, case_id] = names, max(before, last)
    return found


def _tallies(
    sources: _Sources, mine: str, actor: Actor
) -> Iterator[tuple[int, UUID, str, int, date]]:
    """Principle, case, who, how often, the last film's day; at most a query for each source."""
    ways = (
        (sources.moments, "moment__recording", ""),
        (sources.clips, "clip__recording", ""),
        (sources.comments, "comment__submitted_clip__clip__recording", "comment__author"),
    )
    for rows, film, author in ways:
        names = ["principle__number", f"{film}__case_id"]
        names += [f"{author}_id", f"{author}__name"] if author else []
        facts = rows.values_list(*names).annotate(Count("pk"), Max(f"{film}__filmed_on"))
        for number, case_id, *who, count, last in facts.order_by():
            by = mine if not who else "you" if who[0] == actor.user_id else who[1]
            yield number, case_id, by, count, last


def _sources(guider_id: UUID, actor: Actor, wanted: Wanted) -> _Sources:
    own = guider_id == actor.user_id
    moments = Moment.principles.through.objects.filter(
        wanted.narrows("moment__recording__"),
        moment__in=Moment.objects.visible_to(actor),
        moment__recording__owner_id=guider_id,
    )
    clips = Clip.principles.through.objects.filter(
        wanted.narrows("clip__recording__"), clip__recording__owner_id=guider_id
    )
    same = Moment.objects.filter(
        recording=OuterRef("clip__recording"),
        start_ms=OuterRef("clip__start_ms"),
        end_ms=OuterRef("clip__end_ms"),
        principles=OuterRef("principle"),
    )
    sent = _sent_clips(guider_id, actor, clip=OuterRef("clip"))
    comments = Comment.principles.through.objects.filter(
        wanted.narrows("comment__submitted_clip__clip__recording__"),
        comment__in=Comment.objects.visible_to(actor),
        comment__kind=CommentKind.STRENGTH,
        comment__sent_at__isnull=False,
        comment__submitted_clip__submission__trainee_id=guider_id,
    )
    clips = clips.filter(~Exists(same)) if own else clips.filter(Exists(sent))
    return _Sources(moments, clips, comments)


def _sent_clips(guider_id: UUID, actor: Actor, **facts: Any) -> QuerySet[SubmittedClip]:
    """Clips of submissions of this guider that this person may read."""
    readable = Submission.objects.visible_to(actor).filter(trainee_id=guider_id)
    return SubmittedClip.objects.filter(submission__in=readable, **facts)


def places_of(case: Case, number: int, actor: Actor, wanted: Wanted) -> tuple[Place, ...]:
    """The places behind one cell, film by film, in a fixed number of queries; needs the case."""
    sources = _sources(case.guider_id, actor, wanted)
    own = case.guider_id == actor.user_id
    here = Q(principle__number=number)
    moments = Moment.objects.filter(
        pk__in=sources.moments.filter(here, moment__recording__case=case).values("moment")
    ).select_related("recording__case")
    clips = Clip.objects.filter(
        pk__in=sources.clips.filter(here, clip__recording__case=case).values("clip")
    ).select_related("recording__case")
    said = Comment.objects.filter(
        pk__in=sources.comments.filter(
            here, comment__submitted_clip__clip__recording__case=case
        ).values("comment")
    ).select_related("author", "submitted_clip__clip__recording__case")
    found = [_of_moment(row) for row in moments[:MOST_PLACES]]
    if own:
        found += [_of_clip(row, _own_way(row), "you") for row in clips[:MOST_PLACES]]
    else:
        found += _of_sent(clips[:MOST_PLACES], case.guider_id, actor)
    found += [_of_comment(row, actor) for row in said[:MOST_PLACES]]
    return tuple(sorted(found, key=lambda place: (place.filmed_on, place.film, place.start_ms)))


def _of_moment(row: Moment) -> Place:
    url = f"{row.recording.get_absolute_url()}#at-{row.start_ms}-{row.end_ms}"
    return _place("Moment", "you", row.recording, row.start_ms, row.end_ms, row.note, url)


def _of_clip(row: Clip, url: str, by: str) -> Place:
    words = row.title or row.why
    return _place("Clip", by, row.recording, row.start_ms, row.end_ms, words, url)


def _own_way(row: Clip) -> str:
    return f"{row.recording.get_absolute_url()}#at-{row.start_ms}-{row.end_ms}"


def _of_sent(clips: Any, guider_id: UUID, actor: Actor) -> list[Place]:
    """Clips as their supervisor opens them: in the newest submission they were sent with."""
    clips = list(clips)
    rows = _sent_clips(guider_id, actor, clip__in=[clip.pk for clip in clips])
    ways = {row.clip_id: _way(row) for row in rows.order_by("submission__sent_at")}
    return [_of_clip(clip, ways[clip.pk], "the guider") for clip in clips if clip.pk in ways]


def _of_comment(row: Comment, actor: Actor) -> Place:
    clip, start = row.submitted_clip.clip, row.start_ms or 0
    by = "you" if row.author_id == actor.user_id else row.author.name
    first, last = clip.start_ms + start, clip.start_ms + (row.end_ms or 0)
    url = f"{_way(row.submitted_clip)}#at-{start}-{row.end_ms or 0}"
    return _place("Strength", by, clip.recording, first, last, row.words, url)


def _way(row: SubmittedClip) -> str:
    return f"{reverse('media_review:submission', args=[row.submission_id])}?clip={row.position}"


def _place(
    what: str, by: str, film: Recording, start_ms: int, end_ms: int, words: str, url: str
) -> Place:
    return Place(
        what=what,
        by=by,
        film=title_of(film),
        filmed_on=film.filmed_on,
        start=rules.clock(start_ms),
        end=rules.clock(end_ms),
        words=words,
        url=url,
        start_ms=start_ms,
    )
