"""Micro-analysis in the demo: what Maya marked in two of her films, second by second."""

from uuid import uuid4

from attunement.models import Principle
from media_review import services as review
from media_review.kinds import Part, Turn, Who
from media_review.models import Moment, Recording
from portal.demo.world.ground import World

PLAY = (
    (600, 2_600, (1,), Who.PARENT, "She looks at him before she moves."),
    (1_500, 4_200, (2,), Who.PARENT, "She waits. A whole breath."),
    (3_800, 5_600, (1, 3), Who.CHILD, "He looks up at her eyebrows."),
    (5_400, 7_400, (3,), Who.PARENT, "She answers with her eyebrows, then with a word."),
    (7_200, 8_500, (4,), Who.CHILD, "He laughs, and it is his turn again."),
    (9_500, 12_000, (4,), Who.BOTH, "Turn, turn, turn."),
    (12_400, 14_000, (5,), Who.PARENT, ""),
    (14_200, 16_500, (3, 4), Who.BOTH, "She says what he does. He does it again."),
)
REVIEW = (
    (2_000, 4_800, (2,), Turn.ACTIVATE, "“What did you see there?” And then I wait."),
    (5_200, 8_000, (3,), Turn.RECEIVE, "I say her word back to her."),
    (9_000, 11_500, (2,), Turn.ACTIVATE, ""),
)


def look(world: World, recordings: dict[str, Recording]) -> None:
    """Maya has looked closely at play, where she found a yes-cycle, and at her own review."""
    play = recordings["play-on-the-mat"]
    rows = [
        _moment(world, play, start, end, numbers, who=who, note=note)
        for start, end, numbers, who, note in PLAY
    ]
    parts = (Part.INITIATIVE, Part.RECEPTION, Part.TURN)
    review.keep_chain(
        actor=world.actor("maya"),
        recording_id=play.pk,
        chain_id=uuid4(),
        version=0,
        links=[(row.pk, part) for row, part in zip(rows[2:5], parts, strict=True)],
    )
    shown = recordings["lunch-in-the-high-chair"].clips.order_by("start_ms").first()
    about = shown.pk if shown and shown.recording.case_id == _case(recordings) else None
    for start, end, numbers, turn, note in REVIEW:
        facts = {"who": Who.GUIDER, "turn": turn, "note": note, "about_id": about}
        _moment(world, recordings["shared-review"], start, end, numbers, **facts)


def _case(recordings: dict[str, Recording]) -> object:
    return recordings["shared-review"].case_id


def _moment(
    world: World, row: Recording, start: int, end: int, numbers: tuple[int, ...], **facts: object
) -> Moment:
    principles = Principle.objects.filter(number__in=numbers).values_list("pk", flat=True)
    return review.keep_moment(
        actor=world.actor("maya"),
        recording_id=row.pk,
        moment_id=uuid4(),
        version=0,
        start_ms=start,
        end_ms=end,
        principle_ids=list(principles),
        **facts,
    )
