"""How far a film is, for a page that shows it."""

from dataclasses import dataclass

from django.utils import timezone

from footage import rules
from footage.kinds import ArtefactKind, Recipe, WorkState
from footage.models import Artefact, Film, Work
from footage.states import State

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
        ahead = _ahead_of(film)
        films = "film is" if ahead == 1 else "films are"
        return None, f"{ahead} {films} before it" if ahead else "it is next"
    if film.state in (State.CHECKING, State.ENCODING):
        work = next((work for work in film.works.all() if work.state == WorkState.RUNNING), None)
        if work and work.started_at:
            spent = (timezone.now() - work.started_at).total_seconds()
            return _share(work.permille, 1000, spent)
    return (100, "") if film.is_ready else (None, "")


def _share(done: int, whole: int, spent: float) -> tuple[int | None, str]:
    """Percent, and time left once two seconds and two percent give ground to guess."""
    if not done:
        return 0, ""
    percent = min(99, done * 100 // whole)
    left = spent * (whole - done) / done if spent > 2 and done * 50 > whole else None
    return percent, rules.left_in_words(left)


def _ahead_of(film: Film) -> int:
    waiting = Work.objects.filter(recipe__in=[Recipe.PREPARE, Recipe.CUT])
    mine = next((work for work in film.works.all() if work.recipe != Recipe.CHECK), None)
    if mine is None:
        return 0
    busy = waiting.filter(state__in=[WorkState.WAITING, WorkState.RUNNING])
    return busy.filter(made_at__lt=mine.made_at).count()
