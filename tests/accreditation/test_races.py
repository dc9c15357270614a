"""Two at once: one wins, the other hears a clear sentence (on PostgreSQL, in real threads)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from accreditation import services
from accreditation.kinds import Outcome
from accreditation.models import Certificate, Decision, Meeting, SupervisionSession
from ledger.models import Line
from people.errors import RuleBroken
from tests.accreditation.factories import circle, finished, meeting
from tests.people.factories import actor_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*deeds):
    """What each deed gave or was told, all begun at the same moment."""
    gate = Barrier(len(deeds))

    def one(deed):
        try:
            gate.wait(10)
            return deed()
        except RuleBroken as broken:
            return str(broken)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def test_two_decisions_on_one_meeting():
    found = circle()
    planned = meeting(found)
    actor = actor_of(found.external)

    def deciding(outcome):
        return lambda: services.decide(
            actor=actor,
            meeting_id=planned.pk,
            outcome=outcome,
            words="She waits.",
            exception="Prior learning",
        )

    told = at_once(deciding(Outcome.PROGRESSED), deciding(Outcome.DEFERRED))

    assert Decision.objects.count() == 1
    assert [words for words in told if isinstance(words, str)] == [
        "This meeting is already decided. Nothing was changed by this second try."
    ]


def test_two_certificates_for_one_award():
    found = circle()
    decision = finished(found)
    actor = actor_of(found.registrar)

    def issue():
        return services.issue_certificate(actor=actor, decision_id=decision.pk)

    told = at_once(issue, issue)

    assert Certificate.objects.count() == 1
    assert [words for words in told if isinstance(words, str)] == [
        "This award has its certificate already. Nothing was issued twice."
    ]


def test_two_meetings_for_one_stage():
    found = circle()

    told = at_once(lambda: meeting(found), lambda: meeting(found, found.second))

    assert Meeting.objects.count() == 1
    assert len([words for words in told if isinstance(words, str)]) == 1


def test_both_say_yes_to_one_hour_at_the_same_moment():
    found = circle()
    hour = services.plan_hour(
        actor=actor_of(found.trainee),
        hour_id=uuid4(),
        trainee_id=found.trainee.pk,
        supervisor_id=found.supervisor.pk,
        planned_for=timezone.now(),
        minutes=60,
    )

    def saying_yes(who):
        actor = actor_of(who)
        return lambda: services.agree_hour(actor=actor, session_id=hour.pk, minutes=60).state

    both = (found.trainee, found.supervisor, found.trainee, found.supervisor)
    told = at_once(*map(saying_yes, both))

    assert set(told) <= {"waiting", "confirmed"}
    row = SupervisionSession.objects.get()
    assert (row.state, row.minutes) == ("confirmed", 60)
    verbs = Line.objects.filter(
        verb__in=["accreditation.hour_held", "accreditation.session_confirmed"]
    )
    assert verbs.count() == 2
