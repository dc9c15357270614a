"""A submitted clip with five hundred comments on one page, as its supervisor opens it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from benchmarks.floors.bare_view import bare_view
from benchmarks.pages import ask, guider, house, person, session_of

NAME = "clip page, comments"
# MediaCMS needs 28 ms where a bare page needs 1.7 ms (shared/bars.md): 0.35 times that.
BAR = 0.35 * 28 / 1.7
QUERIES = 12
SIZES = (50, 500)


def prepare(comments: int) -> tuple[Any, Any, str, str]:
    """A clip sent to a supervisor, and so many strengths, wonderings and working points on it."""
    supervisor = supervising()
    submission = sent_to(supervisor)
    talked_about(submission, supervisor, comments)
    return bare_view(), house(), session_of(supervisor), submission.get_absolute_url()


def floor(state: tuple[Any, Any, str, str]) -> bytes:
    """The session, the person and two queries, on a page of one line."""
    return ask(state[0], "/bare/?queries=2", cookie=state[2])


def ours(state: tuple[Any, Any, str, str]) -> bytes:
    """The page as it is sent, with every comment."""
    return ask(state[1], state[3], cookie=state[2])


def supervising() -> Any:
    """Somebody who supervises today."""
    from people.kinds import OrganisationKind, Role
    from people.models import Organisation
    from people.services import first_role

    user = person("answers@example.org")
    place = Organisation.objects.get_or_create(name="Bench", kind=OrganisationKind.SERVICE)[0]
    first_role(user_id=user.pk, role=Role.SUPERVISOR, organisation_id=place.pk)
    return user


def sent_to(supervisor: Any) -> Any:
    """A submission of one clip whose film has gone: its words are what this bench is about."""
    from caselogs.models import Case
    from media_review.models import Clip, Recording, Submission, SubmittedClip
    from people.models import SupervisionTie

    trainee = guider("asks@example.org")
    SupervisionTie.objects.get_or_create(
        supervisor=supervisor, supervisee=trainee, since=timezone.localdate() - timedelta(days=9)
    )
    case = Case.objects.create(code=f"BENCH-{Case.objects.count()}", guider=trainee)
    recording = Recording.objects.create(
        case=case, owner=trainee, kind="interaction", filmed_on=timezone.localdate()
    )
    clip = Clip.objects.create(recording=recording, start_ms=0, end_ms=60_000, title="Waiting")
    submission = Submission.objects.create(
        trainee=trainee,
        supervisor=supervisor,
        question="Where do I wait?",
        state="answered",
        sent_at=timezone.now(),
    )
    SubmittedClip.objects.create(submission=submission, clip=clip, position=1)
    return submission


def talked_about(submission: Any, supervisor: Any, comments: int) -> None:
    """Comments on spans all over the clip, each with a principle, every fifth answered."""
    from attunement.queries import principles
    from attunement.services import plant_framework
    from media_review.kinds import ABOUT_A_SPAN, CommentKind
    from media_review.models import Comment

    plant_framework()
    cards, row = principles(), submission.submitted_clips.get()
    now, kinds = timezone.now(), list(ABOUT_A_SPAN)
    fresh = [
        Comment(
            submitted_clip=row,
            author=supervisor,
            kind=kinds[number % 3],
            start_ms=number * 100,
            end_ms=number * 100 + 900,
            words="You wait, and she turns to you. Then you say what you see.",
            sent_at=now,
        )
        for number in range(comments * 4 // 5)
    ]
    rows = Comment.objects.bulk_create(fresh)
    tags = Comment.principles.through
    tags.objects.bulk_create(
        tags(comment_id=one.pk, principle_id=cards[number % len(cards)].id)
        for number, one in enumerate(rows)
    )
    Comment.objects.bulk_create(
        Comment(
            submitted_clip=row,
            author=submission.trainee,
            kind=CommentKind.REPLY,
            words="Thank you, I had not seen it.",
            in_reply_to=one,
            sent_at=now,
        )
        for one in rows[: comments - len(rows)]
    )
