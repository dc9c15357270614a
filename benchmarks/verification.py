"""The public page of a certificate's number, among a hundred thousand certificates."""

from uuid import uuid4

from django.utils import timezone

from benchmarks.floors.bare_view import bare_view
from benchmarks.pages import ask, house, person

NAME = "verification by number, 100k"
BAR = 6.0
QUERIES = 6
CERTIFICATES = 100_000
BATCH = 5_000


def prepare():
    """A bare page, the house, and the number of one certificate of many."""
    from accreditation.models import Decision, EnrolledStage, Enrolment, Meeting
    from accreditation.services import plant_pathways
    from people.models import Organisation

    body = Organisation.objects.create(kind="body", name="Bench body", slug="bench-body")
    holder, other = person("bench-holder@example.org"), person("bench-other@example.org")
    pathway = plant_pathways(body=body)[0]
    enrolment = Enrolment.objects.create(trainee=holder, pathway=pathway)
    stage = EnrolledStage.objects.create(
        enrolment=enrolment, stage=pathway.stages.get(number=3), state="closed"
    )
    asked = {"enrolled_stage": stage, "kind": "accreditation", "state": "decided"}
    asked |= {"external": other, "planned_by": other, "planned_for": timezone.now()}
    number = ""
    for _ in range(CERTIFICATES // BATCH):
        meetings = Meeting.objects.bulk_create(Meeting(**asked) for _ in range(BATCH))
        decisions = Decision.objects.bulk_create(
            Decision(meeting=meeting, outcome="progressed", words="-", decided_by=other)
            for meeting in meetings
        )
        number = _certificates(decisions, holder, body)
    return bare_view(), house(), number


def _certificates(decisions, holder, body):
    from accreditation.models import Certificate
    from accreditation.rules import numbers

    facts = {"holder_name": "Maya Osei", "award_title": "Accredited VIG Guider"}
    facts |= {"body_name": str(body), "pathway_name": "Three stages", "issued_on": "2026-11-20"}
    taken = set(Certificate.objects.values_list("number", flat=True))
    kept = set()
    while len(kept) < len(decisions):
        kept |= {numbers.fresh(2026)} - taken
    rows = Certificate.objects.bulk_create(
        Certificate(
            id=uuid4(),
            number=number,
            decision=decision,
            holder=holder,
            body=body,
            issued_by=holder,
            facts=facts,
            pdf=b"-",
            sha256="-",
        )
        for number, decision in zip(kept, decisions, strict=True)
    )
    return rows[0].number


def floor(state):
    """A bare page with one query."""
    return ask(state[0], "/bare/?queries=1")


def ours(state):
    """What anybody reads who types the number."""
    return ask(state[1], f"/verify/{state[2]}/")
