"""What waits on a desk: the supervisor's, the external's, the body's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accreditation.kinds import Outcome
from accreditation.models import (
    Decision,
    EnrolledStage,
    Meeting,
    Pathway,
    Stage,
)
from accreditation.queries import neighbours
from accreditation.queries.evidence import Standing, by_trainee, session_rows, standings_of
from accreditation.rules import Line, SessionRow
from accreditation.states import MeetingState, SessionState, StageState
from people.actor import Actor
from people.kinds import Capability, OrganisationKind
from people.models import Invitation, Organisation
from people.queries import who_can

MONTH_DAYS = 30.4
LINE_COLUMNS = (
    "state",
    "opened_on",
    "closed_on",
    "reflection_shared_at",
    "stage__label",
    "stage__number",
    "stage__pathway_id",
    "stage__indicative_months",
    "stage__reflection_days_before",
    "enrolment__enrolled_on",
    "enrolment__trainee__name",
    "enrolment__pathway__name",
)
_planned = Meeting.objects.filter(enrolled_stage=OuterRef("pk"), state=MeetingState.PLANNED)


@dataclass(frozen=True, slots=True)
class TraineeLine:
    """One trainee at a glance: where they are, and each count of the stage that is open."""

    enrolment_id: UUID
    stage_id: UUID
    name: str
    pathway: str
    stage: str
    since: date
    months: int
    indicative_months: int
    lines: tuple[Line, ...]
    ready: bool
    meeting_on: datetime | None
    state: str

    @property
    def met(self) -> int:
        """How many requirements are complete."""
        return sum(line.met for line in self.lines)


@dataclass(frozen=True, slots=True)
class Desk:
    """The supervisor's desk."""

    trainees: tuple[TraineeLine, ...]
    to_confirm: tuple[SessionRow, ...]
    meetings: tuple[Meeting, ...]


def desk_of(actor: Actor) -> Desk:
    """Everything on a supervisor's desk, in the same few queries for 3 or for 300 trainees."""
    me = actor.user_id
    mine = Q(trainee_id__in=actor.supervisee_ids)
    waiting = Q(state=SessionState.WAITING) & (Q(trainee_id=me) | Q(supervisor_id=me))
    rows = session_rows(mine | waiting)
    stages = EnrolledStage.objects.filter(enrolment__trainee_id__in=actor.supervisee_ids)
    return Desk(
        trainees=trainee_lines(stages, by_trainee(rows)),
        to_confirm=tuple(row for row in rows if row.waits_for == me),
        meetings=tuple(meetings_to_hold(actor)),
    )


def meetings_to_hold(actor: Actor) -> Iterable[Meeting]:
    """The planned meetings in which this person is the external supervisor."""
    return Meeting.objects.filter(
        external_id=actor.user_id, state=MeetingState.PLANNED
    ).select_related("enrolled_stage__stage", "enrolled_stage__enrolment__trainee")


def trainee_lines(
    stages: object, sessions: dict[UUID, list[SessionRow]] | None = None
) -> tuple[TraineeLine, ...]:
    """Those of these stages that are open now, with their counts, by name."""
    rows: Sequence[EnrolledStage] = list(
        stages.under_way()  # type: ignore[attr-defined]
        .filter(enrolment__ended_on=None)
        .select_related("stage", "enrolment__pathway", "enrolment__trainee")
        .annotate(meeting_on=Subquery(_planned.values("planned_for")[:1]))
        .only(*LINE_COLUMNS)
        .order_by("enrolment__trainee__name", "pk")
    )
    standings = standings_of(rows, sessions=sessions)
    today = timezone.localdate()
    return tuple(_line(row, standings[row.pk], today) for row in rows)


def _line(row: EnrolledStage, standing: Standing, today: date) -> TraineeLine:
    return TraineeLine(
        enrolment_id=row.enrolment_id,
        stage_id=row.pk,
        name=row.enrolment.trainee.name,
        pathway=row.enrolment.pathway.name,
        stage=row.stage.label,
        since=row.opened_on,
        months=int((today - row.opened_on).days / MONTH_DAYS),
        indicative_months=row.stage.indicative_months,
        lines=standing.readiness.lines,
        ready=standing.readiness.ready,
        meeting_on=row.meeting_on,
        state=row.state,
    )


@dataclass(frozen=True, slots=True)
class BodyDesk:
    """The accrediting body's desk."""

    trainees: tuple[TraineeLine, ...]
    meetings: tuple[Meeting, ...]
    awards: tuple[Decision, ...]
    invitations: tuple[Invitation, ...]

    @property
    def to_arrange(self) -> tuple[TraineeLine, ...]:
        """Trainees whose log is complete and who have no meeting yet."""
        return tuple(t for t in self.trainees if t.ready and t.meeting_on is None)


