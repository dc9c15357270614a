"""The demo's group has a clip before it, and two have looked with one scale."""

import pytest

from attunement.models import Scale
from media_review import services
from media_review.models import Rating, Submission
from media_review.states import State
from people.kinds import Role
from portal.demo.world import peers
from portal.demo.world.cast import PETERSIDE
from portal.demo.world.ground import World
from tests.caselogs.factories import consented_case
from tests.media_review import factories as make
from tests.people.factories import actor_of, organisation, person, tied

pytestmark = pytest.mark.django_db


def test_a_clip_is_before_the_group_and_two_looked_with_one_scale():
    place, world = organisation(), World()
    world.organisations[PETERSIDE] = place
    for key, role in {
        "samir": Role.SERVICE_MANAGER,
        "priya": Role.TRAINEE,
        "maya": Role.TRAINEE,
        "ruth": Role.SUPERVISOR,
    }.items():
        world.people[key] = person(role, place)
    tied(world.people["ruth"], world.people["maya"])
    make.clip(make.filmed(consented_case(world.people["priya"]), note="On the sofa"), 1000, 5000)
    row = make.submitted(case=consented_case(world.people["maya"]), supervisor=world.people["ruth"])
    make.drafted(row.submitted_clips.first())
    services.send_answer(actor=actor_of(world.people["ruth"]), submission_id=row.pk)

    peers.gather(world)

    shared = Submission.objects.get(group__isnull=False)
    assert (shared.state, shared.trainee) == (State.ANSWERED, world.people["priya"])
    assert Rating.objects.count() == 2 * Scale.objects.get().items.count()
