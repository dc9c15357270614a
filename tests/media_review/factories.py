"""Recordings, clips, submissions and threads that arrive by the road a real one takes.

The film is a real one, checked and prepared by the real pipeline once a session; later films of the
session are handed the same finished parts, sealed with their own key.
"""

import io
from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from attunement.queries import principles
from attunement.services import plant_framework
from caselogs.models import Case
from caselogs.services import withdraw_consent
from footage import making, pipeline, vault, works
from footage import services as footage
from footage.kinds import ArtefactKind, Recipe
from footage.models import Artefact, Film, Upload
from footage.receiving import Incoming
from footage.rules import Facts
from media_review import services
from media_review.kinds import CommentKind
from media_review.models import (
    Clip,
    Comment,
    Moment,
    Recording,
    Storyboard,
    Submission,
    SubmittedClip,
)
from media_review.services.clips import ensure_cut
from media_review.services.storyboards import Wanted
from people import services as people
from people.kinds import Role
from people.models import Group, User
from tests.caselogs.factories import ASKED, consented_case
from tests.footage.films import landscape
from tests.people.factories import actor_of, organisation, person, tied

SECONDS = 6
QUESTION = "Where do I wait long enough?"
_parts: dict[str, tuple[Facts, dict[ArtefactKind, tuple[bytes, dict[str, Any]]]]] = {}


@cache
def film_bytes() -> bytes:
    """A small real film of six seconds."""
    return landscape(SECONDS).read_bytes()


def principle_ids(*numbers: int) -> list[UUID]:
    """The principles of these numbers in the framework of the house."""
    plant_framework()
    return [card.id for card in principles() if card.number in numbers]


def trainee_and_supervisor() -> tuple[User, User]:
    """Maya, supervised by Ruth today."""
    trainee = person(Role.TRAINEE, name="Maya Osei")
    supervisor = person(Role.SUPERVISOR, name="Ruth Whitlow")
    tied(supervisor, trainee)
    return trainee, supervisor


def recording(case: Case | None = None, **facts: Any) -> Recording:
    """A recording of 30 days ago of a family that agreed, still without its film."""
    row = case or consented_case()
    days = facts.pop("days", 30)
    facts = {
        "kind": "interaction",
        "filmed_on": timezone.localdate() - timedelta(days=days),
    } | facts
    return services.begin_recording(actor=actor_of(row.guider), case_id=row.pk, **facts)


def filmed(case: Case | None = None, **facts: Any) -> Recording:
    """A recording whose film has arrived and is ready to watch."""
    row = recording(case, **facts)
    upload = send_bytes(row)
    prepare(upload.film_id)
    return Recording.objects.select_related("film", "case", "owner").get(pk=row.pk)


def send_bytes(row: Recording) -> Upload:
    """The film of this recording has arrived, and nobody has looked at it yet."""
    actor, data = actor_of(row.owner), film_bytes()
    upload = services.begin_upload(
        actor=actor, recording_id=row.pk, file_name="play.mp4", size=len(data)
    )
    footage.receive(
        actor=actor, upload_id=upload.pk, offset=0, incoming=Incoming(io.BytesIO(data), len(data))
    )
    return upload


def prepare(film_id: UUID) -> None:
    """All open work on this film is done: by the pipeline at first, later from its parts."""
    film = Film.objects.get(pk=film_id)
    name = named(film)
    if name not in _parts:
        while pipeline.work_on(film_id):
            pass
        _parts[name] = _taken_from(Film.objects.get(pk=film_id))
        return
    while held := works.claim(film_id):
        _publish(held, *_parts[name]) if held.recipe != Recipe.CHECK else _accept(held, name)


def named(film: Film) -> str:
    """Films of one name hold the same in tests."""
    return f"{film.cut_start_ms}-{film.cut_end_ms}-{film.treatment}"


def _taken_from(film: Film) -> tuple[Facts, dict[ArtefactKind, tuple[bytes, dict[str, Any]]]]:
    assert film.is_ready, film.reason
    facts = SimpleNamespace(
        duration_ms=film.duration_ms,
        width=film.width,
        height=film.height,
        rate=film.rate,
        has_sound=film.has_sound,
    )
    rows = film.artefacts.exclude(kind=ArtefactKind.ORIGINAL).select_related("film")
    parts = {
        ArtefactKind(row.kind): (vault.reader(row).range(0, row.size), row.facts) for row in rows
    }
    return facts, parts  # type: ignore[return-value]


def _publish(held: works.Claim, facts: Facts, parts: dict[ArtefactKind, Any]) -> None:
    contents = {kind: (memoryview(data), places) for kind, (data, places) in parts.items()}
    making.publish(held, Film.objects.get(pk=held.film_id), facts, contents)


def _accept(held: works.Claim, name: str) -> None:
    upload = Film.objects.select_related("upload").get(pk=held.film_id).upload
    original = Artefact(
        film_id=held.film_id,
        kind=ArtefactKind.ORIGINAL,
        object=upload.object,
        runs=upload.runs,
        size=upload.size,
        media_type="application/octet-stream",
        sha256="0" * 64,
    )
    works.accept(held, original, _parts[name][0])


