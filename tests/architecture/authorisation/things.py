"""The things that are asked for: one of each, the trainee's, made by the services of the rooms."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from people.kinds import Role
from people.models import RoleGrant, User
from tests.architecture.authorisation.asking import Knocker
from tests.architecture.authorisation.cast import Cast, gathered
from tests.caselogs.factories import ASKED, consented_case, cycle, days_ago, goal
from tests.caselogs.factories import case as new_case
from tests.people.factories import actor_of, person

Ids = dict[str, Any]


@dataclass
class World:
    """The cast, the ids of each thing by its name in the tables, and a browser for everybody."""

    cast: Cast
    ids: dict[str, Ids] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    knocker: Knocker = None  # type: ignore[assignment]

    def keep(self, thing: str, row: Any, **ids: Any) -> Any:
        """The thing can be asked for by these ids, or by its own."""
        self.rows[thing] = row
        self.ids[thing] = ids or {"pk": row.pk}
        return row

    def actor(self, part: str) -> Any:
        """The facts about this part of the cast."""
        return actor_of(self.cast[part])


def built() -> World:
    """A world in which everything exists once, seen from the trainee."""
    world = World(gathered())
    for make in MAKERS:
        make(world)
    world.knocker = Knocker(world.cast.people)
    suspended = world.cast["suspended"]
    User.objects.filter(pk=suspended.pk).update(suspended_at=timezone.now())
    return world


def _people(world: World) -> None:
    cast = world.cast
    world.keep("service", cast.service)
    world.keep("trainee", cast["trainee"])
    world.keep("role", RoleGrant.objects.get(user=cast["trainee"]))


def _course(world: World) -> None:
    from learning import queries, services
    from learning.models import LessonPage
    from portal.services import plant_home

    world.keep("home", plant_home(), **{"0": ""})
    course = services.plant_course()
    page = LessonPage.objects.descendant_of(course).live().order_by("path").first()
    lesson = queries.lesson_by_id(page.pk)
    assert lesson is not None
    *_, day, slug = [part for part in page.url_path.split("/") if part]
    world.keep("course", course, day=day)
    world.keep("course/lesson", page, day=day, lesson=slug)
    part = {"lesson_id": page.pk, "part_id": UUID(lesson.parts[0].id)}
    world.keep("part", lesson.parts[0], **part)
    world.keep("part/film", lesson.parts[0], **part, kind="poster")
    _parts(world)
    cohort = services.open_cohort(
        actor=world.actor("trainer"),
        course_id=course.pk,
        organisation_id=world.cast.home.pk,
        name="Spring",
        starts_on=timezone.localdate() - timedelta(days=30),
    )
    world.keep("cohort", cohort)
    member = services.join_cohort(cohort_id=cohort.pk, user_id=world.cast["trainee"].pk)
    day_row = cohort.days.first()
    world.keep("cohort/mark", member, pk=cohort.pk, day=day_row.pk, member=member.pk)


def _parts(world: World) -> None:
    """A part that takes words, and one that asks something."""
    from learning import queries
    from learning.models import LessonPage

    lessons = [
        queries.lesson_by_id(pk) for pk in LessonPage.objects.live().values_list("pk", flat=True)
    ]
    parts = [(lesson, part) for lesson in lessons if lesson for part in lesson.parts]
    for thing, has in {"part/note": "has_words", "part/check": "choices"}.items():
        lesson, chosen = next(pair for pair in parts if getattr(pair[1], has))
        world.keep(thing, chosen, lesson_id=lesson.id, part_id=UUID(chosen.id))


def _log(world: World) -> None:
    from caselogs import services

    case = consented_case(world.cast["trainee"])
    actor = world.actor("trainee")
    world.keep("case", case)
    world.keep("case/principle", case, pk=case.pk, number=1)
    world.keep("case/goal", goal(case))
    world.keep("case/cycle", cycle(case))
    world.keep("case/open_cycle", cycle(case, days_ago(3), None))
    closed = consented_case(world.cast["trainee"])
    services.close(actor=actor, case_id=closed.pk, ending="moved")
    world.keep("case/closed", closed)
    world.keep("case/fresh", new_case(world.cast["trainee"]))
    told = new_case(world.cast["trainee"])
    services.approach(actor=actor, case_id=told.pk)
    world.keep("case/told", told)


def _moments(world: World, actor: Any, recording: Any) -> None:
    from media_review import services

    first, second = (
        services.keep_moment(
            actor=actor,
            recording_id=recording.pk,
            moment_id=uuid4(),
            version=0,
            start_ms=at,
            end_ms=at + 2000,
        )
        for at in (1000, 4000)
    )
    world.keep("moment", first)
    links = [(first.pk, "initiative"), (second.pk, "reception")]
    ids = {"recording_id": recording.pk, "chain_id": uuid4(), "version": 0}
    world.keep("chain", services.keep_chain(actor=actor, links=links, **ids))


def _films(world: World) -> None:
    from media_review import services

    actor, case = world.actor("trainee"), world.rows["case"]
    recording = _ready(world, case)
    world.keep("recording", recording)
    empty = services.begin_recording(
        actor=actor, case_id=case.pk, kind="interaction", filmed_on=days_ago(2)
    )
    world.keep("recording/empty", empty)
    spare = services.begin_recording(
        actor=actor, case_id=case.pk, kind="shared_review", filmed_on=days_ago(2)
    )
    upload = services.begin_upload(
        actor=actor, recording_id=spare.pk, file_name="play.mp4", size=1000
    )
    world.keep("upload", upload)
    sent, waiting, loose = (
        services.mark_clip(
            actor=actor, recording_id=recording.pk, start_ms=at, end_ms=at + 5000, title=title
        )
        for at, title in ((0, "Sent"), (10_000, "Waiting"), (20_000, "Loose"))
    )
    world.keep("clip", sent)
    _moments(world, actor, recording)
    world.keep("loose_clip", loose)
    still = services.keep_still(actor=actor, recording_id=recording.pk, at_ms=4000)
    _watchable(still.film)
    world.keep("still", still)
    services.grant_viewing(
        actor=actor,
        clip_id=sent.pk,
        viewer_id=world.cast["external"].pk,
        until=timezone.now() + timedelta(days=7),
    )
    _threads(world, sent, waiting)


def _ready(world: World, case: Any) -> Any:
    """A recording whose film can be watched: sealed for real, but never transcoded."""
    from media_review import services
    from media_review.models import Recording

    actor = world.actor("trainee")
    recording = services.begin_recording(
        actor=actor, case_id=case.pk, kind="interaction", filmed_on=days_ago(10)
    )
    upload = services.begin_upload(
        actor=actor, recording_id=recording.pk, file_name="play.mp4", size=1000
    )
    _watchable(upload.film)
    return Recording.objects.get(pk=recording.pk)


def _watchable(film: Any) -> None:
    """The film has its four sealed parts; ffmpeg is left out, it has tests of its own."""
    from footage import keys, vault
    from footage.kinds import ArtefactKind
    from footage.models import Film
    from footage.states import State

    key = keys.film_key(film)
    for kind in (ArtefactKind.PROXY, ArtefactKind.POSTER, ArtefactKind.SPRITE, ArtefactKind.PEAKS):
        vault.keep(film, key, kind, uuid4(), memoryview(b"what a film holds " * 9)).save()
    Film.objects.filter(pk=film.pk).update(
        state=State.READY, duration_ms=60_000, width=1280, height=720, rate_num=25
    )


def _threads(world: World, sent: Any, waiting: Any) -> None:
    from media_review import services
    from media_review.kinds import CommentKind
    from media_review.services.clips import ensure_cut

    trainee, supervisor = world.actor("trainee"), world.actor("supervisor")
    words = {"supervisor_id": supervisor.user_id, "question": "Where do I wait?"}

    def composed(clip: Any) -> Any:
        return services.compose(actor=trainee, clip_ids=[clip.pk], **words)

    def spoken(clip: Any) -> Any:
        row = clip.submitted_clips.order_by("submission__begun_at").last()
        facts = {"note_id": uuid4(), "file_name": "note.webm", "size": 1000}
        upload = services.begin_note(actor=supervisor, submitted_clip_id=row.pk, **facts)
        _watchable(upload.film)
        return upload.film.spoken_note

    def commented(clip: Any, text: str, **more: Any) -> Any:
        span = {"start_ms": 0, "end_ms": 2000, "kind": CommentKind.STRENGTH, "words": text}
        row = clip.submitted_clips.order_by("submission__begun_at").last()
        return services.comment_draft(actor=supervisor, submitted_clip_id=row.pk, **span, **more)

    answered = composed(sent)
    services.submit(actor=trainee, submission_id=answered.pk)
    for clip in (sent, waiting):
        ensure_cut(clip, None)
        _watchable(clip.film)
    note = world.keep("note", spoken(sent))
    world.keep("submission/comment", commented(sent, "She waits.", note_id=note.pk))
    services.send_answer(actor=supervisor, submission_id=answered.pk)
    world.keep("submission", answered)
    open_one = composed(waiting)
    services.submit(actor=trainee, submission_id=open_one.pk)
    world.keep("waiting", open_one)
    world.keep("waiting/clip", open_one.submitted_clips.get())
    world.keep("loose_note", spoken(waiting))
    kept = services.mark_clip(
        actor=trainee, recording_id=sent.recording_id, start_ms=40_000, end_ms=45_000
    )
    world.keep("drafted_clip", kept)
    drafted = composed(kept)
    world.keep("draft", drafted)
    read = composed(sent)
    services.submit(actor=trainee, submission_id=read.pk)
    world.keep("unsent", commented(sent, "Not yet sent."))
    world.keep("read", read)
    world.keep("opening", services.add_opening(actor=supervisor, kind="strength", words="I saw…"))
    closed = composed(sent)
    services.submit(actor=trainee, submission_id=closed.pk)
    commented(sent, "He looks up.")
    services.send_answer(actor=supervisor, submission_id=closed.pk)
    services.close_with_reflection(
        actor=trainee, submission_id=closed.pk, reflection="I wait.", own_point="waiting"
    )
    world.keep("point", closed.working_points.get())


def _shared(world: World) -> None:
    """A group of two trainees, led by the service's manager, and clips sent to it."""
    from media_review import services
    from media_review.models import Clip
    from people import services as people

    trainee, manager = world.actor("trainee"), world.actor("manager")
    group = people.begin_group(actor=manager, name="Tuesday", organisation_id=world.cast.service.pk)
    world.keep("group", group)
    for part in ("trainee", "colleague"):
        member = people.join_group(actor=manager, group_id=group.pk, user_id=world.cast[part].pk)
    world.keep("group/member", member)
    case = consented_case(world.cast["trainee"], (*ASKED, "intervision"))
    recording = _ready(world, case)
    clip = services.mark_clip(
        actor=trainee, recording_id=recording.pk, start_ms=50_000, end_ms=55_000
    )
    shared = services.compose(
        actor=trainee, clip_ids=[clip.pk], group_id=group.pk, question="What do you see?"
    )
    services.submit(actor=trainee, submission_id=shared.pk)
    clip = world.keep("shared_clip", Clip.objects.select_related("film").get(pk=clip.pk))
    _watchable(clip.film)
    world.keep("shared", shared)
    world.keep("shared/clip", shared.submitted_clips.get())


