"""The road of a trainee through the services: enrolled, supervised, decided, certified."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied

from accreditation import services
from accreditation.kinds import Outcome
from accreditation.models import Certificate, Decision, EnrolledStage, Pathway
from accreditation.queries.evidence import standing_of
from accreditation.queries.meetings import meeting_page
from accreditation.states import StageState
from caselogs import services as caselogs
from caselogs.models import Seal
from ledger.models import Line
from notices.models import Notice
from people.errors import RuleBroken
from people.kinds import Role
from people.models import RoleGrant
from tests.accreditation.factories import (
    certificate,
    circle,
    confirmed,
    cycles,
    decided,
    finished,
    meeting,
    met,
    session,
)
from tests.caselogs.factories import days_ago
from tests.people.factories import actor_of, person, tied

pytestmark = pytest.mark.django_db


def counts(found):
    """What the page of this trainee would show: label, have, need."""
    stage = EnrolledStage.objects.select_related("stage", "enrolment").get(pk=found.stage.pk)
    return [(line.label, line.have, line.need) for line in standing_of(stage).readiness.lines]


def test_enrolling_pins_the_pathway_and_opens_its_first_stage():
    found = circle()

    found.pathway.refresh_from_db()
    assert found.pathway.used_at
    assert [(s.stage.number, s.state) for s in found.enrolment.stages.all()] == [(1, "open")]


def test_nobody_walks_the_same_pathway_twice():
    found = circle()

    with pytest.raises(RuleBroken, match="already"):
        services.enrol(
            actor=actor_of(found.registrar),
            trainee_id=found.trainee.pk,
            pathway_id=found.pathway.pk,
        )


def test_a_supervisor_cannot_enrol():
    found = circle()

    with pytest.raises(PermissionDenied):
        services.enrol(
            actor=actor_of(found.supervisor),
            trainee_id=person().pk,
            pathway_id=found.pathway.pk,
        )


def test_only_what_both_confirmed_counts():
    found = circle()
    session(found, days_ago(21))
    confirmed(found, days_ago(20))

    assert counts(found)[3] == ("Supervisions, confirmed by you both", 1, 7)


def test_cycles_and_new_families_count():
    found = circle()
    cycles(found, families=2, each=3)

    assert counts(found)[1:3] == [
        ("Cycles, film and shared review", 6, 6),
        ("New families in this stage", 2, 2),
    ]


def test_progress_closes_the_stage_seals_its_cycles_and_opens_the_next():
    found = circle()
    met(found)

    decision = decided(found)

    assert [(s.stage.number, s.state) for s in found.enrolment.stages.all()] == [
        (1, StageState.CLOSED),
        (2, StageState.OPEN),
    ]
    assert Seal.objects.count() == 6
    assert [(row["label"], row["have"]) for row in decision.snapshot["lines"]][1:] == [
        ("Cycles, film and shared review", 6),
        ("New families in this stage", 2),
        ("Supervisions, confirmed by you both", 7),
    ]
    assert len(decision.snapshot["cycles"]) == 6


@pytest.mark.parametrize("outcome", [Outcome.WORKING_POINTS, Outcome.DEFERRED])
def test_the_other_outcomes_leave_the_stage_open(outcome):
    found = circle()

    decided(found, outcome)

    assert found.stage.state == StageState.OPEN
    assert Seal.objects.count() == 0


def test_the_page_of_a_decided_meeting_shows_the_rows_of_that_day():
    found = circle()
    cases = cycles(found, 1, 2)
    confirmed(found, days_ago(30))
    held = decided(found, Outcome.WORKING_POINTS, on=days_ago(10)).meeting
    before = meeting_page(held)

    confirmed(found, days_ago(25))
    actor = actor_of(found.trainee)
    caselogs.correct_cycle(
        actor=actor, cycle_id=cases[0].cycles.first().pk, reviewed_on=days_ago(2)
    )
    after = meeting_page(held)

    assert [(c.number, c.case_code) for c in before.cycles] == [
        (1, cases[0].code),
        (2, cases[0].code),
    ]
    assert (after.cycles, after.sessions) == (before.cycles, before.sessions)
    assert len(after.sessions) == 1


def test_progress_before_everything_is_seen_needs_its_reason():
    found = circle()

    with pytest.raises(RuleBroken, match="Not yet seen in the log"):
        decided(found, exception="")

    assert Decision.objects.count() == 0
    assert found.stage.state == StageState.MEETING


def test_a_second_decision_is_refused_and_changes_nothing():
    found = circle()
    decision = decided(found)

    with pytest.raises(RuleBroken, match="already decided"):
        services.decide(
            actor=actor_of(found.external),
            meeting_id=decision.meeting_id,
            outcome=Outcome.DEFERRED,
            words="Another thought.",
        )

    assert [d.outcome for d in Decision.objects.all()] == [Outcome.PROGRESSED]


def test_the_own_supervisor_is_never_the_external():
    found = circle()

    with pytest.raises(RuleBroken, match="supervises, or supervised"):
        meeting(found, found.supervisor)


def test_a_former_supervisor_is_never_the_external():
    found = circle()
    tied(found.external, found.trainee, until=days_ago(200))

    with pytest.raises(RuleBroken, match="supervises, or supervised"):
        meeting(found)


def test_whoever_became_the_supervisor_after_planning_cannot_decide():
    found = circle()
    planned = meeting(found)
    tied(found.external, found.trainee)

    with pytest.raises(PermissionDenied, match="supervise"):
        services.decide(
            actor=actor_of(found.external),
            meeting_id=planned.pk,
            outcome=Outcome.DEFERRED,
            words="-",
        )


def test_the_external_belongs_to_the_body():
    found = circle()

    with pytest.raises(RuleBroken, match="not an external supervisor of this body"):
        meeting(found, person(Role.SUPERVISOR))


def test_eighteen_cycles_wants_somebody_new_each_time():
    found = circle("eighteen-cycles")
    decided(found, on=days_ago(3))

    with pytest.raises(RuleBroken, match="somebody new"):
        meeting(found, found.external)

    assert meeting(found, found.second)


def test_nobody_but_the_external_decides():
    found = circle()
    planned = meeting(found)

    for other in (found.supervisor, found.registrar, found.second, found.trainee):
        with pytest.raises(PermissionDenied):
            services.decide(
                actor=actor_of(other),
                meeting_id=planned.pk,
                outcome=Outcome.PROGRESSED,
                words="-",
                exception="-",
            )


def test_a_stage_has_one_planned_meeting():
    found = circle()
    meeting(found)

    with pytest.raises(RuleBroken):
        meeting(found, found.second)


def test_a_cancelled_meeting_opens_the_stage_again():
    found = circle()
    planned = meeting(found)

    services.cancel_meeting(actor=actor_of(found.supervisor), meeting_id=planned.pk, why="Ill")

    assert found.stage.state == StageState.OPEN
    assert meeting(found, found.second)


def test_the_certificate_keeps_facts_bytes_and_hash():
    found = circle()

    issued = certificate(found)

    assert bytes(issued.pdf)[:5] == b"%PDF-"
    assert issued.sha256 == hashlib.sha256(bytes(issued.pdf)).hexdigest()
    assert issued.facts["holder_name"] == "Maya Osei"
    assert issued.facts["number"] == issued.number
    found.enrolment.refresh_from_db()
    assert found.enrolment.accredited_on
    assert RoleGrant.objects.filter(user=found.trainee, role=Role.GUIDER).count() == 1


def test_an_award_has_one_certificate():
    found = circle()
    issued = certificate(found)

    with pytest.raises(RuleBroken, match="already"):
        services.issue_certificate(actor=actor_of(found.registrar), decision_id=issued.decision_id)

    assert Certificate.objects.count() == 1


def test_only_the_last_decision_leads_to_a_certificate():
    found = circle()
    decision = decided(found)

    with pytest.raises(RuleBroken, match="ends the whole pathway"):
        services.issue_certificate(actor=actor_of(found.registrar), decision_id=decision.pk)


def test_nobody_issues_their_own_certificate():
    found = circle()
    decision = finished(found)
    RoleGrant.objects.create(user=found.trainee, role=Role.REGISTRAR, organisation=found.body)

    with pytest.raises(PermissionDenied, match="own"):
        services.issue_certificate(actor=actor_of(found.trainee), decision_id=decision.pk)


def test_revoking_ends_the_role_and_keeps_the_bytes():
    found = circle()
    issued = certificate(found)

    services.revoke(
        actor=actor_of(found.registrar), certificate_id=issued.pk, reason="Issued by mistake"
    )

    issued.refresh_from_db()
    assert issued.revoked_why == "Issued by mistake"
    assert bytes(issued.pdf)[:5] == b"%PDF-"
    grant = RoleGrant.objects.get(user=found.trainee, role=Role.GUIDER)
    assert grant.until is not None


def test_the_ledger_tells_the_whole_story():
    found = circle()
    certificate(found)

    verbs = [line.verb for line in Line.objects.all() if line.verb.startswith("accreditation")]
    assert verbs == [
        *["accreditation.pathway_planted"] * 2,
        "accreditation.enrolled",
        *["accreditation.meeting_planned", "accreditation.decided"] * 3,
        "accreditation.certificate_issued",
    ]


def test_each_event_is_told_once_to_each_person():
    found = circle()
    decided(found)

    told = Notice.objects.values_list("to__name", "kind").order_by("to__name", "kind")
    assert list(told) == [
        ("Ines Carvalho", "accreditation.meeting_planned"),
        ("Maya Osei", "accreditation.decided"),
        ("Maya Osei", "accreditation.meeting_planned"),
        ("Ruth Whitlow", "accreditation.decided"),
    ]


def test_planting_twice_plants_once():
    found = circle()

    services.plant_pathways(body=found.body)

    assert Pathway.objects.count() == 2
