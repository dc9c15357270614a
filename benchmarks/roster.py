"""A body with a supervisor and so many trainees half-way through a stage, for the benches."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

REQUIREMENTS = 8


def plant(trainees: int) -> Any:
    """The supervisor of so many trainees, each with six cycles and four supervisions; 8 counts."""
    from accreditation import services
    from accreditation.models import EnrolledStage, Enrolment, Requirement
    from benchmarks.pages import person
    from people.kinds import Role
    from people.models import Organisation, RoleGrant, SupervisionTie

    body = Organisation.objects.create(
        kind="body", name=f"Bench {trainees}", slug=f"bench-{trainees}"
    )
    supervisor = person(f"bench-{trainees}@example.org")
    RoleGrant.objects.create(user=supervisor, role=Role.SUPERVISOR, organisation=body)
    pathway = services.plant_pathways(body=body)[0]
    stage = pathway.stages.get(number=3)
    for place in range(stage.requirements.count() + 1, REQUIREMENTS + 1):
        Requirement.objects.create(
            stage=stage,
            position=place,
            measure=["clients", "cycles_in_all", "supervision_minutes"][place % 3],
            minimum=27,
            label=f"Count {place}",
            rule="For the bench.",
        )
    began = timezone.localdate() - timedelta(days=200)
    people = [person(f"bench-{trainees}-{n}@example.org") for n in range(trainees)]
    SupervisionTie.objects.bulk_create(
        SupervisionTie(supervisor=supervisor, supervisee=trainee) for trainee in people
    )
    roads = Enrolment.objects.bulk_create(
        Enrolment(trainee=trainee, pathway=pathway, enrolled_on=began) for trainee in people
    )
    EnrolledStage.objects.bulk_create(
        EnrolledStage(enrolment=road, stage=stage, opened_on=began) for road in roads
    )
    _logs(people, supervisor, began)
    return supervisor


def _logs(people: list[Any], supervisor: Any, began: date) -> None:
    from caselogs.models import Case, Consent, ConsentScope, Cycle

    cases = Case.objects.bulk_create(
        Case(
            code=f"B{number}",
            guider=trainee,
            client_type="parent",
            age_band="1y",
            referral_source="self",
            referred_on=began,
        )
        for trainee in people
        for number in range(2)
    )
    consents = Consent.objects.bulk_create(
        Consent(case=case, form_version="1", given_on=began, explained_by=case.guider, covered="-")
        for case in cases
    )
    ConsentScope.objects.bulk_create(
        ConsentScope(consent=consent, scope="filming", granted=True) for consent in consents
    )
    Cycle.objects.bulk_create(
        Cycle(
            case=case,
            number=number,
            filmed_on=began + timedelta(days=number * 9),
            reviewed_on=began + timedelta(days=number * 9 + 7),
        )
        for case in cases
        for number in range(1, 4)
    )
    _sessions(people, supervisor, began)


def _sessions(people: list[Any], supervisor: Any, began: date) -> None:
    from accreditation.models import SupervisionSession

    now = timezone.now()
    SupervisionSession.objects.bulk_create(
        SupervisionSession(
            trainee=trainee,
            supervisor=supervisor,
            held_on=began + timedelta(days=number * 10),
            minutes=60,
            logged_by=trainee,
            trainee_confirmed_at=now,
            supervisor_confirmed_at=now,
            state="confirmed",
        )
        for trainee in people
        for number in range(1, 5)
    )