def _looks(world: World) -> None:
    """A second look that waits for the guider's yes, and one in which the external codes too."""
    from attunement.models import Principle
    from media_review import services

    trainee, supervisor = world.actor("trainee"), world.actor("supervisor")
    row = world.rows["waiting/clip"]

    def asked(second: str) -> Any:
        return services.ask_second_look(
            actor=supervisor,
            look_id=uuid4(),
            submitted_clip_id=row.pk,
            second_id=world.cast[second].pk,
            ends_on=days_ago(-7),
        )

    world.keep("new_look", asked("other_external"))
    look = world.keep("look", asked("external"))
    services.agree_to_look(actor=trainee, look_id=look.pk)
    code = services.mark_code(
        actor=supervisor,
        look_id=look.pk,
        code_id=uuid4(),
        principle_id=Principle.objects.filter(framework=look.framework).first().pk,
        start_ms=0,
        end_ms=2000,
    )
    world.keep("look/code", code)


def _keeping(world: World) -> None:
    """Films whose keeping is read: one free, one with a hold asked for, one firmly held, a gone."""
    from media_review import services
    from media_review.models import Receipt

    trainee, manager = world.actor("trainee"), world.actor("manager")
    facts = {"until": days_ago(-30), "reason": "A court may ask.", "basis": "law"}
    world.keep("record", _sent(world))
    asked = services.ask_for_hold(actor=trainee, recording_id=_sent(world).pk, **facts)
    world.keep("hold", asked)
    firm = services.ask_for_hold(actor=trainee, recording_id=_sent(world).pk, **facts)
    services.confirm_hold(actor=manager, hold_id=firm.pk)
    world.keep("firm_hold", firm)
    services.discard_recording(actor=trainee, recording_id=_sent(world).pk)
    world.keep("receipt", Receipt.objects.get())


