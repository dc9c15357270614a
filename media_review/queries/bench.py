"""The workbench: one film, its clips, and what it says about itself."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse

from attunement.queries import PrincipleCard
from caselogs.kinds import Scope
from footage import queries as footage
from footage.states import GONE
from footage.states import State as FilmState
from footage.treatments import AS_IT_IS, Treatment
from media_review import rules
from media_review.kinds import Custody, RecordingKind, Turn, Who
from media_review.models import Clip, Recording
from media_review.queries import consents
from media_review.queries.consents import Said
from media_review.queries.moments import AboutChoice, abouts_of
from media_review.queries.shown import shown
from media_review.queries.stages import Stage, meta_of, stage_of_recording, title_of
from people.models import User

# In one row beneath a moment, so in a word each.
WHOS = ((Who.BOTH, "Both"), (Who.PARENT, "Parent"), (Who.CHILD, "Child"), (Who.GUIDER, "You"))
TURNS = (("", "Neither"), (Turn.ACTIVATE, "Activating"), (Turn.RECEIVE, "Receiving"))
SENDABLE = (*GONE, FilmState.REJECTED, FilmState.RECEIVING)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch on a lane, in thousandths of the film."""

    x: float
    width: float
    label: str
    start_ms: int
    end_ms: int
    key: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The film of a treated clip, for its guider to look at before anybody else does."""

    src: str
    poster: str
    watched: str
    is_ready: bool
    is_failed: bool


@dataclass(frozen=True, slots=True)
class ClipLine:
    """One clip as its line prints it."""

    id: UUID
    title: str
    why: str
    who: str
    start_ms: int
    end_ms: int
    start: str
    end: str
    length: str
    principles: tuple[PrincipleCard, ...]
    is_shown: bool
    options: str
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything the workbench prints."""

    recording: Recording
    title: str
    meta: str
    face: str
    stage: Stage
    progress: footage.Progress | None
    filming: Said
    supervision: Said
    supervisors: tuple[str, ...]
    principles: tuple[PrincipleCard, ...]
    clips: tuple[ClipLine, ...]
    spans: tuple[Span, ...]
    abouts: tuple[AboutChoice, ...] = ()
    whos: tuple[tuple[str, str], ...] = WHOS
    turns: tuple[tuple[str, str], ...] = TURNS

    @property
    def is_review(self) -> bool:
        """Does the film show guider and parent watching clips?"""
        return bool(self.recording.kind == RecordingKind.SHARED_REVIEW)

    @property
    def usual_who(self) -> str:
        """Whom a new moment shows until somebody says otherwise; in a shared review the guider."""
        return Who.GUIDER if self.is_review else Who.BOTH

    @property
    def trouble(self) -> str:
        """Why the film has to be sent again; empty while nothing was sent or it is on its way."""
        return self.progress.sentence if self.progress and not self.recording.is_arriving else ""


def bench_of(
    recording: Recording, principles: tuple[PrincipleCard, ...], supervisor_ids: frozenset[UUID]
) -> Bench:
    """The workbench of this recording; needs case, cycle and film selected."""
    filming = consents.said(recording.case, Scope.FILMING)
    clips = clips_of(recording)
    length = recording.span_ms or max((clip.end_ms for clip in clips), default=0)
    return Bench(
        recording=recording,
        title=title_of(recording),
        meta=meta_of(recording),
        face=_face(recording, filming.given),
        stage=stage_of_recording(recording),
        progress=footage.progress(recording.film) if recording.film else None,
        filming=filming,
        supervision=consents.said(recording.case, Scope.SUPERVISION),
        supervisors=_names(supervisor_ids),
        principles=principles,
        clips=clips,
        spans=spans_of(clips, length),
        abouts=abouts_of(recording),
    )


def _face(recording: Recording, is_covered: bool) -> str:
    """Which page this is now: locked, gone, local, send, wait, failed or bench."""
    film = recording.film
    if film and film.ready_at and film.state in GONE:
        return "gone"
    if not is_covered:
        return "locked"
    if recording.custody != Custody.PLATFORM:
        return "local"
    if film and film.is_ready:
        return "bench"
    if film and film.state == FilmState.FAILED:
        return "failed"
    return "send" if film is None or film.state in SENDABLE else "wait"


def clips_of(recording: Recording) -> tuple[ClipLine, ...]:
    """The clips of this recording in the order of the film, in three queries."""
    rows = recording.clips.select_related("film").prefetch_related("principles")
    rows = rows.annotate(is_shown=shown())
    return tuple(
        replace(clip_line(clip), cut=_cut_of(clip)) for clip in rows.order_by("start_ms", "end_ms")
    )


def clip_line(clip: Clip) -> ClipLine:
    """One clip, in words, as it reads to others; it is shown, unless a row says otherwise."""
    return ClipLine(
        id=clip.pk,
        title=clip.title or f"Clip at {rules.clock(clip.start_ms)}",
        why=clip.why,
        who="The guider" if clip.who == Who.GUIDER else clip.get_who_display(),
        start_ms=clip.start_ms,
        end_ms=clip.end_ms,
        start=rules.clock(clip.start_ms),
        end=rules.clock(clip.end_ms),
        length=rules.seconds_words(clip.length_ms),
        principles=tuple(card_of(each) for each in clip.principles.all()),
        is_shown=getattr(clip, "is_shown", True),
        options=_options(clip.treatment),
        cut=None,
    )


def _options(treatment: Treatment) -> str:
    """How others will see it, in one line; empty for as it is."""
    words = {
        "once more, slowly": treatment.slow_again,
        "without sound": treatment.silent,
        "a part softened": treatment.softened,
        "with words below": treatment.caption,
    }
    chosen = ", ".join(name for name, is_so in words.items() if is_so)
    return chosen[:1].upper() + chosen[1:]


def _cut_of(clip: Clip) -> Cut | None:
    film = clip.film
    if film is None or film.state in GONE or clip.treatment == AS_IT_IS:
        return None
    src, poster, watched = (
        reverse(f"media_review:clip-{part}", args=[clip.pk])
        for part in ("film", "poster", "watched")
    )
    return Cut(src, poster, watched, film.is_ready, film.state == FilmState.FAILED)


def card_of(principle: object) -> PrincipleCard:
    """A principle's row as pages read it; it keeps the wording it was tagged with."""
    return PrincipleCard(
        principle.pk, principle.number, principle.heading, principle.short, principle.glyph,
        tuple(principle.examples),
    )  # fmt: skip


def spans_of(clips: tuple[ClipLine, ...], length_ms: int) -> tuple[Span, ...]:
    """Where the clips lie in the film."""
    return tuple(
        span_of(clip.start_ms, clip.end_ms, length_ms, clip.title, str(clip.id)) for clip in clips
    )


def span_of(start_ms: int, end_ms: int, length_ms: int, label: str, key: str) -> Span:
    """A stretch in thousandths of the film, never too thin to press."""
    whole = max(length_ms, end_ms, 1)
    x = start_ms * 1000 / whole
    return Span(
        round(x, 2), round(max(6, end_ms * 1000 / whole - x), 2), label, start_ms, end_ms, key
    )


def _names(user_ids: frozenset[UUID]) -> tuple[str, ...]:
    people = User.objects.filter(pk__in=user_ids, suspended_at=None).order_by("name")
    return tuple(people.values_list("name", flat=True))