def body_desk_of(actor: Actor) -> BodyDesk:
    """Everything on the desk of the bodies for which this person arranges meetings."""
    bodies = actor.organisations_where(Capability.ARRANGE_MEETINGS)
    meetings = (
        Meeting.objects.filter(
            enrolled_stage__enrolment__pathway__body_id__in=bodies, state=MeetingState.PLANNED
        )
        .select_related("external", "enrolled_stage__stage", "enrolled_stage__enrolment__trainee")
        .order_by("planned_for")
    )
    return BodyDesk(
        trainees=trainee_lines(
            EnrolledStage.objects.filter(enrolment__pathway__body_id__in=bodies)
        ),
        meetings=tuple(meetings),
        awards=tuple(awards_to_issue(bodies)),
        invitations=tuple(open_invitations(actor, bodies)),
    )


def awards_to_issue(bodies: Iterable[UUID]) -> Iterable[Decision]:
    """The decisions that ended a pathway and have no certificate yet, oldest first."""
    return (
        Decision.objects.filter(
            outcome=Outcome.PROGRESSED,
            certificate=None,
            meeting__enrolled_stage__enrolment__pathway__body_id__in=bodies,
            meeting__enrolled_stage__state=StageState.CLOSED,
        )
        .filter(meeting__enrolled_stage__enrolment__accredited_on=None)
        .filter(pk__in=_last_decisions())
        .select_related("decided_by", "meeting__enrolled_stage__enrolment__trainee")
        .select_related("meeting__enrolled_stage__enrolment__pathway")
        .order_by("held_on")
    )


def _last_decisions() -> object:
    """Decisions in the last stage of their pathway."""
    later = Stage.objects.filter(
        pathway=OuterRef("meeting__enrolled_stage__stage__pathway"),
        number__gt=OuterRef("meeting__enrolled_stage__stage__number"),
    )
    return Decision.objects.filter(~Exists(later)).values("pk")


def open_invitations(actor: Actor, bodies: Iterable[UUID]) -> Iterable[Invitation]:
    """The letters that wait for an answer: one's own, and those of one's bodies."""
    return (
        Invitation.objects.waiting()
        .filter(Q(organisation_id__in=bodies) | Q(invited_by_id=actor.user_id))
        .select_related("organisation", "supervisor")
    )


@dataclass(frozen=True, slots=True)
class InvitationChoices:
    """What an invitation can name, for this person."""

    organisations: list[tuple[str, str]]
    pathways: list[tuple[str, str]]
    supervisors: list[tuple[str, str]]
    cohorts: list[tuple[str, str]]


def invitation_choices(actor: Actor) -> InvitationChoices:
    """The organisations, pathways and supervisors that this person may put in a letter."""
    places = actor.organisations_where(Capability.INVITE)
    bodies = {g.organisation_id for g in actor.grants if g.organisation_kind == "body"} & places
    offered = Organisation.objects.filter(pk__in=places)
    if bodies:
        offered = offered | Organisation.objects.filter(kind=OrganisationKind.SERVICE)
    supervisors = {
        person.pk: person.name for body in bodies for person in who_can(Capability.SUPERVISE, body)
    } or {
        person.pk: person.name
        for place in places
        for person in who_can(Capability.SUPERVISE, place)
    }
    return InvitationChoices(
        organisations=[(str(o.pk), o.name) for o in offered],
        pathways=[
            (str(p.pk), str(p)) for p in Pathway.objects.offered().filter(body_id__in=places)
        ],
        supervisors=[(str(pk), name) for pk, name in supervisors.items()],
        cohorts=neighbours.cohorts_of(places),
    )


def externals_for(stage: EnrolledStage) -> list[tuple[str, str]]:
    """Who may be the external of this stage, by name; the service checks every rule again."""
    enrolment = stage.enrolment
    people = who_can(Capability.ASSESS, enrolment.pathway.body_id)
    people = people.exclude(pk=enrolment.trainee_id).exclude(
        supervisee_ties__supervisee_id=enrolment.trainee_id
    )
    if not enrolment.pathway.external_may_return:
        people = people.exclude(
            pk__in=Decision.objects.filter(meeting__enrolled_stage__enrolment=enrolment)
            .exclude(meeting__enrolled_stage=stage)
            .values("decided_by_id")
        )
    return [(str(person.pk), person.name) for person in people]
