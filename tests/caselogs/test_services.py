"""What happens in a case log: who may, what follows, what is refused, what is written down."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from caselogs import queries, services
from caselogs.errors import ConsentFirst
from caselogs.kinds import Ending, Scope
from caselogs.models import Case, Consent, Cycle, Goal, GoalRating, Seal, TimeEntry
from caselogs.states import STEPS, State, Step
from ledger.models import Line
from notices.models import Notice
from people.errors import RuleBroken
from people.kinds import Role
from tests.caselogs.factories import case, consented_case, cycle, days_ago, goal
from tests.people.factories import actor_of, body, granted, organisation, person, tied

pytestmark = pytest.mark.django_db


def verbs():
    return [line.verb for line in Line.objects.all()]


# Cases


def test_a_case_opens_under_its_code_at_the_guider_s_service():
    service = organisation()
    maya = person(Role.TRAINEE, service)
    granted(maya, Role.TRAINEE, body())

    row = case(maya, code=" kt-12 ")

    assert (row.code, row.organisation_id, row.state) == ("KT-12", service.pk, State.REFERRED)
    assert verbs() == ["caselogs.case_opened"]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"code": "Sarah"}, "letters and a number"),
        ({"code": "B7", "referred_on": days_ago(-1)}, "still to come"),
        ({"code": "B7", "organisation_id": "6f0f7a3c-0000-4000-8000-000000000000"}, "practise"),
    ],
)
def test_a_case_that_cannot_be_opened_says_why(facts, says):
    with pytest.raises(RuleBroken, match=says):
        case(**facts)

    assert not Case.objects.exists()
    assert verbs() == []


def test_one_code_is_one_case_of_a_guider_and_free_for_another():
    first = case(code="B7")

    with pytest.raises(RuleBroken, match="already have a case B7"):
        case(first.guider, code="b7")

    assert case(code="B7").code == "B7"


@pytest.mark.parametrize(
    "role", [role for role in Role if role in {Role.OFFICER, Role.SERVICE_MANAGER, Role.EDITOR}]
)
def test_whoever_does_not_practise_opens_no_case(role):
    with pytest.raises(PermissionDenied):
        case(person(role))


def standing_at(state):
    row = {
        State.REFERRED: case,
        State.APPROACHED: case,
        State.ACCEPTED: case,
        State.CONSENTED: consented_case,
        State.CLOSED: case,
    }[state]()
    actor = actor_of(row.guider)
    if state is State.APPROACHED:
        services.approach(actor=actor, case_id=row.pk)
    if state is State.ACCEPTED:
        services.accept(actor=actor, case_id=row.pk)
    if state is State.CLOSED:
        services.close(actor=actor, case_id=row.pk, ending=Ending.NOT_STARTED)
    return Case.objects.get(pk=row.pk)


VERBS = {
    Step.APPROACH: lambda actor, row: services.approach(actor=actor, case_id=row.pk),
    Step.ACCEPT: lambda actor, row: services.accept(actor=actor, case_id=row.pk),
    Step.CONSENT: lambda actor, row: services.record_consent(
        actor=actor, case_id=row.pk, scopes=[Scope.FILMING], covered="Mother and baby"
    ),
    Step.CLOSE: lambda actor, row: services.close(
        actor=actor, case_id=row.pk, ending=Ending.FAMILY_STOPPED
    ),
    Step.REOPEN: lambda actor, row: services.reopen(actor=actor, case_id=row.pk),
}


@pytest.mark.parametrize(("state", "step"), list(product(State, VERBS)))
def test_every_verb_moves_a_case_as_the_table_says_or_not_at_all(state, step):
    row = standing_at(state)
    lines = Line.objects.count()

    if (state, step) in STEPS:
        VERBS[step](actor_of(row.guider), row)
        row.refresh_from_db()
        assert row.state == STEPS[state, step]
        assert Line.objects.count() == lines + 1
    else:
        with pytest.raises(RuleBroken):
            VERBS[step](actor_of(row.guider), row)
        row.refresh_from_db()
        assert (row.state, Line.objects.count()) == (state, lines)


def test_consent_fills_in_the_funnel_behind_it():
    row = consented_case(given_on=days_ago(80))

    assert (row.approached_on, row.accepted_on) == (days_ago(80), days_ago(80))


def test_reopened_with_consent_in_force_the_work_goes_on_at_once():
    row = cycle().case
    actor = actor_of(row.guider)
    services.close(actor=actor, case_id=row.pk, ending=Ending.COMPLETED, why="A warm ending")

    again = services.reopen(actor=actor, case_id=row.pk)

    assert (again.state, again.closed_on, again.ending) == (State.CONSENTED, None, "")


@pytest.mark.parametrize(
    ("made", "ending", "says"),
    [
        (consented_case, Ending.COMPLETED, "film with its shared review"),
        (lambda: cycle().case, Ending.NOT_STARTED, "did start"),
    ],
)
def test_an_ending_that_does_not_fit_is_refused(made, ending, says):
    row = made()

    with pytest.raises(RuleBroken, match=says):
        services.close(actor=actor_of(row.guider), case_id=row.pk, ending=ending)


def test_a_case_is_corrected_until_a_decision_rests_on_it():
    row = cycle().case
    actor = actor_of(row.guider)
    services.correct_case(actor=actor, case_id=row.pk, age_band="1y", code=row.code)
    officer = actor_of(person(Role.REGISTRAR, body()))
    services.seal_cycles(
        actor=officer, cycle_ids=row.cycles.values_list("pk", flat=True), label="Stage 1"
    )

    with pytest.raises(RuleBroken, match="decision rests"):
        services.correct_case(actor=actor, case_id=row.pk, age_band="unborn")

    row.refresh_from_db()
    assert row.age_band == "1y"


WRITES = {
    "correct": lambda a, c: services.correct_case(actor=a, case_id=c.case_id, age_band="1y"),
    "approach": lambda a, c: services.approach(actor=a, case_id=c.case_id),
    "accept": lambda a, c: services.accept(actor=a, case_id=c.case_id),
    "close": lambda a, c: services.close(actor=a, case_id=c.case_id, ending="moved"),
    "reopen": lambda a, c: services.reopen(actor=a, case_id=c.case_id),
    "consent": lambda a, c: services.record_consent(
        actor=a, case_id=c.case_id, scopes=["filming"], covered="x"
    ),
    "withdraw": lambda a, c: services.withdraw_consent(actor=a, case_id=c.case_id),
    "goal": lambda a, c: services.set_goal(actor=a, case_id=c.case_id, words="x"),
    "rate": lambda a, c: services.rate_goal(actor=a, goal_id=c.case.goals.get().pk, now_score=3),
    "log": lambda a, c: services.log_cycle(actor=a, case_id=c.case_id, filmed_on=days_ago(1)),
    "complete": lambda a, c: services.complete_cycle(
        actor=a, cycle_id=c.pk, reviewed_on=days_ago(1)
    ),
    "correct_cycle": lambda a, c: services.correct_cycle(actor=a, cycle_id=c.pk, activity="x"),
}


@pytest.mark.parametrize("verb", WRITES)
@pytest.mark.parametrize("role", ["supervisor", "other guider", "manager"])
def test_only_the_guider_writes(verb, role):
    row = cycle()
    goal(row.case)
    ruth = person(Role.SUPERVISOR)
    tied(ruth, row.case.guider)
    who = {
        "supervisor": ruth,
        "other guider": person(Role.TRAINEE, row.case.organisation),
        "manager": person(Role.SERVICE_MANAGER, row.case.organisation),
    }[role]
    before = verbs()

    with pytest.raises(PermissionDenied):
        WRITES[verb](actor_of(who), row)

    assert verbs() == before


# Consent


def test_a_newer_consent_takes_the_place_of_the_older_from_its_day():
    row = consented_case(given_on=days_ago(80))

    newer = services.record_consent(
        actor=actor_of(row.guider),
        case_id=row.pk,
        scopes=[Scope.FILMING],
        covered="Mother and baby",
        given_on=days_ago(20),
    )

    assert list(Consent.objects.in_force()) == [newer]
    assert queries.has_consent(row.pk, Scope.SUPERVISION, on=days_ago(21))
    assert not queries.has_consent(row.pk, Scope.SUPERVISION, on=days_ago(20))
    assert queries.has_consent(row.pk, Scope.FILMING, on=days_ago(20))
    assert not queries.has_consent(row.pk, Scope.FILMING, on=days_ago(81))


@pytest.mark.parametrize(
    ("scopes", "given_on", "says"),
    [
        ([Scope.SUPERVISION], days_ago(1), "yes to filming"),
        ([Scope.FILMING], days_ago(-1), "still to come"),
        ([Scope.FILMING], days_ago(91), "before the referral"),
        ([Scope.FILMING], days_ago(81), "newer consent"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(scopes, given_on, says):
    row = consented_case(given_on=days_ago(80))

    with pytest.raises(RuleBroken, match=says):
        services.record_consent(
            actor=actor_of(row.guider),
            case_id=row.pk,
            scopes=scopes,
            covered="x",
            given_on=given_on,
        )

    assert Consent.objects.count() == 1


def test_two_consents_in_force_cannot_be_written_for_one_case():
    row = consented_case()

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(
            case=row, form_version="1", given_on=days_ago(1), explained_by=row.guider, covered="x"
        )


def test_withdrawn_is_withdrawn_at_once_and_the_supervisor_is_told_without_the_code():
    row = cycle().case
    ruth = person(Role.SUPERVISOR)
    tied(ruth, row.guider)

    services.withdraw_consent(actor=actor_of(row.guider), case_id=row.pk)

    row.refresh_from_db()
    assert row.state == State.ACCEPTED
    assert not any(queries.has_consent(row.pk, scope) for scope in Scope)
    told = Notice.objects.get()
    assert (told.to_id, told.kind) == (ruth.pk, "caselogs.consent_withdrawn")
    assert row.code not in str(told.facts)
    assert verbs()[-1] == "caselogs.consent_withdrawn"


def test_a_part_taken_back_leaves_the_rest_in_force():
    row = consented_case()

    newer = services.withdraw_consent(
        actor=actor_of(row.guider), case_id=row.pk, scope=Scope.SUPERVISION
    )

    assert [scope for scope in Scope if queries.has_consent(row.pk, scope)] == [
        Scope.FILMING,
        Scope.ACCREDITATION,
    ]
    assert list(Consent.objects.in_force()) == [newer]
    assert queries.has_consent(row.pk, Scope.SUPERVISION, on=days_ago(1))


def test_filming_carries_every_other_purpose():
    row = consented_case()

    services.withdraw_consent(actor=actor_of(row.guider), case_id=row.pk, scope=Scope.FILMING)

    assert not Consent.objects.in_force().exists()


def test_a_form_from_before_the_family_took_consent_back_opens_nothing_again():
    row = consented_case()
    actor = actor_of(row.guider)
    services.withdraw_consent(actor=actor, case_id=row.pk)
    again = {"actor": actor, "case_id": row.pk, "scopes": [Scope.FILMING], "covered": "Both"}

    with pytest.raises(RuleBroken, match="took their consent back"):
        services.record_consent(**again, given_on=days_ago(1))
    assert not Consent.objects.in_force().exists()

    services.record_consent(**again)
    assert queries.has_consent(row.pk, Scope.FILMING)


@pytest.mark.parametrize("scope", [None, Scope.TEACHING])
def test_nothing_is_withdrawn_twice_or_without_having_been_given(scope):
    row = consented_case()
    actor = actor_of(row.guider)
    if scope is None:
        services.withdraw_consent(actor=actor, case_id=row.pk)

    with pytest.raises(RuleBroken):
        services.withdraw_consent(actor=actor, case_id=row.pk, scope=scope)


def test_consent_can_be_withdrawn_after_the_case_is_closed():
    row = cycle().case
    actor = actor_of(row.guider)
    services.close(actor=actor, case_id=row.pk, ending=Ending.COMPLETED)

    services.withdraw_consent(actor=actor, case_id=row.pk)

    row.refresh_from_db()
    assert row.state == State.CLOSED
    assert not queries.has_consent(row.pk, Scope.FILMING)


# Cycles


def test_cycles_are_numbered_and_the_same_one_sent_twice_is_there_once():
    row = consented_case()
    facts = {"filmed_on": days_ago(9), "reviewed_on": None, "number": 1}

    first = cycle(row, **facts)
    again = cycle(row, **facts)
    second = cycle(row, days_ago(3), None, number=2)

    assert (first.pk, second.number) == (again.pk, 2)
    assert verbs().count("caselogs.cycle_logged") == 2


def test_another_cycle_under_a_number_that_is_taken_is_refused():
    row = cycle(number=1).case

    with pytest.raises(RuleBroken, match="a moment ago"):
        cycle(row, days_ago(2), None, number=1)


@pytest.mark.parametrize(
    ("filmed", "reviewed", "error", "says"),
    [
        (days_ago(-1), None, RuleBroken, "still to come"),
        (days_ago(5), days_ago(6), RuleBroken, "dated before its film"),
        (days_ago(81), None, ConsentFirst, "Consent to filming comes before the film"),
    ],
)
def test_a_cycle_that_cannot_be_is_refused_and_nothing_is_written(filmed, reviewed, error, says):
    row = consented_case(given_on=days_ago(80))

    with pytest.raises(error, match=says):
        cycle(row, filmed, reviewed)

    assert not Cycle.objects.exists()


def test_no_consent_no_cycle():
    with pytest.raises(ConsentFirst, match="no consent yet"):
        cycle(case())


def test_a_film_after_withdrawal_is_refused():
    row = consented_case()
    services.withdraw_consent(actor=actor_of(row.guider), case_id=row.pk)

    with pytest.raises(ConsentFirst, match="had ended"):
        cycle(row, timezone.localdate(), None)


def test_a_closed_case_takes_no_new_cycle():
    row = cycle().case
    services.close(actor=actor_of(row.guider), case_id=row.pk, ending=Ending.COMPLETED)

    with pytest.raises(RuleBroken, match="closed"):
        cycle(row, days_ago(2), None)


def test_the_shared_review_completes_a_cycle():
    row = cycle(filmed_on=days_ago(9), reviewed_on=None)

    services.complete_cycle(
        actor=actor_of(row.case.guider), cycle_id=row.pk, reviewed_on=days_ago(2), next_time="Wait"
    )

    row.refresh_from_db()
    assert (row.reviewed_on, row.next_time) == (days_ago(2), "Wait")
    assert row.what_went_well == "A long wait, then a smile."
    assert verbs()[-1] == "caselogs.cycle_completed"


def test_a_review_dated_before_its_film_changes_nothing():
    row = cycle(filmed_on=days_ago(9), reviewed_on=None)

    with pytest.raises(RuleBroken, match="dated before its film"):
        services.complete_cycle(
            actor=actor_of(row.case.guider), cycle_id=row.pk, reviewed_on=days_ago(10)
        )

    row.refresh_from_db()
    assert row.reviewed_on is None


def test_a_sealed_cycle_stays_as_it_is():
    row = cycle()
    officer = actor_of(person(Role.REGISTRAR, body()))
    services.seal_cycles(actor=officer, cycle_ids=[row.pk], label="Stage 1")
    services.seal_cycles(actor=officer, cycle_ids=[row.pk], label="Stage 1")

    with pytest.raises(RuleBroken, match="counted in a decision"):
        services.correct_cycle(
            actor=actor_of(row.case.guider), cycle_id=row.pk, filmed_on=days_ago(31)
        )

    assert Seal.objects.count() == 1


def test_a_guider_seals_nothing():
    row = cycle()

    with pytest.raises(PermissionDenied):
        services.seal_cycles(actor=actor_of(row.case.guider), cycle_ids=[row.pk], label="Mine")


# Goals


def test_a_new_helping_question_leaves_the_older_as_a_goal():
    older = goal()
    newer = goal(older.case, "What does she like in me?")

    assert list(
        Goal.objects.filter(case=older.case).values_list("words", "is_helping_question")
    ) == [(newer.words, True), (older.words, False)]


def test_a_day_has_one_rating_and_the_last_one_holds():
    row = goal()
    actor = actor_of(row.case.guider)
    services.rate_goal(actor=actor, goal_id=row.pk, now_score=3, hoped_score=8)
    services.rate_goal(actor=actor, goal_id=row.pk, now_score=4, hoped_score=8)

    assert list(GoalRating.objects.values_list("now_score", "hoped_score")) == [(4, 8)]


@pytest.mark.parametrize(("now", "hoped"), [(0, None), (11, None), (5, 0), (5, 11)])
def test_a_rating_is_from_one_to_ten(now, hoped):
    row = goal()

    with pytest.raises(RuleBroken, match="1 to 10"):
        services.rate_goal(
            actor=actor_of(row.case.guider), goal_id=row.pk, now_score=now, hoped_score=hoped
        )


# Time


def test_a_day_of_protected_time_is_one_line():
    maya = actor_of(person())
    services.log_time(actor=maya, minutes_planned=420, minutes_used=60, on=days_ago(1))
    services.log_time(actor=maya, minutes_planned=420, minutes_used=210, on=days_ago(1))

    assert list(TimeEntry.objects.values_list("minutes_planned", "minutes_used")) == [(420, 210)]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"minutes_used": 60, "on": timezone.localdate() + timedelta(days=1)}, "still to come"),
        ({"minutes_used": 17 * 60}, "sixteen hours"),
    ],
)
def test_hours_that_cannot_be_are_refused(facts, says):
    with pytest.raises(RuleBroken, match=says):
        services.log_time(actor=actor_of(person()), **facts)