def clip(
    row: Recording | None = None, start_ms: int = 1000, end_ms: int = 3000, **words: Any
) -> Clip:
    """A clip of two seconds in a film that is ready."""
    row = row or filmed()
    numbers = words.pop("numbers", (1,))
    return services.mark_clip(
        actor=actor_of(row.owner),
        recording_id=row.pk,
        start_ms=start_ms,
        end_ms=end_ms,
        principle_ids=principle_ids(*numbers),
        **{"title": "The eyebrows", "why": "She waits.", **words},
    )


def moment(
    row: Recording | None = None, start_ms: int = 1000, end_ms: int = 3000, **facts: Any
) -> Moment:
    """A moment of two seconds in a film that is ready."""
    row = row or filmed()
    return services.keep_moment(
        actor=actor_of(row.owner),
        recording_id=row.pk,
        start_ms=start_ms,
        end_ms=end_ms,
        principle_ids=principle_ids(*facts.pop("numbers", (3,))),
        **{"moment_id": uuid4(), "version": 0, **facts},
    )


def composed(
    *, clips: int = 1, case: Case | None = None, supervisor: User | None = None
) -> Submission:
    """A draft submission of this many clips to the trainee's own supervisor."""
    if case is None:
        trainee, supervisor = trainee_and_supervisor()
        case = consented_case(trainee)
    film = filmed(case)
    chosen = [
        clip(film, at * 1000, at * 1000 + 1500, title=f"Clip {at + 1}") for at in range(clips)
    ]
    return services.compose(
        actor=actor_of(film.owner),
        clip_ids=[each.pk for each in chosen],
        supervisor_id=supervisor.pk,
        question=QUESTION,
    )


def grouped(*members: User, since: int = -30) -> Group:
    """A group that began 30 days ago, led by a manager who is no member, with these members."""
    place = organisation()
    leader = actor_of(person(Role.SERVICE_MANAGER, place))
    first = timezone.localdate() + timedelta(days=since)
    group = people.begin_group(actor=leader, name="Tuesday", organisation_id=place.pk, since=first)
    for member in members:
        people.join_group(actor=leader, group_id=group.pk, user_id=member.pk, since=first)
    return group


def shared(peer: User | None = None, **facts: Any) -> Submission:
    """A clip sent to a group of two, of a family that agreed to intervision."""
    trainee = person(Role.TRAINEE, name="Maya Osei")
    peer = peer or person(Role.TRAINEE, name="Priya Nair")
    group = grouped(trainee, peer)
    case = consented_case(trainee, (*ASKED, "intervision"))
    row = services.compose(
        actor=actor_of(trainee),
        clip_ids=[clip(filmed(case)).pk],
        group_id=group.pk,
        question=QUESTION,
        **facts,
    )
    row = services.submit(actor=actor_of(trainee), submission_id=row.pk)
    for each in row.submitted_clips.select_related("clip"):
        prepare(each.clip.film_id)
    return Submission.objects.get(pk=row.pk)


def submitted(**facts: Any) -> Submission:
    """Clips that the supervisor has been sent, each with its own film."""
    row = composed(**facts)
    row = services.submit(actor=actor_of(row.trainee), submission_id=row.pk)
    for each in row.submitted_clips.select_related("clip"):
        prepare(each.clip.film_id)
    return Submission.objects.get(pk=row.pk)


def opened(**facts: Any) -> Submission:
    """A submission the supervisor has opened."""
    row = submitted(**facts)
    return services.open_review(actor=actor_of(row.supervisor), submission_id=row.pk)


def drafted(row: SubmittedClip, **facts: Any) -> Comment:
    """A strength on half a second of the clip, not yet sent."""
    facts = {
        "kind": CommentKind.STRENGTH,
        "start_ms": 200,
        "end_ms": 900,
        "words": "You wait a full second here.",
        "principle_ids": principle_ids(2),
    } | facts
    supervisor = row.submission.supervisor
    return services.comment_draft(actor=actor_of(supervisor), submitted_clip_id=row.pk, **facts)


def answered(**facts: Any) -> Submission:
    """A submission with one strength that the trainee can read."""
    row = submitted(**facts)
    drafted(row.submitted_clips.first())
    return services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)


def closed(**facts: Any) -> Submission:
    """A submission the trainee has closed."""
    row = answered(**facts)
    return services.close_with_reflection(
        actor=actor_of(row.trainee), submission_id=row.pk, reflection="I wait, and it works."
    )


def take_back(case: Case, scope: str | None = None) -> None:
    """The family has changed its mind: about everything, or about this one purpose."""
    withdraw_consent(actor=actor_of(case.guider), case_id=case.pk, scope=scope)


def board(
    clips: int = 2, case: Case | None = None, *, cut: bool = False, **facts: Any
) -> Storyboard:
    """A storyboard with so many clips of a film that is ready; cut, each as a film of its own."""
    film = filmed(case, **facts)
    actor = actor_of(film.owner)
    row = services.begin_board(actor=actor, case_id=film.case_id, cycle_id=film.cycle_id)
    chosen = [
        clip(film, at * 1000, at * 1000 + 1500, title=f"Clip {at + 1}") for at in range(clips)
    ]
    items = [Wanted(f"clip:{each.pk}", f"What do you see in {each.title}?") for each in chosen]
    row = services.arrange_board(
        actor=actor, board_id=row.pk, version=1, items=items, opening="How has it been?"
    )
    for each in chosen if cut else []:
        ensure_cut(each, film.owner_id)
        prepare(each.film_id)
    return row
