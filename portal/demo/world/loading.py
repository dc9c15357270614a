"""Loading the demo, step by step, through the services of every room."""

from collections.abc import Callable

from django.db import transaction

from accreditation import services as practice
from accreditation.models import Enrolment
from attunement import services as attunement
from learning import services as learning
from notices import services as notices
from portal import services as portal
from portal.demo.world import cast, ground, road, screenings, services, study
from portal.demo.world.families import Family, bring

Say = Callable[[str], None]


def load(say: Say) -> bool:
    """The demo is there; False when it was already."""
    if Enrolment.objects.exists():
        return False
    say("Bringing people, organisations and the course.")
    with transaction.atomic():
        world = _ground()
    say("Writing the case logs and the trainees' roads.")
    with transaction.atomic():
        road.walk(world)
        services.bring_families(world)
        services.plan_time(world)
        bring(world, Family("tom", 5, 0, code="T1"))
        notices.hush()
    say("Drawing the films and sending them through the real pipeline.")
    screenings.screen(world)
    road.wait_for_ruth(world)
    return True


def _ground() -> ground.World:
    portal.plant_home()
    learning.plant_course()
    attunement.plant_framework()
    world = ground.lay()
    practice.plant_pathways(body=world.organisations[cast.BODY])
    study.attend(world)
    return world
