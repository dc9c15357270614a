"""How far a film is, for a page that shows it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from footage import rules, turns
from footage.kinds import ArtefactKind, WorkState
from footage.models import Artefact, Film, Upload
from footage.states import State
from people.actor import Actor

WORDS = {
    State.RECEIVING: "Your film is on its way to us.",
    State.RECEIVED: "Your film has arrived whole. It will be looked at in a moment.",
    State.CHECKING: "Your film has arrived. We are checking that it can be played.",
    State.QUEUED: "Your film is waiting for its turn to be prepared.",
    State.ENCODING: "Your film is being prepared for watching.",
    State.READY: "Your film is ready to watch.",
    State.PURGING: "This film is locked and is being destroyed.",
    State.PURGED: "This film has been destroyed.",
}
CHECKED = 5  # percent of the bar: the look into the film; the rest is its preparation


@dataclass(frozen=True, slots=True)
class Progress:
    """What a progress line says. `percent` is None while nobody can honestly say."""

    film_id: str
    state: str
    sentence: str
    percent: int | None
    left: str
    moving: bool
    ready: bool
    retryable: bool


def progress(film: Film) -> Progress:
    """Where the film stands, in words, with an estimate only when there is ground for one."""
    percent, left = _percent_and_left(film)
    return Progress(
        film_id=str(film.pk),
        state=film.state,
        sentence=film.reason or WORDS.get(State(film.state), ""),
        percent=percent,
        left=left,
        moving=film.is_moving,
        ready=film.is_ready,
        retryable=film.retryable,
    )


def upload_of(actor: Actor, pk: UUID) -> Upload | None:
    """The upload with its film, for the person who began it; None for everybody else."""
    rows = Upload.objects.select_related("film")
    return rows.filter(pk=pk, film__sent_by=actor.user_id).first()


def may_send_to(actor: Actor, pk: UUID) -> bool:
    """Does this upload still take bytes from this person?"""
    if actor.user_id is None:
        return False
    return Upload.objects.open_for(actor.user_id).filter(pk=pk).exists()


def is_refused(pk: UUID) -> bool:
    """Was what this upload brought turned away?"""
    return Film.objects.filter(upload=pk, state=State.REJECTED).exists()


def artefact_of(film_id: object, kind: ArtefactKind) -> Artefact | None:
    """The ready film's artefact of this kind with its film, in one query; else None."""
    found = Artefact.objects.select_related("film")
    return found.filter(film=film_id, kind=kind, film__state=State.READY).first()


def _percent_and_left(film: Film) -> tuple[int | None, str]:
    if film.state == State.RECEIVING:
        upload = film.upload
        spent = (upload.touched_at - upload.begun_at).total_seconds()
        return _share(upload.offset, upload.size, spent)
    if film.state == State.QUEUED:
        return CHECKED, _until_its_turn(film)
    if film.state == State.CHECKING:
        return _furthest(film) * CHECKED // 1000, ""
    if film.state == State.ENCODING:
        percent = CHECKED + _furthest(film) * (100 - CHECKED) // 1000
        return min(99, percent), _until_it_is_ready(film)
    return (100, "") if film.is_ready else (None, "")


def _furthest(film: Film) -> int:
    """How far the best attempt at the open work came: a bar never goes back."""
    undone = (work for work in film.works.all() if work.state != WorkState.DONE)
    return max((max(work.permille, work.furthest) for work in undone), default=0)


def _until_it_is_ready(film: Film) -> str:
    """By how fast this attempt is; at its beginning, by the films of late."""
    work = next((work for work in film.works.all() if work.state == WorkState.RUNNING), None)
    if work is None or work.started_at is None:
        return ""
    spent = (timezone.now() - work.started_at).total_seconds()
    _, left = _share(work.permille, 1000, spent)
    return left or rules.left_in_words(_expected(film.duration_ms, minus=spent))


def _until_its_turn(film: Film) -> str:
    """How many are before it, and how long that may take at the speed of the last films."""
    films, length = turns.ahead_of(film)
    are = "film is" if films == 1 else "films are"
    place = f"{films} {are} before yours" if films else "it is next"
    left = rules.left_in_words(_expected(length // turns.workers() + film.duration_ms))
    return f"{place}, {left}" if left else place


def _expected(film_ms: int, minus: float = 0) -> float | None:
    """Seconds that so much film takes here, by the films of late; None without any."""
    speed = turns.speed()
    return None if speed is None else max(1.0, film_ms / 1000 * speed - minus)


def _share(done: int, whole: int, spent: float) -> tuple[int | None, str]:
    """Percent, and time left once two seconds and two percent give ground to guess."""
    if not done:
        return 0, ""
    percent = min(99, done * 100 // whole)
    left = spent * (whole - done) / done if spent > 2 and done * 50 > whole else None
    return percent, rules.left_in_words(left)
