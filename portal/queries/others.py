"""The parts of the front page of supervisors, externals, bodies, trainers and managers."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accreditation.queries import desks
from caselogs import queries as cases
from learning.models import Cohort
from media_review.queries import waiting
from people.actor import Actor
from people.kinds import Capability
from portal.steps import NextStep, counted, first_of


@dataclass(frozen=True, slots=True)
class SupervisorPart:
    """Who waits, how long, and whose supervision is to be confirmed."""

    waiting: tuple[waiting.Waiting, ...]
    to_confirm: tuple[Any, ...]
    trainees: int
    step: NextStep | None


@dataclass(frozen=True, slots=True)
class ExternalPart:
    """The stage meetings to hold."""

    meetings: tuple[Any, ...]
    step: NextStep | None


@dataclass(frozen=True, slots=True)
class BodyPart:
    """What lies on the body's desk, as numbers that open it."""

    awards: int
    to_arrange: int
    meetings: int
    trainees: int
    invitations: int
    step: NextStep | None


@dataclass(frozen=True, slots=True)
class CohortPart:
    """The cohorts one runs."""

    cohorts: tuple[Any, ...]
    step: NextStep | None


@dataclass(frozen=True, slots=True)
class ServicePart:
    """One service's year in a few numbers."""

    name: str
    url: str
    funnel: tuple[Any, ...]
    completed_share: int | None
    step: NextStep | None


def supervisor_part(actor: Actor) -> SupervisorPart | None:
    """The supervisor's queue; nothing for others."""
    if not actor.can(Capability.SUPERVISE):
        return None
    desk, clips = desks.desk_of(actor), waiting.waiting_for(actor)
    return SupervisorPart(clips, desk.to_confirm, len(desk.trainees), _answer_step(clips))


def _answer_step(clips: tuple[waiting.Waiting, ...]) -> NextStep | None:
    if not clips:
        return None
    first = clips[0]
    return NextStep(
        f"{first.other} asks: {first.question}",
        f"{counted(first.clip_count, 'clip', 'clips')}, waiting {first.waited}.",
        f"Look and answer {first.other.split(' ')[0]}",
        first.url,
        10,
    )


def external_part(actor: Actor) -> ExternalPart | None:
    """The meetings in which this person is the external; nothing when there are none."""
    if not actor.can(Capability.ASSESS):
        return None
    meetings = tuple(desks.meetings_to_hold(actor))
    if not meetings:
        return None
    first = meetings[0]
    day = timezone.localtime(first.planned_for)
    step = NextStep(
        f"{first.get_kind_display()} with {first.enrolled_stage.enrolment.trainee.name}",
        f"{day:%A %-d %B at %H:%M}. Read the log and the clips beforehand.",
        "Prepare the meeting",
        first.get_absolute_url(),
        20,
        "Coming up",
    )
    return ExternalPart(meetings, step)


def body_part(actor: Actor) -> BodyPart | None:
    """The desk of the accrediting body; nothing for others."""
    if not actor.can(Capability.ARRANGE_MEETINGS):
        return None
    desk = desks.body_desk_of(actor)
    return BodyPart(
        len(desk.awards),
        len(desk.to_arrange),
        len(desk.meetings),
        len(desk.trainees),
        len(desk.invitations),
        _desk_step(desk),
    )


def _desk_step(desk: desks.BodyDesk) -> NextStep | None:
    url = reverse("accreditation:body-desk")
    if desk.awards:
        trainee = desk.awards[0].meeting.enrolled_stage.enrolment.trainee
        return NextStep(
            f"Issue {trainee.name}’s certificate",
            "The accreditation meeting has decided. One press, and the certificate is drawn.",
            "Open the desk",
            url,
            2,
        )
    if desk.to_arrange:
        return NextStep(
            f"Arrange a meeting for {desk.to_arrange[0].name}",
            "Everything for the stage is in the log.",
            "Open the desk",
            url,
            5,
        )
    return None


def cohort_part(actor: Actor) -> CohortPart | None:
    """The newest cohorts of the organisations in which this person trains."""
    if not actor.can(Capability.RUN_COHORT):
        return None
    places = actor.organisations_where(Capability.RUN_COHORT)
    rows = Cohort.objects.filter(organisation_id__in=places).order_by("-starts_on")[:4]
    cohorts = tuple(rows)
    if not cohorts:
        return CohortPart((), None)
    first = cohorts[0]
    step = NextStep(
        first.name,
        f"Began {first.starts_on:%-d %B}. See who is where, and mark who was there.",
        "Open the cohort",
        reverse("learning:cohort", args=[first.pk]),
        3,
    )
    return CohortPart(cohorts, step)


def service_parts(actor: Actor) -> tuple[ServicePart, ...]:
    """A year's funnel of each service this person manages, small counts left out."""
    today = timezone.localdate()
    names = {grant.organisation_id: grant.organisation for grant in actor.grants}
    found = []
    for place in sorted(
        actor.organisations_where(Capability.SEE_SERVICE_NUMBERS), key=names.__getitem__
    ):
        numbers = cases.service_numbers(place, today.replace(year=today.year - 1, day=1), today)
        url = reverse("caselogs:service-numbers-of", args=[place])
        step = NextStep(
            f"What {names[place]} achieved this year",
            "From referral to the last shared review, ready to print. No family can be recognised.",
            "See the numbers",
            url,
            3,
        )
        share = numbers.completed_of_approached
        found.append(ServicePart(names[place], url, numbers.funnel, share, step))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PeopleLink:
    """An organisation whose people one brings in and looks after."""

    name: str
    url: str


def people_links(actor: Actor) -> tuple[PeopleLink, ...]:
    """The organisations into which this person may invite."""
    names = {grant.organisation_id: grant.organisation for grant in actor.grants}
    places = sorted(actor.organisations_where(Capability.INVITE), key=names.__getitem__)
    return tuple(PeopleLink(names[pk], reverse("people:organisation", args=[pk])) for pk in places)


def step_of(*parts: Any) -> NextStep | None:
    """The first step that any of these parts offers."""
    return first_of(*(part.step for part in parts if part is not None))
