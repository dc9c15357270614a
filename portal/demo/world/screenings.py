"""Films of the demo: drawn, sent through the real upload, prepared by the real pipeline."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections

from accreditation import services as practice
from accreditation.models import Meeting
from accreditation.states import MeetingState
from attunement.models import Principle
from caselogs.kinds import Scope
from caselogs.models import Case
from footage import pipeline
from footage.receiving import Incoming
from footage.services import receive
from media_review import services as review
from media_review.kinds import CommentKind, RecordingKind, Who
from media_review.models import Clip, Recording, Submission
from portal.demo.films import SCENES, cached_films
from portal.demo.world import feedback, looking, peers, study
from portal.demo.world.ground import World

FILMS = settings.VAR / "demo-films"


@dataclass(frozen=True, slots=True)
class Screening:
    """A film of one case: which drawing, how long ago, in which kind."""

    guider: str
    scene: str
    days_ago: int
    kind: str = RecordingKind.INTERACTION
    which: int = 0
    note: str = ""


SCREENINGS: tuple[Screening, ...] = (
    Screening("maya", "play-on-the-mat", 3, note="Play on the mat"),
    Screening("maya", "lunch-in-the-high-chair", 16, note="Lunch"),
    Screening("maya", "shared-review", 9, RecordingKind.SHARED_REVIEW, note="Shared review"),
    Screening("priya", "sofa-chat", 12, note="On the sofa"),
    Screening("ewa", "foster-carer-and-baby", 20, note="Feeding time"),
    Screening("ewa", "shared-review-second", 13, RecordingKind.SHARED_REVIEW, note="Review"),
)


def screen(world: World) -> None:
    """Films are ready; Maya has an answer to read, Ruth has clips to answer, others to show."""
    used = {each.scene for each in SCREENINGS}
    drawn = cached_films(FILMS, [scene for scene in SCENES if scene.name in used])
    recordings = {each.scene: send(world, each, drawn[each.scene]) for each in SCREENINGS}
    lesson_film = study.teaching_film(world, drawn[study.SLOW_SPOON[1]])
    prepare([lesson_film, *(recording.film_id for recording in recordings.values())])
    study.show(world, lesson_film)
    _answered(world, recordings)
    _waiting(world, recordings)
    _for_the_external(world, recordings)
    _to_show(world, recordings)
    looking.look(world, recordings)
    peers.gather(world)
    cuts = Clip.objects.exclude(film=None).values_list("film_id", flat=True)
    prepare([*cuts, *feedback.films_of_notes()])


def send(world: World, each: Screening, path: Path) -> Recording:
    """The film has arrived, sealed, as if from this guider's phone."""
    actor = world.actor(each.guider)
    case = _open_case(each)
    recording = review.begin_recording(
        actor=actor,
        case_id=case.pk,
        kind=each.kind,
        filmed_on=world.today - timedelta(days=each.days_ago),
        note=each.note,
    )
    size = path.stat().st_size
    upload = review.begin_upload(
        actor=actor, recording_id=recording.pk, file_name=path.name, size=size
    )
    with path.open("rb") as stream:
        receive(actor=actor, upload_id=upload.pk, offset=0, incoming=Incoming(stream, size))
    recording.refresh_from_db()
    return recording


def _open_case(each: Screening) -> Case:
    rows = Case.objects.filter(guider__email__startswith=f"{each.guider}@", closed_on=None)
    covered = rows.filter(consents__scopes__scope=Scope.SUPERVISION).distinct()
    return covered.order_by("-referred_on")[each.which]


