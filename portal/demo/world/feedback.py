"""How Ruth answers: openings of her own, a note said aloud, and what Maya took along before."""

import io
import subprocess
import tempfile
from pathlib import Path
from uuid import UUID, uuid4

from footage.receiving import Incoming
from footage.services import receive
from media_review import services as review
from media_review.kinds import CommentKind
from media_review.models import Clip, SpokenNote, SubmittedClip
from portal.demo import encoder, voices
from portal.demo.gestures import Turn
from portal.demo.world.ground import World

OPENINGS = (
    (CommentKind.STRENGTH, "I loved the way you…"),
    (CommentKind.STRENGTH, "Look at his face when you…"),
    (CommentKind.WONDERING, "I wonder what he is telling you when…"),
    (CommentKind.WORKING_POINT, "the waiting you show at…"),
)
SPOKEN_S = 6.0


def open_with(world: World) -> None:
    """Ruth’s own ways to begin are at hand."""
    for kind, words in OPENINGS:
        review.add_opening(actor=world.actor("ruth"), kind=kind, words=words)


def said_aloud(world: World, row: SubmittedClip) -> UUID:
    """Six seconds of Ruth’s voice about this clip have arrived; the id of the note."""
    data, note_id, ruth = _voice(), uuid4(), world.actor("ruth")
    upload = review.begin_note(
        actor=ruth,
        submitted_clip_id=row.pk,
        note_id=note_id,
        file_name="note.m4a",
        size=len(data),
    )
    incoming = Incoming(io.BytesIO(data), len(data))
    receive(actor=ruth, upload_id=upload.pk, offset=0, incoming=incoming)
    return note_id


def films_of_notes() -> list[UUID]:
    """The films of all notes, which the pipeline has still to prepare."""
    return list(SpokenNote.objects.values_list("film_id", flat=True))


def carried_before(world: World, clip: Clip) -> None:
    """An earlier conversation about one clip, closed: Maya carries two points out of it."""
    maya, ruth = world.actor("maya"), world.actor("ruth")
    sent = review.compose(
        actor=maya,
        clip_ids=[clip.pk],
        supervisor_id=world.people["ruth"].pk,
        question="Do I leave him enough time?",
    )
    review.submit(actor=maya, submission_id=sent.pk)
    row = sent.submitted_clips.get()
    said = [
        review.comment_draft(
            actor=ruth, submitted_clip_id=row.pk, kind=kind, start_ms=0, end_ms=4_000, words=words
        )
        for kind, words in (
            (CommentKind.STRENGTH, "You hold the spoon still, and he comes to it."),
            (CommentKind.WORKING_POINT, "this waiting, also when he looks away"),
        )
    ]
    review.send_answer(actor=ruth, submission_id=sent.pk)
    review.close_with_reflection(
        actor=maya,
        submission_id=sent.pk,
        reflection="I had not seen that I wait. I want to trust it.",
        taken={said[1].pk: "waiting while he looks away"},
        own_point="saying less, and looking longer",
    )


def _voice() -> bytes:
    """Something like speech, synthesised: AAC in MP4, as a tablet records it."""
    turns = (Turn(0.2, 0, "say", 2.4), Turn(3.1, 0, "reply", 1.2), Turn(4.5, 0, "say", 1.2))
    with tempfile.TemporaryDirectory() as folder:
        said, made = Path(folder) / "said.wav", Path(folder) / "said.m4a"
        voices.speak(turns, ("high", "high"), SPOKEN_S, 7, said)
        louder = ["-af", "volume=4", "-c:a", "aac", str(made)]
        command = [encoder.binary(), "-v", "error", "-y", "-i", str(said), *louder]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return made.read_bytes()
