"""Holds for safeguarding: two people, a short time for one alone, never in silence."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from caselogs.services import record_consent
from footage.models import Film
from footage.states import State as FilmState
from ledger.models import Line
from media_review import permissions, reminding, retention, services
from media_review.kinds import Basis, Wish
from media_review.models import HoldWish, Receipt, Recording, SafeguardingHold
from media_review.queries import consents
from media_review.services.holds import end_of
from media_review.states import HOLD_STEPS, HoldState, HoldStep, hold_after
from notices.models import Notice
from notices.words import letter
from people.errors import RuleBroken
from people.kinds import Role
from tests.caselogs.factories import consented_case, days_ago
from tests.media_review import factories as make
from tests.people.factories import actor_of, granted, organisation, person, tied

pytestmark = pytest.mark.django_db
REASON = "The police have asked."


@pytest.mark.parametrize(("state", "step"), list(product(HoldState, HoldStep)))
def test_only_listed_steps_are_open(state, step):
    if (state, step) in HOLD_STEPS:
        assert hold_after(state, step) == HOLD_STEPS[state, step]
    else:
        with pytest.raises(RuleBroken):
            hold_after(state, step)


def sent(case=None):
    """A recording whose film is on its way: enough to be held and destroyed."""
    row = make.recording(case)
    services.begin_upload(
        actor=actor_of(row.owner), recording_id=row.pk, file_name="play.mp4", size=1000
    )
    return Recording.objects.select_related("film", "case", "owner").get(pk=row.pk)


def service():
    """A guider and the manager of the same service, and a film of the guider's."""
    place = organisation()
    guider, manager = person(Role.TRAINEE, place), person(Role.SERVICE_MANAGER, place)
    return sent(consented_case(guider)), actor_of(guider), actor_of(manager)


def asked(recording, actor, days=30, **facts):
    facts = {"reason": REASON, "basis": Basis.LAW, "until": days_ago(-days)} | facts
    return services.ask_for_hold(actor=actor, recording_id=recording.pk, **facts)


def held(recording, first, second, **facts):
    hold = asked(recording, first, **facts)
    return services.confirm_hold(actor=second, hold_id=hold.pk)


def later(hold, **ahead):
    """The hold's moments lie so much earlier, as if that time had passed."""
    past = timedelta(**ahead)
    moment = hold.binds_until - past
    SafeguardingHold.objects.filter(pk=hold.pk).update(binds_until=moment)
    Film.objects.filter(recording=hold.recording_id).update(kept_until=moment)


def state_of(recording):
    return Recording.objects.select_related("film").get(pk=recording.pk).film.state


def test_two_people_hold_a_film_and_both_stand_in_the_rows():
    recording, guider, manager = service()

    hold = held(recording, guider, manager)

    wish = hold.wishes.get()
    assert hold.state == HoldState.IN_FORCE
    assert hold.binds_until == end_of(hold.until)
    assert (wish.kind, wish.asked_by_id, wish.confirmed_by_id) == (
        Wish.KEEP,
        guider.user_id,
        manager.user_id,
    )
    lines = Line.objects.filter(subject_id=str(hold.pk)).order_by("number")
    assert [(line.verb, line.user_id) for line in lines] == [
        ("media_review.hold_asked", guider.user_id),
        ("media_review.hold_keep_confirmed", manager.user_id),
    ]


def test_one_alone_holds_a_film_for_72_hours_and_then_not_again():
    recording, guider, _ = service()
    hold = asked(recording, guider)
    assert hold.binds_until - hold.asked_at == timedelta(hours=72)
    later(hold, hours=73)

    assert (reminding.end_holds(), reminding.end_holds()) == (1, 0)

    hold.refresh_from_db()
    assert (hold.state, hold.ended_at is None) == (HoldState.RUN_OUT, False)
    with pytest.raises(RuleBroken, match="somebody else has to ask"):
        asked(recording, guider)


