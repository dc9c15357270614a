"""The course in the demo: a cohort that finished, and one that has just begun."""

from pathlib import Path
from uuid import UUID

from footage import services as footage
from footage.receiving import Incoming
from learning import services as learning
from learning.kinds import PartKind
from learning.models import CohortDay, CohortMember, CoursePage, LessonPage
from learning.queries import lesson_by_id
from learning.rules import TEACHING_RING
from portal.demo.world import cast
from portal.demo.world.ground import World

SLOW_SPOON = ("attentive-and-encouraging", "lunch-in-the-high-chair")
FINISHED = ("grace", "aisha", "ewa", "maya", "priya")
BEGUN = ("tom",)
NOTE = "I thought of a feed last week: I filled every pause. Next time I will count to five."


def attend(world: World) -> None:
    """Five people were there for both days; Maya read it all, Tom is in the second lesson."""
    course = CoursePage.objects.get()
    for name, days_ago, who, was_there in (
        ("Spring, two days in Haringdale", 590, FINISHED, True),
        ("Autumn, two days in Peterside", 1, BEGUN, False),
    ):
        cohort = learning.open_cohort(
            actor=world.actor("daniel"),
            course_id=course.pk,
            organisation_id=world.organisations[cast.BODY].pk,
            name=name,
            starts_on=world.ago(days_ago),
        )
        for key in who:
            member = learning.join_cohort(cohort_id=cohort.pk, user_id=world.people[key].pk)
            _sign(world, cohort, member, both=was_there)
    lessons = list(LessonPage.objects.live().order_by("path").values_list("pk", flat=True))
    for lesson_id in lessons:
        _read(world, "maya", lesson_id)
    _read(world, "tom", lessons[0])
    _read(world, "tom", lessons[1], parts=3)


def _sign(world: World, cohort: object, member: CohortMember, *, both: bool) -> None:
    days = list(CohortDay.objects.filter(cohort=cohort).order_by("number"))
    for day in days if both else days[:1]:
        learning.mark_attendance(
            actor=world.actor("daniel"), day_id=day.pk, member_id=member.pk, attended=True
        )


def _read(world: World, key: str, lesson_id: int, parts: int = 99) -> None:
    actor = world.actor(key)
    lesson = lesson_by_id(lesson_id)
    for part in lesson.parts[:parts]:
        if part.kind == PartKind.KNOWLEDGE_CHECK:
            learning.answer(
                actor=actor,
                lesson_id=lesson_id,
                block_id=part.id,
                choice_id=next(c.id for c in part.choices if c.fits),
            )
            continue
        if part.has_words and part.kind == PartKind.REFLECTION:
            learning.keep_note(actor=actor, lesson_id=lesson_id, block_id=part.id, words=NOTE)
        learning.tick(actor=actor, lesson_id=lesson_id, block_id=part.id)


def teaching_film(world: World, path: Path) -> UUID:
    """A drawn film has arrived on the ring of teaching films, which holds no family's."""
    actor, size = world.actor("lena"), path.stat().st_size
    upload = footage.begin_upload(
        actor=actor, ring=TEACHING_RING, file_name=path.name, size=size, page="/course/"
    )
    with path.open("rb") as stream:
        footage.receive(actor=actor, upload_id=upload.pk, offset=0, incoming=Incoming(stream, size))
    return upload.film_id


def show(world: World, film_id: UUID) -> None:
    """The lesson on being attentive shows the film in its film part."""
    lesson = LessonPage.objects.get(slug=SLOW_SPOON[0])
    part = next(part for part in lesson_by_id(lesson.pk).parts if part.kind == PartKind.FILM)
    learning.attach_film(
        actor=world.actor("lena"), lesson_id=lesson.pk, block_id=part.id, film_id=film_id
    )
