"""A person's whole front page."""

from dataclasses import dataclass
from datetime import datetime

from people.actor import Actor
from portal.queries import others, trainee
from portal.steps import NextStep, greeting


@dataclass(frozen=True, slots=True)
class Front:
    """What matters now, for one person in all their roles."""

    greeting: str
    step: NextStep | None
    trainee: trainee.TraineePart | None
    supervisor: others.SupervisorPart | None
    external: others.ExternalPart | None
    body: others.BodyPart | None
    cohorts: others.CohortPart | None
    services: tuple[others.ServicePart, ...]
    people: tuple[others.PeopleLink, ...]


def front_of(actor: Actor, now: datetime) -> Front:
    """Every part this person has, and the one step among them that cannot wait."""
    supervisor = others.supervisor_part(actor)
    external = others.external_part(actor)
    body = others.body_part(actor)
    cohorts = others.cohort_part(actor)
    services = others.service_parts(actor)
    own = trainee.trainee_part(actor)
    practises = own if own and (own.stations or not (supervisor or body)) else None
    return Front(
        greeting=greeting(now.hour),
        step=others.step_of(supervisor, body, external, practises, *services, cohorts),
        trainee=own if practises else None,
        supervisor=supervisor,
        external=external,
        body=body,
        cohorts=cohorts,
        services=services,
        people=others.people_links(actor),
    )
