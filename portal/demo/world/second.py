"""A second look in the demo: Ruth and Daniel have coded one of Maya's clips, each on their own."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from attunement.models import Principle
from caselogs.kinds import Scope
from caselogs.queries.consents import covered
from footage.states import State as FilmState
from media_review import services as review
from media_review.models import SubmittedClip
from media_review.states import SHOWN
from portal.demo.world.ground import World

SEEN = {  # by whom: principle, from, until, in hundredths of the clip
    "ruth": ((1, 0, 45), (2, 10, 40), (3, 55, 90)),
    "daniel": ((1, 5, 55), (2, 20, 45), (3, 60, 95)),
}


def look(world: World) -> None:
    """Both have finished, where a clip of Maya's is open to somebody from outside."""
    row = _open_to_daniel(world)
    if row is None:
        return
    ruth = world.actor("ruth")
    asked = review.ask_second_look(
        actor=ruth,
        look_id=uuid4(),
        submitted_clip_id=row.pk,
        second_id=world.people["daniel"].pk,
        ends_on=timezone.localdate() + timedelta(days=21),
    )
    review.agree_to_look(actor=world.actor("maya"), look_id=asked.pk)
    principles = {
        each.number: each.pk for each in Principle.objects.filter(framework=asked.framework)
    }
    for who, spans in SEEN.items():
        for number, start, end in spans:
            review.mark_code(
                actor=world.actor(who),
                look_id=asked.pk,
                code_id=uuid4(),
                principle_id=principles[number],
                start_ms=row.clip.length_ms * start // 100,
                end_ms=row.clip.length_ms * end // 100,
            )
        review.finish_coding(actor=world.actor(who), look_id=asked.pk)


def _open_to_daniel(world: World) -> SubmittedClip | None:
    sent = SubmittedClip.objects.filter(
        submission__trainee=world.people["maya"],
        submission__supervisor=world.people["ruth"],
        submission__state__in=SHOWN,
        clip__film__state=FilmState.READY,
    )
    agreed = [
        covered("clip__recording__case", scope)
        for scope in (Scope.FILMING, Scope.SUPERVISION, Scope.ACCREDITATION)
    ]
    return sent.filter(*agreed).select_related("clip").order_by("position").first()