def _boards(world: World) -> None:
    """A storyboard, a review that has ended, its own film, and what was prepared of it."""
    from media_review import services
    from media_review.services.storyboards import Wanted

    actor, case = world.actor("trainee"), world.rows["case"]
    board = services.begin_board(actor=actor, case_id=case.pk)
    item = Wanted(f"clip:{world.rows['loose_clip'].pk}")
    services.arrange_board(actor=actor, board_id=board.pk, version=1, items=[item])
    world.keep("board", board)
    facts = {"started_at": timezone.now(), "ended_ms": 60_000}
    run = services.log_review(actor=actor, board_id=board.pk, run_id=uuid4(), **facts)
    world.keep("run", run)
    _anothers_review(world, case)
    film = services.begin_recording(
        actor=actor, case_id=case.pk, kind="shared_review", filmed_on=days_ago(1)
    )
    world.keep("review_film", film)
    other = services.begin_board(actor=actor, case_id=case.pk, cycle_id=world.rows["case/cycle"].pk)
    item = Wanted(f"clip:{world.rows['clip'].pk}")
    services.arrange_board(actor=actor, board_id=other.pk, version=1, items=[item])
    row = services.prepare_review(actor=actor, board_id=other.pk, preparation_id=uuid4())
    world.keep("preparation", row)
    world.keep("prepared_board", other)