def test_nobody_confirms_what_they_asked_themselves_not_even_in_the_database():
    recording, guider, _ = service()
    hold = asked(recording, guider)

    with pytest.raises(PermissionDenied, match="A second person"):
        services.confirm_hold(actor=guider, hold_id=hold.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        HoldWish.objects.update(confirmed_by=guider.user_id, closed_at=timezone.now())


def test_who_asks_and_who_confirms():
    recording, guider, manager = service()
    supervisor, inside = person(Role.SUPERVISOR), person(Role.SUPERVISOR)
    place = recording.case.organisation
    people = {
        "supervisor of a body": supervisor,
        "supervisor of the service": inside,
        "colleague": person(Role.TRAINEE, place),
        "manager elsewhere": person(Role.SERVICE_MANAGER),
    }
    for one in (supervisor, inside):
        tied(one, recording.owner)
    actors = {"guider": guider, "manager": manager}
    actors |= {name: actor_of(one) for name, one in people.items()}
    granted(inside, Role.SUPERVISOR, place)
    actors["supervisor of the service"] = actor_of(inside)
    hold = asked(recording, guider)

    may = {
        name: (
            bool(permissions.may_hold(actor, recording)),
            bool(permissions.may_confirm_hold(actor, hold, guider.user_id)),
        )
        for name, actor in actors.items()
    }

    assert may == {
        "guider": (True, False),
        "manager": (True, True),
        "supervisor of a body": (True, False),
        "supervisor of the service": (True, True),
        "colleague": (False, False),
        "manager elsewhere": (False, False),
    }


def test_longer_and_the_end_take_two_people_as_well():
    recording, guider, manager = service()
    hold = held(recording, guider, manager)

    services.ask_longer_hold(actor=manager, hold_id=hold.pk, until=days_ago(-90), reason="More.")
    with pytest.raises(PermissionDenied):
        services.confirm_hold(actor=manager, hold_id=hold.pk)
    hold = services.confirm_hold(actor=guider, hold_id=hold.pk)
    assert (hold.state, hold.until) == (HoldState.IN_FORCE, days_ago(-90))

    services.ask_lift_hold(actor=guider, hold_id=hold.pk, reason="It is over.")
    assert SafeguardingHold.objects.binding().exists()
    hold = services.confirm_hold(actor=manager, hold_id=hold.pk)
    assert hold.state == HoldState.LIFTED
    assert not SafeguardingHold.objects.binding().exists()


def test_an_end_that_was_asked_for_can_be_refused_by_the_other():
    recording, guider, manager = service()
    hold = held(recording, guider, manager)
    services.ask_lift_hold(actor=guider, hold_id=hold.pk, reason="It is over.")

    hold = services.take_back_hold(actor=manager, hold_id=hold.pk)

    assert (hold.state, hold.binds_until) == (HoldState.IN_FORCE, end_of(hold.until))


def test_more_time_that_nobody_confirmed_ends_with_the_first_or_after_72_hours():
    recording, guider, manager = service()
    hold = held(recording, guider, manager, days=1)

    hold = services.ask_longer_hold(
        actor=guider, hold_id=hold.pk, until=days_ago(-90), reason="More."
    )
    later(hold, hours=73)

    assert reminding.end_holds() == 1
    hold.refresh_from_db()
    assert (hold.state, hold.until) == (HoldState.RUN_OUT, days_ago(-1))


@pytest.mark.parametrize("days", [0, -1, 184])
def test_a_hold_ends_on_a_day_ahead_and_within_half_a_year(days):
    recording, guider, _ = service()

    with pytest.raises(RuleBroken):
        asked(recording, guider, days=days)


def test_a_film_has_one_hold_at_a_time():
    recording, guider, manager = service()
    held(recording, guider, manager)

    with pytest.raises(RuleBroken, match="held already"):
        asked(recording, manager)


def test_withdrawal_locks_a_held_film_at_once_and_destroys_it_when_the_hold_ends():
    recording, guider, manager = service()
    hold = held(recording, guider, manager)
    free = sent(recording.case)
    make.take_back(recording.case)

    assert not Recording.objects.watchable_by(guider).exists()
    retention.tidy()
    retention.tidy()

    assert (state_of(recording), state_of(free)) == (FilmState.RECEIVING, FilmState.PURGING)
    told = Notice.objects.get(kind="media_review.held_after_withdrawal")
    assert (told.to, "tell the family" in letter(told).sentence) == (recording.owner, True)

    services.ask_lift_hold(actor=guider, hold_id=hold.pk, reason="It is over.")
    services.confirm_hold(actor=manager, hold_id=hold.pk)
    retention.tidy()

    assert state_of(recording) == FilmState.PURGING
    assert Receipt.objects.get(recording=recording).ending == "withdrawn"


def test_a_new_consent_does_not_open_a_film_that_waits_for_its_end():
    recording, guider, manager = service()
    held(recording, guider, manager)
    make.take_back(recording.case)
    record_consent(
        actor=guider, case_id=recording.case_id, scopes=["filming"], covered="Mother and baby"
    )

    assert not Recording.objects.watchable_by(guider).exists()


def test_after_a_withdrawal_no_hold_can_be_asked_for():
    recording, guider, _ = service()
    make.take_back(recording.case)

    with pytest.raises(RuleBroken):
        asked(recording, guider)
    assert not SafeguardingHold.objects.exists()


def test_a_held_film_is_not_discarded_and_its_row_outlives_the_hold():
    recording, guider, manager = service()
    hold = held(recording, guider, manager)

    with pytest.raises(RuleBroken, match="held for safeguarding"):
        services.discard_recording(actor=guider, recording_id=recording.pk)
    services.ask_lift_hold(actor=guider, hold_id=hold.pk, reason="It is over.")
    services.confirm_hold(actor=manager, hold_id=hold.pk)
    services.discard_recording(actor=guider, recording_id=recording.pk)

    assert state_of(recording) == FilmState.PURGING
    assert SafeguardingHold.objects.get().recording == recording


def test_no_letter_about_a_hold_names_a_code_or_a_reason():
    recording, guider, manager = service()
    hold = held(recording, guider, manager)
    services.ask_longer_hold(actor=manager, hold_id=hold.pk, until=days_ago(-90), reason=REASON)
    services.confirm_hold(actor=guider, hold_id=hold.pk)
    services.ask_lift_hold(actor=guider, hold_id=hold.pk, reason=REASON)
    services.confirm_hold(actor=manager, hold_id=hold.pk)

    letters = {
        notice.kind: letter(notice)
        for notice in Notice.objects.filter(kind__startswith="media_review.hold")
    }

    assert {
        kind.removeprefix("media_review.hold_"): each.subject for kind, each in letters.items()
    } == {
        "keep_asked": f"{guider.name} asks that a film is held",
        "keep_confirmed": f"A film is held until {_day(-30)}",
        "longer_asked": f"{manager.name} asks that a film is held for longer",
        "longer_confirmed": f"A film is held until {_day(-90)}",
        "lift_asked": f"{guider.name} asks that a hold on a film ends",
        "lift_confirmed": "A film is no longer held",
    }
    said = " ".join(f"{each.subject} {each.sentence}" for each in letters.values())
    assert not [word for word in (recording.case.code, REASON) if word in said]


def _day(days):
    return consents.day(days_ago(days))


def test_the_family_is_told_once():
    recording, guider, manager = service()
    hold = held(recording, guider, manager)

    services.note_family_told(actor=guider, hold_id=hold.pk)
    services.note_family_told(actor=manager, hold_id=hold.pk)

    hold.refresh_from_db()
    assert hold.family_told_on == timezone.localdate()
    assert Line.objects.filter(verb="media_review.family_told_of_hold").count() == 1
