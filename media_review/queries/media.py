"""Whether somebody may watch something at this moment, in one query; and if not, why."""

from uuid import UUID

from footage.kinds import ArtefactKind
from footage.models import Artefact
from footage.states import State as FilmState
from media_review.models import Clip, Filmed, Submission
from media_review.states import State
from people.actor import Actor

GONE = (FilmState.PURGING, FilmState.PURGED)
LOCKED = (
    "This film is locked: the family’s consent for this is no longer in force. "
    "Nothing you wrote is lost."
)
LEFT = (
    "This film is closed: its guider holds no role at present that works with film. "
    "Nothing you wrote is lost."
)
DESTROYED = "This film has been destroyed, as the family was promised. The words are kept."
NOT_READY = "This film is being prepared. It can be watched in a moment."


def artefact_for(actor: Actor, model: Filmed, pk: UUID, kind: ArtefactKind) -> Artefact | None:
    """The sealed object with its film, if this person may watch it now: consent is part of it.

    Where no 1080p film was made, the 720p film stands for it.
    """
    kinds = [kind, ArtefactKind.PROXY] if kind == ArtefactKind.FINE else [kind]
    allowed = model.objects.watchable_by(actor).filter(pk=pk).values("film")
    found = Artefact.objects.select_related("film").filter(film__state=FilmState.READY)
    return found.filter(kind__in=kinds, film__in=allowed).order_by("kind").first()


def why_not(actor: Actor, model: Filmed, pk: UUID) -> tuple[int, str]:
    """Status and sentence for somebody who may know that the film exists; 404 for a stranger."""
    row = model.objects.visible_to(actor).select_related("film").filter(pk=pk).first()
    if row is None and model is Clip and _was_shown(actor, pk):
        return 410, DESTROYED
    if row is None or row.film is None:
        return 404, ""
    if row.film.state in GONE:
        return 410, DESTROYED
    if not model.objects.watchable_by(actor).filter(pk=pk).exists():
        here = model.objects.of_guiders_here().filter(pk=pk)
        return 403, LOCKED if here.exists() else LEFT
    return 404 if row.film.is_ready else 409, NOT_READY


def _was_shown(actor: Actor, clip_id: UUID) -> bool:
    """True for a supervisor or peer of today who had this clip before them when its film went."""
    gone = Submission.objects.filter(submitted_clips__clip=clip_id, state=State.FILM_EXPIRED)
    sent = gone.exclude(trainee_id=actor.user_id).filter(sent_at__isnull=False)
    return sent.visible_to(actor).exists()
