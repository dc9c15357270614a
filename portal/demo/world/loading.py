"""Loading the demo, step by step, through the services of every room."""

from collections.abc import Callable

from django.db import transaction

from accreditation import services as practice
from attunement import services as attunement
from learning import services as learning
from ledger import services as ledger
from ledger.models import Line
from notices import services as notices
from people.models import User
from portal import services as portal
from portal.demo.world import (
    cast,
    ground,
    hours,
    keeping,
    road,
    screenings,
    second,
    services,
    study,
    together,
)
from portal.demo.world.families import Family, bring

Say = Callable[[str], None]
LOADED = "portal.demo_loaded"


class HalfLoaded(Exception):
    """An earlier loading was stopped half-way: the demo has to be made afresh."""


def load(say: Say) -> bool:
    """The demo is whole; False when it was already. Raises HalfLoaded when a part is missing."""
    if Line.objects.filter(verb=LOADED).exists():
        return False
    if User.objects.filter(email=cast.CAST[0].email).exists():
        raise HalfLoaded
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
    second.look(world)
    together.plan(world)
    keeping.keep(world)
    road.wait_for_ruth(world)
    hours.plan(world)
    with transaction.atomic():
        ledger.record(user_id=None, verb=LOADED, subject=world.organisations[cast.BODY])
    return True


def _ground() -> ground.World:
    portal.plant_home()
    learning.plant_course()
    attunement.plant_framework()
    world = ground.lay()
    practice.plant_pathways(body=world.organisations[cast.BODY])
    study.attend(world)
    return world
