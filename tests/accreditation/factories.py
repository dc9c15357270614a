"""Pathways, trainees on them, and everything a stage asks for, by the roads real ones take."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accreditation import services
from accreditation.kinds import Measure, Outcome, SessionKind
from accreditation.models import (
    Certificate,
    Decision,
    EnrolledStage,
    Enrolment,
    Meeting,
    Pathway,
    SupervisionSession,
)
from caselogs.models import Case
from people.kinds import Role
from people.models import Organisation, User
from tests.caselogs.factories import consented_case, cycle, days_ago
from tests.people.factories import actor_of, body, person, tied


@dataclass
class Circle:
    """A body and its people: registrar, trainee, own supervisor, two from outside."""

    body: Organisation
    registrar: User
    trainee: User
    supervisor: User
    external: User
    second: User
    pathway: Pathway
    enrolment: Enrolment

    @property
    def stage(self) -> EnrolledStage:
        """The stage that is open now."""
        return self.enrolment.stages.select_related("stage").get(closed_on=None)


def circle(code: str = "three-stages", enrolled: int = 80, **facts: Any) -> Circle:
    """Maya is on a pathway for so many days; Ruth supervises her; Ines and Tom are outside."""
    home = body()
    registrar = person(Role.REGISTRAR, home, name="Lena Roux")
    trainee = person(Role.TRAINEE, name="Maya Osei")
    supervisor = person(Role.SUPERVISOR, home, name="Ruth Whitlow")
    tied(supervisor, trainee)
    pathway = next(p for p in services.plant_pathways(body=home) if p.code == code)
    enrolment = services.enrol(
        actor=actor_of(registrar),
        trainee_id=trainee.pk,
        pathway_id=pathway.pk,
        on=days_ago(enrolled),
        **facts,
    )
    return Circle(
        home,
        registrar,
        trainee,
        supervisor,
        person(Role.SUPERVISOR, home, name="Ines Carvalho"),
        person(Role.SUPERVISOR, home, name="Tom Ashby"),
        pathway,
        enrolment,
    )


def session(
    found: Circle, held_on: date | None = None, minutes: int = 60, **facts: Any
) -> SupervisionSession:
    """Logged by the trainee, not yet confirmed."""
    return services.log_session(
        actor=actor_of(found.trainee),
        trainee_id=found.trainee.pk,
        supervisor_id=found.supervisor.pk,
        held_on=held_on or days_ago(20),
        minutes=minutes,
        **facts,
    )


def confirmed(found: Circle, held_on: date | None = None, **facts: Any) -> SupervisionSession:
    """Logged by the trainee and confirmed by the supervisor."""
    logged = session(found, held_on, **facts)
    return services.confirm_session(actor=actor_of(found.supervisor), session_id=logged.pk)


def cycles(found: Circle, families: int, each: int, first: int = 70) -> list[Case]:
    """So many families with so many cycles each, the first filmed that many days ago."""
    cases = [
        consented_case(found.trainee, given_on=days_ago(first + 1), referred_on=days_ago(first + 2))
        for _ in range(families)
    ]
    for number in range(each):
        for case in cases:
            filmed = days_ago(first - number * 3)
            cycle(case, filmed, filmed + timedelta(days=2))
    return cases


def met(found: Circle, first: int = 70) -> Circle:
    """Everything the open stage asks for is in the log (the course apart)."""
    for asked in found.stage.stage.requirements.all():
        if asked.measure == Measure.SUPERVISION:
            for number in range(asked.minimum):
                confirmed(found, days_ago(first - 2 - number))
        if asked.measure == Measure.INTRODUCTION:
            confirmed(found, days_ago(first - 1), kind=SessionKind.INTRODUCTION)
        if asked.measure == Measure.CYCLES:
            families = found.stage.stage.requirements.filter(measure=Measure.NEW_CLIENTS).first()
            count = families.minimum if families else 3
            cycles(found, count, asked.minimum // count, first)
        if asked.measure == Measure.REFLECTION:
            services.share_reflection(
                actor=actor_of(found.trainee), enrolled_stage_id=found.stage.pk, words="I wait."
            )
    return found


def meeting(found: Circle, external: User | None = None, on: date | None = None) -> Meeting:
    """The closing meeting of the open stage is planned."""
    day = on or timezone.localdate()
    return services.plan_meeting(
        actor=actor_of(found.supervisor),
        enrolled_stage_id=found.stage.pk,
        external_id=(external or found.external).pk,
        planned_for=timezone.make_aware(datetime.combine(day, time(10))),
    )


def decided(
    found: Circle, outcome: str = Outcome.PROGRESSED, on: date | None = None, **facts: Any
) -> Decision:
    """The meeting was held, and its external decided."""
    planned = meeting(found, facts.pop("external", None), on)
    facts = {
        "words": "She waits, and he comes.",
        "working_points": "Naming" if outcome == Outcome.WORKING_POINTS else "",
        "exception": "Prior learning" if outcome == Outcome.PROGRESSED else "",
        "held_on": on or timezone.localdate(),
        **facts,
    }
    return services.decide(
        actor=actor_of(planned.external), meeting_id=planned.pk, outcome=outcome, **facts
    )


def finished(found: Circle | None = None) -> Decision:
    """Every stage is progressed, one a day; the last decision waits for its certificate."""
    found = found or circle()
    last = None
    stages = found.pathway.stages.count()
    for number in range(stages):
        own = found.external if number % 2 == 0 else found.second
        last = decided(found, on=days_ago(stages - number), external=own)
    assert last
    return last


def certificate(found: Circle | None = None) -> Certificate:
    """Issued by the registrar of the body."""
    found = found or circle()
    decision = finished(found)
    return services.issue_certificate(actor=actor_of(found.registrar), decision_id=decision.pk)