def _anothers_review(world: World, case: Any) -> None:
    """A review of the same family that its supervisor held, before the case was the trainee's."""
    from media_review.models import ReviewRun

    now = timezone.now()
    owner = world.cast["supervisor"]
    facts = {"started_at": now, "ended_at": now + timedelta(hours=1), "owner": owner}
    world.keep("run_of_another", ReviewRun.objects.create(case=case, **facts))


def _sent(world: World) -> Any:
    """A recording whose film is on its way."""
    from media_review import services

    actor, case = world.actor("trainee"), world.rows["case"]
    row = services.begin_recording(
        actor=actor, case_id=case.pk, kind="interaction", filmed_on=days_ago(4)
    )
    services.begin_upload(actor=actor, recording_id=row.pk, file_name="play.mp4", size=1000)
    return row


def _keepsakes(world: World) -> None:
    """A family's film that is ready, and one that is being put together."""
    from media_review import keepsakes, services

    actor = world.actor("trainee")
    case = consented_case(world.cast["trainee"], scopes=["filming", "family_copy"])
    recording = _ready(world, case)
    clip = services.mark_clip(
        actor=actor, recording_id=recording.pk, start_ms=0, end_ms=5000, title="Kept"
    )
    facts = {"actor": actor, "case_id": case.pk, "clips": [(clip.pk, "A smile")]}
    row = services.compose_keepsake(keepsake_id=uuid4(), **facts)
    row = services.make_keepsake(actor=actor, keepsake_id=row.pk)
    clip.refresh_from_db()
    for film in (clip.film, row.film):
        _watchable(film)
    keepsakes.settle(row.pk)
    world.keep("keepsake", row)
    world.keep("keepsake/draft", services.compose_keepsake(keepsake_id=uuid4(), **facts))
    world.rows["keepsake/case"], world.rows["keepsake/clip"] = case, clip


def _messages(world: World) -> None:
    from notices.models import Notice

    world.keep("notice", Notice.objects.filter(to=world.cast["trainee"]).first())


