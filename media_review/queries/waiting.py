"""Who waits for whom: the supervisor's list, the trainee's answers, the next step with a film."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from caselogs.kinds import Scope
from caselogs.queries.consents import covered
from media_review import rules
from media_review.models import Recording, Submission, SubmittedClip
from media_review.states import WAITING, State
from people.actor import Actor

AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """One submission in a list: who, what question, how long, one still."""

    id: UUID
    url: str
    other: str
    group: str
    version: int
    question: str
    clip_count: int
    state: str
    word: str
    waited: str
    sent_at: Any
    poster: str
    comment_count: int
    is_mine: bool
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class FilmStep:
    """What a trainee can do next with film."""

    kind: str
    title: str
    text: str
    label: str
    url: str
    minutes: int


def waiting_for(actor: Actor) -> tuple[Waiting, ...]:
    """What waits for this supervisor's answer, the longest waiting first. Three queries.

    Of several versions the newest that was sent.
    """
    rows = Submission.objects.visible_to(actor).filter(
        supervisor_id=actor.user_id, state__in=WAITING
    )
    rows = rows.newest()
    return _listed(rows.order_by("sent_at"), actor)


def answered_by(actor: Actor) -> tuple[Waiting, ...]:
    """What this supervisor has answered or seen closed, newest first. Three queries."""
    rows = Submission.objects.visible_to(actor).filter(supervisor_id=actor.user_id)
    return _listed(rows.exclude(state__in=WAITING).order_by("-answered_at", "-sent_at"), actor)


def shared_by_peers(actor: Actor) -> tuple[Waiting, ...]:
    """What peers sent to the groups this person is in today, newest first. Three queries."""
    rows = Submission.objects.visible_to(actor).exclude(group=None)
    return _listed(rows.exclude(trainee_id=actor.user_id).order_by("-sent_at"), actor)


def answers_for(actor: Actor) -> tuple[Waiting, ...]:
    """Answers this trainee has not closed with a reflection yet, newest first. Three queries."""
    rows = Submission.objects.filter(trainee_id=actor.user_id, state=State.ANSWERED)
    return _listed(rows.order_by("-answered_at"), actor)


def sent_by(actor: Actor) -> tuple[Waiting, ...]:
    """Everything this trainee has composed or sent, newest first. Three queries."""
    rows = Submission.objects.filter(trainee_id=actor.user_id)
    return _listed(rows.order_by("-begun_at"), actor)


def _listed(rows: Any, actor: Actor) -> tuple[Waiting, ...]:
    clips = SubmittedClip.objects.select_related("clip__film").annotate(
        is_filmed=covered("clip__recording__case", Scope.FILMING),
        is_shown=covered("clip__recording__case", Scope.SUPERVISION),
        is_shared=covered("clip__recording__case", Scope.INTERVISION),
    )
    about = Q(submitted_clips__comments__in_reply_to=None) & Q(
        submitted_clips__comments__sent_at__isnull=False
    )
    found = (
        rows.with_names()
        .prefetch_related(Prefetch("submitted_clips", queryset=clips))
        .annotate(comment_count=Count("submitted_clips__comments", filter=about))
    )
    return tuple(_one(row, actor) for row in found[:AT_ONCE])


def _one(row: Submission, actor: Actor) -> Waiting:
    clips = list(row.submitted_clips.all())
    is_mine = row.trainee_id == actor.user_id
    days = (timezone.localdate() - timezone.localdate(row.sent_at)).days if row.sent_at else 0
    return Waiting(
        id=row.pk,
        url=row.get_absolute_url(),
        other=row.to if is_mine else row.trainee.name,
        group=row.group.name if row.group and not is_mine else "",
        version=row.version,
        question=row.question or "No question written yet",
        clip_count=len(clips),
        state=row.state,
        word=row.get_state_display().capitalize(),
        waited=rules.waited_words(days),
        sent_at=row.sent_at,
        poster=_poster(row, clips, is_mine),
        comment_count=row.comment_count,
        is_mine=is_mine,
        is_waiting=row.state in WAITING and not row.group_id,
    )


def _poster(submission: Submission, clips: list[SubmittedClip], is_mine: bool) -> str:
    for row in clips:
        shown = row.is_shared if submission.group_id else row.is_shown
        allowed = row.is_filmed and (is_mine or shown)
        if allowed and row.clip.film and row.clip.film.is_ready:
            return reverse("media_review:clip-poster", args=[row.clip_id])
    return ""


def next_film_step(actor: Actor) -> FilmStep | None:
    """The one next step with film for this trainee, in two queries; None when there is none."""
    answer = (
        Submission.objects.filter(trainee_id=actor.user_id, state=State.ANSWERED)
        .select_related("supervisor", "group")
        .order_by("answered_at")
        .first()
    )
    if answer:
        who = answer.supervisor.first_name if answer.supervisor else answer.to
        return FilmStep(
            "answer",
            f"Read what {who} saw in your clips",
            "Reply where you like, then close with a sentence or two of your own.",
            "Read and reply",
            answer.get_absolute_url(),
            15,
        )
    return _step_of_newest(actor)


def _step_of_newest(actor: Actor) -> FilmStep | None:
    rows = Recording.objects.watchable_by(actor).filter(film__state="ready")
    sent = Count("clips__submitted_clips", distinct=True)
    newest = (
        rows.select_related("case")
        .annotate(clip_count=Count("clips", distinct=True), sent_count=sent)
        .filter(sent_count=0)
        .order_by("-filmed_on", "-begun_at")
        .first()
    )
    if newest is None:
        return None
    if newest.clip_count < 2:
        return FilmStep(
            "mark",
            f"Choose two or three moments from the film with {newest.case.code}",
            "Look for what goes better than usual: a turn taken, a look received.",
            "Open the film",
            newest.get_absolute_url(),
            20,
        )
    return FilmStep(
        "send",
        f"Send your clips of {newest.case.code} with one question",
        "Your supervisor sees these clips and nothing else of the film.",
        "Choose and send",
        f"{reverse('media_review:submission-compose')}?film={newest.pk}",
        10,
    )
