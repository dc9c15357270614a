"""Spoken notes: begun by the browser that recorded them, taken up by a comment, or thrown away."""

from uuid import UUID

from django.db import transaction

from caselogs.models import Case
from footage import services as footage
from footage.models import HOUSE, Film, Upload
from footage.receiving import clean_name
from footage.states import GONE, KEYLESS
from footage.states import State as FilmState
from ledger import services as ledger
from media_review import permissions, rings
from media_review.models import Clip, Comment, SpokenNote, SubmittedClip
from media_review.queries import peers
from media_review.states import Step, is_open
from people.actor import Actor
from people.errors import RuleBroken

NOT_HERE = (
    "Your recording has not reached Attune yet. It is kept on your device: please leave this page "
    "open until it says that it has arrived, then try again."
)
ON_ITS_WAY = (
    "One of your recordings is still on its way. Nothing is lost: please wait until it has "
    "arrived, then send."
)
UNUSABLE = "One of your recordings could not be used: {} Please record it again, or remove it."
NO_FILM = (
    "The film of this clip cannot be watched now, so nothing can be said aloud about it either. "
    "You can still write."
)
ENDED = "These clips are closed now, so nothing can be added to them."


@transaction.atomic
def begin_note(
    *, actor: Actor, submitted_clip_id: UUID, note_id: UUID, file_name: str, size: int
) -> Upload:
    """What was said about this clip is expected, on the ring of the clip's family.

    The same id again carries on where it stopped: a double press or a lost line makes one note.
    """
    rows = SubmittedClip.objects.select_related("submission", "clip__recording__case")
    row = rows.get(pk=submitted_clip_id)
    Case.objects.select_for_update().get(pk=row.clip.recording.case_id)
    known = SpokenNote.objects.select_related("film__upload").filter(pk=note_id).first()
    _require_possible(actor, row, known)
    if known and known.film and known.film.state not in KEYLESS:
        if (known.film.name, known.film.upload.size) == (clean_name(file_name), size):
            return known.film.upload
        raise RuleBroken("This recording is here already. Please record a new one.")
    upload = _expected(actor, row, file_name, size)
    facts = {"submitted_clip": row, "author_id": actor.user_id, "film_id": upload.film_id}
    note, _ = SpokenNote.objects.update_or_create(pk=note_id, defaults=facts)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.note_begun",
        subject=note,
        submission=row.submission_id,
    )
    return upload


def _require_possible(actor: Actor, row: SubmittedClip, known: SpokenNote | None) -> None:
    """Who speaks may do so, and may watch at this moment what they speak about."""
    peers.may_reply(actor, row.submission).require()
    if known and (known.author_id, known.submitted_clip_id) != (actor.user_id, row.pk):
        raise RuleBroken("Please open this page again, then record it once more.")
    if not any(is_open(row.submission.state, step) for step in (Step.OPEN, Step.ANSWER)):
        raise RuleBroken(ENDED)
    if not Clip.objects.watchable_by(actor).filter(pk=row.clip_id).exists():
        raise RuleBroken(NO_FILM)


def _expected(actor: Actor, row: SubmittedClip, file_name: str, size: int) -> Upload:
    recording = row.clip.recording
    rings.require_begun_since(recording)
    return footage.begin_upload(
        actor=actor,
        ring=rings.ring_for(recording.case),
        account=recording.case.organisation_id or HOUSE,
        file_name=file_name,
        size=size,
        page=row.submission.get_absolute_url(),
        about_id=recording.film_id,
        original_days=0,
        fine=False,
    )


@transaction.atomic
def remove_note(*, actor: Actor, note_id: UUID) -> None:
    """What was said and not yet sent is destroyed; the written words of its comment stay."""
    note = SpokenNote.objects.select_for_update().get(pk=note_id)
    comment = Comment.objects.select_for_update().filter(spoken=note).first()
    permissions.may_remove_note(actor, note, comment).require()
    if comment:
        if not comment.words:
            raise RuleBroken("This comment has no words yet. Please write some, or remove it.")
        comment.spoken = None
        comment.save(update_fields=["spoken"])
    discard_note(actor, note)


def note_for(
    actor: Actor, row: SubmittedClip, note_id: UUID | None, comment_id: UUID | None
) -> SpokenNote | None:
    """The note of this id, ready to be taken up by this comment; RuleBroken when it is not."""
    if note_id is None:
        return None
    note = SpokenNote.objects.select_related("film", "comment").filter(pk=note_id).first()
    if note is None or note.film is None or note.film.state in GONE:
        raise RuleBroken(NOT_HERE)
    if (note.author_id, note.submitted_clip_id) != (actor.user_id, row.pk):
        raise RuleBroken("This recording belongs to another clip. Please record it again here.")
    taken_by = getattr(note, "comment", None)
    if taken_by and taken_by.pk != comment_id:
        raise RuleBroken("This recording belongs to another comment already.")
    return note


def require_whole(note: SpokenNote) -> None:
    """All of the note is here, and it can be heard or soon will be; RuleBroken otherwise."""
    film = note.film
    if film is None or film.state == FilmState.RECEIVING:
        raise RuleBroken(ON_ITS_WAY)
    if film.state in (FilmState.REJECTED, FilmState.FAILED):
        raise RuleBroken(UNUSABLE.format(film.reason))


def discard_note(actor: Actor, note: SpokenNote) -> None:
    """Nothing of the note can be opened any more."""
    film_id = note.film_id
    note.delete()
    if film_id and Film.objects.filter(pk=film_id).exclude(state__in=KEYLESS).exists():
        footage.purge(user_id=actor.user_id, film_id=film_id)