def _road(world: World) -> None:
    from accreditation import services

    cast, registrar = world.cast, world.actor("registrar")
    planted = {p.code: p for p in services.plant_pathways(body=cast.home, actor=registrar)}
    three, eighteen = planted["three-stages"], planted["eighteen-cycles"]

    def enrolled(part: str, pathway: Any) -> Any:
        facts = {"trainee_id": cast[part].pk, "on": days_ago(80)}
        return services.enrol(actor=registrar, pathway_id=pathway.pk, **facts)

    enrolment = world.keep("enrolment", enrolled("trainee", three))
    stage = enrolment.stages.get()
    asked = stage.stage.requirements.first()
    world.keep("enrolment/number", asked, pk=stage.pk, requirement_id=asked.pk)
    world.keep("enrolment/stage", stage)
    world.keep("meeting", _meeting(world, stage, cast["external"], "supervisor"))
    far = enrolled("other_trainee", three).stages.get()
    _meeting(world, far, cast["other_external"], "registrar")
    world.keep("unplanned", enrolled("trainee", eighteen).stages.get())
    second = services.new_version(actor=registrar, pathway_id=eighteen.pk)
    award = _finished(world, enrolled("trainee", second))
    world.keep("certificate", services.issue_certificate(actor=registrar, decision_id=award.pk))
    number = world.rows["certificate"].number
    world.keep("public", world.rows["certificate"], number=number)
    world.keep("award", _finished(world, enrolled("colleague", second)))
    world.keep("own_award", _finished(world, enrolled("registrar", second)))
    world.keep("used", three)
    free = world.keep("free", services.new_version(actor=registrar, pathway_id=eighteen.pk))
    world.keep("free/stage", free.stages.first())
    world.keep("free/requirement", free.stages.first().requirements.first())
    world.keep("session", _session(world))
    hour = world.keep("hour", _hour(world))
    world.keep("hour/point", _point(world, hour))
    _letters(world)


def _meeting(world: World, stage: Any, external: Any, by: str) -> Any:
    from accreditation import services

    return services.plan_meeting(
        actor=world.actor(by),
        enrolled_stage_id=stage.pk,
        external_id=external.pk,
        planned_for=timezone.now() - timedelta(hours=1),
    )


def _finished(world: World, enrolment: Any) -> Any:
    """The decision that ends the whole pathway, each stage decided by somebody new."""
    from accreditation import services

    decision = None
    for _ in range(enrolment.pathway.stages.count()):
        somebody = person(Role.SUPERVISOR, world.cast.home, name="Past External")
        stage = enrolment.stages.get(closed_on=None)
        meeting = _meeting(world, stage, somebody, "officer")
        decision = services.decide(
            actor=actor_of(somebody),
            meeting_id=meeting.pk,
            outcome="progressed",
            words="She waits, and he comes.",
            exception="Prior learning",
        )
    return decision


def _session(world: World) -> Any:
    from accreditation import services

    return services.log_session(
        actor=world.actor("trainee"),
        trainee_id=world.cast["trainee"].pk,
        supervisor_id=world.cast["supervisor"].pk,
        held_on=days_ago(20),
        minutes=60,
    )


def _hour(world: World) -> Any:
    from accreditation import services

    return services.plan_hour(
        actor=world.actor("supervisor"),
        hour_id=uuid4(),
        trainee_id=world.cast["trainee"].pk,
        supervisor_id=world.cast["supervisor"].pk,
        planned_for=timezone.now(),
        minutes=60,
        place="Room 2",
    )


def _point(world: World, hour: Any) -> Any:
    from accreditation import services

    return services.add_point(
        actor=world.actor("trainee"), session_id=hour.pk, point_id=uuid4(), words="The pauses"
    )


def _letters(world: World) -> None:
    from accreditation import services

    facts = {"name": "New Person", "organisation_id": world.cast.service.pk}
    letter = services.invite(actor=world.actor("manager"), email="new@example.org", **facts)
    world.keep("invitation", letter)
    world.keep("letter", letter, token=letter.token)


MAKERS: list[Callable[[World], None]] = [
    _people,
    _course,
    _log,
    _films,
    _shared,
    _looks,
    _boards,
    _keeping,
    _keepsakes,
    _road,
    _messages,
]
