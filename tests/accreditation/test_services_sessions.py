"""Sessions: logged by one, confirmed by the other."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accreditation import services
from accreditation.kinds import SessionKind
from accreditation.models import SupervisionSession
from accreditation.states import SessionState
from notices.models import Notice
from people.errors import RuleBroken
from people.kinds import Role
from people.models import SupervisionTie
from tests.accreditation.factories import circle, confirmed, session
from tests.caselogs.factories import days_ago
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db
FACTS = {"kind": SessionKind.SUPERVISION, "grouping": "individual", "medium": "remote"}


def test_logging_is_the_loggers_own_yes_and_asks_the_other():
    found = circle()

    logged = session(found)

    assert (logged.state, bool(logged.trainee_confirmed_at), logged.supervisor_confirmed_at) == (
        SessionState.WAITING,
        True,
        None,
    )
    assert [(n.to, n.kind) for n in Notice.objects.all()] == [
        (found.supervisor, "accreditation.session_logged")
    ]


def test_one_gesture_confirms():
    assert confirmed(circle()).state == SessionState.CONFIRMED


def test_a_session_counts_only_from_a_day_on_which_they_were_tied():
    found = circle()
    SupervisionTie.objects.update(since=days_ago(30), until=days_ago(10))

    for day in (31, 9):
        with pytest.raises(RuleBroken, match="were not supervisor and trainee"):
            session(found, days_ago(day))
    logged = session(found, days_ago(20))
    with pytest.raises(RuleBroken, match="were not supervisor and trainee"):
        services.correct_session(
            actor=actor_of(found.trainee),
            session_id=logged.pk,
            held_on=days_ago(9),
            minutes=60,
            **FACTS,
        )

    logged.refresh_from_db()
    assert (SupervisionSession.objects.count(), logged.held_on) == (1, days_ago(20))


def test_nobody_confirms_for_both():
    found = circle()
    logged = session(found)

    with pytest.raises(PermissionDenied, match="other person"):
        services.confirm_session(actor=actor_of(found.trainee), session_id=logged.pk)


def test_strangers_neither_log_nor_confirm():
    found = circle()
    logged = session(found)

    for other in (found.external, found.registrar, person(Role.SUPERVISOR)):
        with pytest.raises(PermissionDenied):
            services.confirm_session(actor=actor_of(other), session_id=logged.pk)
        with pytest.raises(PermissionDenied):
            services.log_session(
                actor=actor_of(other),
                trainee_id=found.trainee.pk,
                supervisor_id=other.pk,
                held_on=days_ago(1),
                minutes=60,
            )


@pytest.mark.parametrize("minutes", [0, 9, 481])
def test_impossible_lengths_are_refused(minutes):
    with pytest.raises(RuleBroken, match="between 10 and 480"):
        session(circle(), minutes=minutes)


def test_a_day_to_come_is_refused():
    with pytest.raises(RuleBroken, match="still to come"):
        session(circle(), timezone.localdate() + timedelta(days=1))


def test_the_same_session_is_not_logged_twice():
    found = circle()
    session(found)

    with pytest.raises(RuleBroken, match="twice"):
        session(found)

    assert SupervisionSession.objects.count() == 1


def test_a_dispute_stops_the_counting_and_tells_both():
    found = circle()
    logged = session(found)
    Notice.objects.all().delete()

    services.dispute_session(
        actor=actor_of(found.supervisor), session_id=logged.pk, words="It was 45 minutes."
    )

    assert SupervisionSession.objects.confirmed().count() == 0
    assert {n.to for n in Notice.objects.all()} == {found.trainee, found.supervisor}


def test_a_corrected_session_asks_again():
    found = circle()
    logged = session(found)
    services.dispute_session(
        actor=actor_of(found.supervisor), session_id=logged.pk, words="It was 45 minutes."
    )

    put_right = services.correct_session(
        actor=actor_of(found.trainee),
        session_id=logged.pk,
        held_on=days_ago(20),
        minutes=45,
        **FACTS,
    )

    assert (put_right.state, put_right.minutes, put_right.dispute_words) == ("waiting", 45, "")
    assert put_right.supervisor_confirmed_at is None


def test_what_both_confirmed_stays():
    found = circle()
    agreed = confirmed(found)

    with pytest.raises(RuleBroken, match="stays as it is"):
        services.withdraw_session(actor=actor_of(found.trainee), session_id=agreed.pk)
    with pytest.raises(RuleBroken, match="stays as it is"):
        services.correct_session(
            actor=actor_of(found.trainee),
            session_id=agreed.pk,
            held_on=days_ago(19),
            minutes=45,
            **FACTS,
        )


def test_a_withdrawn_session_makes_room_for_the_right_one():
    found = circle()
    logged = session(found)

    services.withdraw_session(actor=actor_of(found.trainee), session_id=logged.pk)

    assert session(found).pk != logged.pk
