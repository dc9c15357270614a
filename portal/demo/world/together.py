"""Maya's shared reviews: one that was, beside its own film, and one that she has planned."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from media_review import services as review
from media_review.kinds import RecordingKind
from media_review.models import Recording
from media_review.services.storyboards import Wanted
from media_review.timings import Shown
from portal.demo.world.ground import World

OPENING = "What has stayed with you since we filmed?"
QUESTIONS = ("What do you see him do?", "And what did you do then?")


def plan(world: World) -> None:
    """A storyboard waits for the next visit; the last review stands beside its film."""
    actor = world.actor("maya")
    films = Recording.objects.filter(owner=world.people["maya"])
    planned, last = films.get(note="Play on the mat"), films.get(note="Lunch")
    board = review.begin_board(actor=actor, case_id=planned.case_id)
    run = review.log_review(
        actor=actor,
        board_id=board.pk,
        run_id=uuid4(),
        started_at=timezone.now() - timedelta(days=9),
        showings=[
            Shown(f"clip:{clip.pk}", at * 9_000, (at + 1) * 9_000)
            for at, clip in enumerate(last.clips.all())
        ],
        ended_ms=41 * 60_000,
    )
    film = films.get(kind=RecordingKind.SHARED_REVIEW)
    review.align_review(actor=actor, run_id=run.pk, recording_id=film.pk, at_ms=1_000)
    items = [
        Wanted(f"clip:{clip.pk}", question)
        for clip, question in zip(planned.clips.all(), QUESTIONS, strict=False)
    ]
    review.arrange_board(
        actor=actor, board_id=board.pk, version=board.version, items=items, opening=OPENING
    )
