"""One supervision hour that lies ahead: Maya and Ruth, with an agenda of both."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from accreditation import services as practice
from people.errors import RuleBroken
from portal.demo.world.ground import World

NAMES = UUID("5eed0000-0000-4000-8000-0000000000aa")
AGENDA = (
    ("maya", "The clip with the spoon: where do I wait long enough?"),
    ("ruth", "What the parent said in the shared review, in her own words"),
)


def plan(world: World) -> None:
    """In two days at half past nine, by video call; planned once a day that the demo is loaded."""
    day = timezone.localdate() + timedelta(days=2)
    hour_id = uuid5(NAMES, day.isoformat())
    try:
        practice.plan_hour(
            actor=world.actor("ruth"),
            hour_id=hour_id,
            trainee_id=world.people["maya"].pk,
            supervisor_id=world.people["ruth"].pk,
            planned_for=timezone.make_aware(datetime.combine(day, time(9, 30))),
            minutes=60,
        )
        for who, words in AGENDA:
            point_id = uuid5(hour_id, who)
            practice.add_point(
                actor=world.actor(who), session_id=hour_id, point_id=point_id, words=words
            )
    except RuleBroken:
        return