def prepare(film_ids: list) -> None:
    """Every film is ready, two prepared at a time, by the pipeline that the worker uses."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_prepare_one, film_ids))


def _prepare_one(film_id: object) -> None:
    while pipeline.work_on(film_id):
        pass
    connections.close_all()


def _mark(world: World, recording: Recording, *spans: tuple) -> list[Clip]:
    principles = {row.number: row.pk for row in Principle.objects.all()}
    return [
        review.mark_clip(
            actor=world.actor(recording.owner.email.partition("@")[0]),
            recording_id=recording.pk,
            start_ms=start,
            end_ms=end,
            title=title,
            why=why,
            who=who,
            principle_ids=[principles[number] for number in numbers],
        )
        for start, end, title, why, who, numbers in spans
    ]


def _send_to_ruth(world: World, clips: list[Clip], question: str) -> Submission:
    actor = world.actor("maya")
    submission = review.compose(
        actor=actor,
        clip_ids=[clip.pk for clip in clips],
        supervisor_id=world.people["ruth"].pk,
        question=question,
    )
    return review.submit(actor=actor, submission_id=submission.pk)


def _answered(world: World, recordings: dict[str, Recording]) -> None:
    clips = _mark(
        world,
        recordings["lunch-in-the-high-chair"],
        (1_000, 8_000, "The spoon waits", "She waits for his mouth to open.", Who.BOTH, (1, 2)),
        (9_000, 15_000, "He shows her", "He points, she names it.", Who.BOTH, (3,)),
    )
    clips += _mark(
        world,
        recordings["shared-review"],
        (2_000, 10_000, "What did you see?", "I ask, and then I wait.", Who.GUIDER, (2, 3)),
    )
    feedback.open_with(world)
    feedback.carried_before(world, clips[0])
    submission = _send_to_ruth(
        world, clips, "Where do I receive the mother, before I ask my next question?"
    )
    first, second, third = submission.submitted_clips.order_by("position")
    spoken = feedback.said_aloud(world, third)
    for row, kind, start, end, words, numbers in (
        (first, CommentKind.STRENGTH, 500, 3_500, "She leans in and gives him time.", (1,)),
        (first, CommentKind.STRENGTH, 3_500, 6_000, "He opens, she follows. A turn.", (3, 4)),
        (second, CommentKind.WONDERING, 1_000, 4_000, "What might he be telling her here?", (3,)),
        (third, CommentKind.STRENGTH, 0, 3_000, "You waited a full three seconds.", (2,)),
        (third, CommentKind.WORKING_POINT, 3_500, 6_500, "More of her words, said back.", (3,)),
    ):
        aloud = {"note_id": spoken} if (row, start) == (third, 0) else {}
        _comment(world, row, kind, start, end, words, numbers, **aloud)
    review.send_answer(actor=world.actor("ruth"), submission_id=submission.pk)


def _comment(
    world: World, row: object, kind: str, start: int, end: int, words: str, numbers, **aloud: object
):
    principles = Principle.objects.filter(number__in=numbers).values_list("pk", flat=True)
    review.comment_draft(
        actor=world.actor("ruth"),
        submitted_clip_id=row.pk,
        kind=kind,
        start_ms=start,
        end_ms=end,
        words=words,
        principle_ids=list(principles),
        **aloud,
    )


def _for_the_external(world: World, recordings: dict[str, Recording]) -> None:
    """Ewa has chosen two moments that Daniel watches before her stage meeting."""
    clips = _mark(
        world,
        recordings["foster-carer-and-baby"],
        (1_000, 6_000, "A look, a smile", "He looks up, and she is there.", Who.BOTH, (1, 3)),
    )
    clips += _mark(
        world,
        recordings["shared-review-second"],
        (1_000, 6_000, "I wait", "I leave her time to say it first.", Who.GUIDER, (2,)),
    )
    meeting = Meeting.objects.get(
        enrolled_stage__enrolment__trainee=world.people["ewa"], state=MeetingState.PLANNED
    )
    practice.choose_clips(
        actor=world.actor("ewa"), meeting_id=meeting.pk, clip_ids=[clip.pk for clip in clips]
    )


def _waiting(world: World, recordings: dict[str, Recording]) -> None:
    play = recordings["play-on-the-mat"]
    clips = _mark(
        world,
        play,
        (1_500, 8_500, "The eyebrows", "He starts, she receives.", Who.BOTH, (3,)),
        (9_500, 16_500, "Give and take", "Turn, turn, turn.", Who.BOTH, (4,)),
    )
    _send_to_ruth(world, clips, "How do I help her see that it was she who made him laugh?")


def _to_show(world: World, recordings: dict[str, Recording]) -> None:
    """Priya has moments from which she chooses for her external."""
    _mark(
        world,
        recordings["sofa-chat"],
        (1_000, 8_000, "She waits for the look", "He turns, and she is there.", Who.BOTH, (1, 3)),
        (9_000, 15_000, "A chat on the sofa", "Three turns each.", Who.BOTH, (4,)),
    )
