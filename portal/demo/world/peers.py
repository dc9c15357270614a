"""Priya's clip before her intervision group, and Maya's and Ruth's looks at one scale."""

from caselogs import services as caselogs
from caselogs.kinds import Scope
from media_review import services as review
from media_review.kinds import CommentKind
from media_review.models import Recording, Submission
from media_review.queries.ratings import scale_of
from media_review.states import State
from people import services as people
from people.actor import Actor
from portal.demo.world import cast
from portal.demo.world.families import USUAL
from portal.demo.world.ground import World

LOOKS = {"maya": (1, 2, 2, 0), "ruth": (2, 2, 3, 1)}


def gather(world: World) -> None:
    """Peers have seen a clip and said what works; a scale was looked at by two."""
    _share(world)
    _look(world)


def _share(world: World) -> None:
    leader, priya, maya = (world.actor(key) for key in ("samir", "priya", "maya"))
    group = people.begin_group(
        actor=leader,
        name="Peterside Tuesday group",
        organisation_id=world.organisations[cast.PETERSIDE].pk,
        since=world.ago(40),
    )
    for member in (priya, maya):
        people.join_group(
            actor=leader, group_id=group.pk, user_id=member.user_id, since=world.ago(40)
        )
    film = Recording.objects.get(owner=priya.user_id, note="On the sofa")
    caselogs.record_consent(
        actor=priya,
        case_id=film.case_id,
        scopes=(*USUAL, Scope.INTERVISION),
        covered="the parent and the baby",
        given_on=world.today,
        evidence="the service’s own record",
    )
    clip = film.clips.order_by("start_ms").first()
    sent = review.compose(
        actor=priya,
        clip_ids=[clip.pk],
        group_id=group.pk,
        question="What do you see her do before he turns round?",
    )
    review.submit(actor=priya, submission_id=sent.pk)
    _say(maya, sent)


def _say(peer: Actor, sent: Submission) -> None:
    review.comment_draft(
        actor=peer,
        submitted_clip_id=sent.submitted_clips.get().pk,
        kind=CommentKind.STRENGTH,
        start_ms=500,
        end_ms=3_500,
        words="She keeps quite still, and her face is already waiting for him.",
    )
    review.send_answer(actor=peer, submission_id=sent.pk)


def _look(world: World) -> None:
    rows = Submission.objects.filter(trainee=world.people["maya"], state=State.ANSWERED)
    answered = rows.exclude(supervisor=None).order_by("begun_at").first()
    scale = scale_of(answered) if answered else None
    if answered is None or scale is None:
        return
    steps, items = list(scale.steps.all()), list(scale.items.all())
    for key, places in LOOKS.items():
        chosen = zip(items, places, strict=True)
        review.rate(
            actor=world.actor(key),
            submission_id=answered.pk,
            scale_id=scale.pk,
            steps={item.pk: (steps[place].pk, "") for item, place in chosen},
        )
