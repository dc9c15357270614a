"""The roads of the demo's trainees: enrolments, supervision, meetings, one certificate."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from accreditation import services as practice
from accreditation.kinds import Outcome, SessionKind
from accreditation.models import EnrolledStage, Pathway
from people.errors import RuleBroken
from portal.demo.world import cast
from portal.demo.world.families import Family, bring
from portal.demo.world.ground import World


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stage as it was walked: from and until (days ago), cycles a family, sessions held."""

    began: int
    until: int
    cycles: tuple[int, ...]
    sessions: int
    external: str = ""
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Road:
    """A trainee's stages, in order."""

    trainee: str
    supervisor: str
    service: str
    stretches: tuple[Stretch, ...]


ROADS: tuple[Road, ...] = (
    Road(
        "grace",
        "ines",
        cast.HARINGDALE,
        (
            Stretch(565, 420, (3, 3), 7, "daniel"),
            Stretch(420, 272, (3, 3, 3), 8, "ruth"),
            Stretch(272, 18, (4, 4, 4), 8, "daniel"),
        ),
    ),
    Road(
        "aisha",
        "ines",
        cast.HARINGDALE,
        (
            Stretch(540, 396, (3, 3), 7, "ruth"),
            Stretch(396, 250, (3, 4, 2), 8, "daniel"),
            Stretch(250, 6, (4, 4, 4), 8, "ruth"),
        ),
    ),
    Road(
        "ewa",
        "ines",
        cast.HARINGDALE,
        (
            Stretch(505, 362, (4, 2), 7, "daniel"),
            Stretch(362, 214, (3, 3, 3), 8, "ruth"),
            Stretch(214, 3, (4, 4, 4), 8, "daniel", closed=False),
        ),
    ),
    Road(
        "maya",
        "ruth",
        cast.PETERSIDE,
        (
            Stretch(262, 79, (3, 3), 7, "daniel"),
            Stretch(79, 4, (3, 2), 4, closed=False),
        ),
    ),
    Road("priya", "ruth", cast.PETERSIDE, (Stretch(160, 5, (3, 3), 7, "daniel", closed=False),)),
    Road("tom", "ruth", cast.PETERSIDE, (Stretch(12, 0, (), 0, closed=False),)),
)
STRENGTHS = (
    "You waited, again and again, and each time the parent found the words before you did. "
    "Your own turns were short, and you received what came."
)
REFLECTION = (
    "When I began I looked for what went wrong. Now I see the waiting, and I can wait myself. The "
    "clip in which the parent laughs at her own surprise taught me more than any book. I still "
    "hurry when time is short, and my supervisor and I have made that my working point."
)


def walk(world: World) -> None:
    """Every trainee stands where the cast says they stand."""
    pathway = Pathway.objects.get(body=world.organisations[cast.BODY], code="three-stages")
    for road in ROADS:
        enrolment = practice.enrol(
            actor=world.actor("helen"),
            trainee_id=world.people[road.trainee].pk,
            pathway_id=pathway.pk,
            organisation_id=world.organisations[road.service].pk,
            on=world.ago(road.stretches[0].began),
        )
        for number, stretch in enumerate(road.stretches, 1):
            stage = enrolment.stages.get(stage__number=number)
            _live(world, road, stretch, number)
            if stretch.external:
                _close(world, road, stretch, stage)


def _live(world: World, road: Road, stretch: Stretch, number: int) -> None:
    for place, cycles in enumerate(stretch.cycles):
        began = stretch.began - 4 - place * 16
        every = max((began - stretch.until - 10) // max(cycles, 1), 8)
        last = stretch.closed or place < len(stretch.cycles) - 2
        bring(
            world,
            Family(
                road.trainee,
                began,
                cycles,
                min(every, 16),
                ending="completed" if last else "",
            ),
        )
    for place in range(stretch.sessions):
        step = (stretch.began - stretch.until - 6) / max(stretch.sessions, 1)
        _session(world, road, round(stretch.began - 5 - place * step))
    if number > 1:
        _session(world, road, stretch.began - 3, SessionKind.INTRODUCTION)


def _session(world: World, road: Road, days_ago: int, kind: str = SessionKind.SUPERVISION) -> None:
    session = practice.log_session(
        actor=world.actor(road.trainee),
        trainee_id=world.people[road.trainee].pk,
        supervisor_id=world.people[road.supervisor].pk,
        held_on=world.ago(days_ago),
        minutes=60,
        kind=kind,
    )
    practice.confirm_session(actor=world.actor(road.supervisor), session_id=session.pk)


def _close(world: World, road: Road, stretch: Stretch, stage: EnrolledStage) -> None:
    ahead = not stretch.closed
    day = world.today + timedelta(days=stretch.until) if ahead else world.ago(stretch.until)
    if stage.stage.reflection_days_before:
        practice.share_reflection(
            actor=world.actor(road.trainee),
            enrolled_stage_id=stage.pk,
            words=REFLECTION,
        )
    meeting = practice.plan_meeting(
        actor=world.actor("helen"),
        enrolled_stage_id=stage.pk,
        external_id=world.people[stretch.external].pk,
        planned_for=timezone.make_aware(datetime.combine(day, time(10, 30))),
    )
    if ahead:
        return
    decision = practice.decide(
        actor=world.actor(stretch.external),
        meeting_id=meeting.pk,
        outcome=Outcome.PROGRESSED,
        words=STRENGTHS,
        working_points="More of the long pauses, also when you are short of time.",
        held_on=day,
    )
    if road.trainee == "grace" and stage.stage.number == len(road.stretches):
        award(world, decision.pk)


def award(world: World, decision_id: object) -> None:
    """Grace has her certificate and stands in the register."""
    certificate = practice.issue_certificate(
        actor=world.actor("helen"), decision_id=decision_id, on=world.ago(12)
    )
    practice.join_register(
        actor=world.actor("grace"), certificate_id=certificate.pk, place="Haringdale"
    )


def wait_for_ruth(world: World) -> None:
    """Maya has logged a supervision that Ruth has not confirmed yet."""
    try:
        practice.log_session(
            actor=world.actor("maya"),
            trainee_id=world.people["maya"].pk,
            supervisor_id=world.people["ruth"].pk,
            held_on=world.ago(1),
            minutes=60,
            words="We looked at the clip in which she waits. Next time: her own words first.",
        )
    except RuleBroken:
        return
