"""Holds, sweeps and withdrawals at the same moment (on PostgreSQL, in real threads)."""

import pytest

from media_review import reminding, retention, services
from media_review.models import HoldWish, Receipt, SafeguardingHold
from media_review.states import HoldState
from people.kinds import Role
from tests.accreditation.test_races import at_once
from tests.caselogs.factories import days_ago
from tests.media_review.test_holds import asked, held, service, state_of
from tests.media_review.test_retention import closed
from tests.people.factories import actor_of, person

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_who_confirm_at_once_are_one_second_person():
    recording, guider, manager = service()
    other = actor_of(person(Role.SERVICE_MANAGER, recording.case.organisation))
    hold = asked(recording, guider)

    told = at_once(
        lambda: services.confirm_hold(actor=manager, hold_id=hold.pk),
        lambda: services.confirm_hold(actor=other, hold_id=hold.pk),
    )

    assert sorted(isinstance(each, str) for each in told) == [False, True]
    assert HoldWish.objects.get().confirmed_by_id in {manager.user_id, other.user_id}


def test_two_who_ask_at_once_make_one_hold():
    recording, guider, manager = service()

    at_once(lambda: asked(recording, guider), lambda: asked(recording, manager))

    assert SafeguardingHold.objects.count() == 1


def test_a_hold_and_the_sweep_at_once_end_one_way():
    recording, guider, _ = service()
    closed(recording)
    reminding.remind(days_ago(-57))

    at_once(lambda: retention.sweep(days_ago(-61)), lambda: asked(recording, guider))

    is_held = SafeguardingHold.objects.exists()
    assert (is_held, state_of(recording)) in {(True, "receiving"), (False, "purging")}


def test_a_lifted_hold_and_a_withdrawal_at_once_leave_nothing_that_lives_on():
    recording, guider, manager = service()
    hold = held(recording, guider, manager)
    services.ask_lift_hold(actor=guider, hold_id=hold.pk, reason="It is over.")

    at_once(
        lambda: services.confirm_hold(actor=manager, hold_id=hold.pk),
        lambda: services.withdraw_consent(actor=guider, case_id=recording.case_id),
    )
    retention.tidy()

    assert SafeguardingHold.objects.get().state == HoldState.LIFTED
    assert state_of(recording) == "purging"
    assert Receipt.objects.count() == 1


def test_two_sweeps_at_once_write_one_receipt():
    recording, _, _ = service()
    closed(recording)
    at_once(*[lambda: reminding.remind(days_ago(-57))] * 2)

    done = at_once(*[lambda: retention.sweep(days_ago(-61))] * 2)

    assert sorted(done) == [0, 1]
    assert Receipt.objects.count() == 1
