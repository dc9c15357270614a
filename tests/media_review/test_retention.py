"""Retention clocks: what starts them, what they wait for, who is told, what stays."""

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from caselogs.services import close, reopen
from footage import rounds
from footage.states import State as FilmState
from ledger.models import Line
from media_review import reminding, retention, services, tasks
from media_review.models import Receipt, Recording, Reminder, RetentionPolicy
from notices.models import Notice
from notices.words import letter
from people.errors import RuleBroken
from people.kinds import Role
from people.models import RoleGrant, User
from tests.caselogs.factories import consented_case, days_ago
from tests.media_review.factories import take_back
from tests.media_review.test_holds import asked, held, sent, service, state_of
from tests.people.factories import actor_of, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_stumble():
    cache.delete(rounds.STUMBLED)


def closed(recording, days=0):
    """The work with this family ended so many days ago."""
    actor = actor_of(recording.owner)
    close(actor=actor, case_id=recording.case_id, ending="moved", on=days_ago(days))
    return recording


def night(days):
    """What the sweep of the night in so many days destroys, and what it tells."""
    today = days_ago(-days)
    return retention.sweep(today), reminding.remind(today)


def clock(recording):
    return Recording.objects.with_clock().get(pk=recording.pk)


def test_a_film_goes_sixty_days_after_its_case_closed_when_its_guider_was_told_twice():
    recording, guider, _ = service()
    closed(recording)

    nights = {days: night(days) for days in (45, 46, 47, 56, 57, 58, 60, 61)}

    assert {days: told for days, told in nights.items() if told != (0, 0)} == {
        46: (0, 1),
        57: (0, 1),
        61: (1, 0),
    }
    letters = Notice.objects.filter(kind="media_review.film_goes_soon").order_by("posted_at")
    assert [notice.to_id for notice in letters] == [guider.user_id] * 2
    said = " ".join(letter(notice).subject + letter(notice).sentence for notice in letters)
    assert "60 days after the case closed on" in said
    assert "finish the shared review" in said
    assert recording.case.code not in said


def test_a_film_that_is_late_waits_three_days_for_its_guider_to_be_told():
    recording, _, _ = service()
    closed(recording, days=70)

    assert [night(days) for days in range(5)] == [(0, 1), (0, 0), (0, 0), (1, 0), (0, 0)]


def test_one_line_and_one_receipt_say_which_film_went_and_why():
    recording, guider, _ = service()
    closed(recording)
    [night(days) for days in (46, 57, 61)]

    receipt = Receipt.objects.get()
    line = Line.objects.get(verb="media_review.film_destroyed")
    assert state_of(recording) == FilmState.PURGING
    assert (receipt.guider_id, receipt.ending, receipt.size) == (guider.user_id, "time", 1000)
    assert receipt.rule.startswith("60 days after the case closed on ")
    assert (line.subject_id, line.facts["film"]) == (str(receipt.pk), str(recording.film_id))
    assert line.facts["rule"] == receipt.rule


def test_a_sweep_killed_in_the_middle_begins_again_where_it_stopped(monkeypatch):
    recording, _, _ = service()
    films = [recording, sent(recording.case), sent(recording.case)]
    closed(recording)
    reminding.remind(days_ago(-57))
    real, done = retention.footage.purge, []

    def dies(**facts):
        if done:
            raise KeyboardInterrupt
        done.append(real(**facts))

    with monkeypatch.context() as dying:
        dying.setattr(retention.footage, "purge", dies)
        with pytest.raises(KeyboardInterrupt):
            retention.sweep(days_ago(-61))
    assert sorted(state_of(film) for film in films) == ["purging", "receiving", "receiving"]
    assert Receipt.objects.count() == 1

    assert (retention.sweep(days_ago(-61)), retention.sweep(days_ago(-61))) == (2, 0)
    assert Line.objects.filter(verb="media_review.film_destroyed").count() == 3


def test_films_of_a_case_that_go_together_are_told_of_together_and_once():
    recording, _, _ = service()
    sent(recording.case)
    closed(recording)

    assert [reminding.remind(days_ago(-46)) for _ in range(2)] == [2, 0]

    told = Notice.objects.get(kind="media_review.film_goes_soon")
    assert letter(told).subject.startswith("2 films go on ")


def test_a_case_that_is_opened_again_stops_its_clock():
    recording, guider, _ = service()
    closed(recording)
    reminding.remind(days_ago(-57))
    reopen(actor=guider, case_id=recording.case_id)

    assert retention.sweep(days_ago(-61)) == 0
    assert clock(recording).kept_until is None


def test_no_reminder_after_a_withdrawal():
    recording, _, _ = service()
    closed(recording)
    take_back(recording.case)

    assert reminding.remind(days_ago(-57)) == 0


def test_holds_delay_the_clock_and_a_new_day_is_told_anew():
    recording, guider, manager = service()
    closed(recording)
    services.hold(actor=guider, recording_id=recording.pk, until=days_ago(-70), reason="a meeting")
    assert clock(recording).kept_until == days_ago(-70)

    held(recording, guider, manager, days=100)

    assert clock(recording).kept_until == days_ago(-100)
    assert (retention.sweep(days_ago(-71)), Reminder.objects.count()) == (0, 0)


def of_an_open_case(holds):
    """What the clock of a held film says whose case is open, and what the night would do."""
    recording, guider, manager = service()
    if "stage meeting" in holds:
        services.hold(actor=guider, recording_id=recording.pk, until=days_ago(-5), reason="it")
    if "safeguarding" in holds:
        held(recording, guider, manager, days=5)
    posted = Notice.objects.filter(kind="media_review.film_goes_soon")
    return clock(recording).kept_until, night(1), night(30), posted.count()


HELD_WAYS = ["stage meeting", "safeguarding", "stage meeting, safeguarding"]


@pytest.mark.parametrize("holds", HELD_WAYS)
def test_no_clock_runs_in_an_open_case_however_it_is_held(holds):
    assert of_an_open_case(holds) == (None, (0, 0), (0, 0), 0)


@pytest.mark.postgres
@pytest.mark.parametrize("holds", HELD_WAYS)
def test_no_clock_runs_in_an_open_case_on_postgresql_either(holds):
    """Its GREATEST passes over an empty date, where SQLite's answer is empty."""
    assert of_an_open_case(holds) == (None, (0, 0), (0, 0), 0)


def test_a_film_whose_hold_is_not_confirmed_is_kept_until_that_day():
    recording, guider, _ = service()
    closed(recording, days=70)

    hold = asked(recording, guider)

    assert clock(recording).kept_until == timezone.localdate(hold.binds_until)


def set_days(manager, days, **facts):
    place = next(iter(manager.organisations_where("see_holdings")))
    return services.set_policy(
        actor=manager, organisation_id=place, days_after_closing=days, quiet_months=6, **facts
    )


def test_a_shorter_rule_reaches_back_and_a_longer_one_does_not():
    recording, _, manager = service()
    closed(recording)

    set_days(manager, 30, why="The board asked.")
    assert clock(recording).kept_until == days_ago(-30)
    set_days(manager, 90)
    assert clock(recording).kept_until == days_ago(-30)

    rows = list(RetentionPolicy.objects.order_by("set_at"))
    assert [(row.days_after_closing, row.ended_at is None) for row in rows] == [
        (30, False),
        (90, True),
    ]
    assert Line.objects.filter(verb="media_review.policy_set").count() == 2


def test_a_film_begun_under_a_longer_rule_follows_it():
    recording, _, manager = service()
    set_days(manager, 90)

    young = closed(sent(recording.case))

    assert clock(young).kept_until == days_ago(-90)
    assert clock(recording).kept_until == days_ago(-60)


def test_the_same_rule_again_is_no_new_row():
    _, _, manager = service()

    assert set_days(manager, 30) == set_days(manager, 30)


@pytest.mark.parametrize("days", [0, 367])
def test_a_rule_is_a_day_to_a_year(days):
    _, _, manager = service()

    with pytest.raises(RuleBroken):
        set_days(manager, days)


def test_only_the_service_decides_its_rule():
    _, guider, manager = service()
    place = next(iter(manager.organisations_where("see_holdings")))

    with pytest.raises(PermissionDenied):
        services.set_policy(
            actor=guider, organisation_id=place, days_after_closing=9, quiet_months=6
        )


def test_a_family_agrees_to_less_never_to_more():
    recording, guider, _ = service()
    closed(recording)

    services.agree_term(actor=guider, case_id=recording.case_id, days=14)
    assert clock(recording).kept_until == days_ago(-14)
    services.agree_term(actor=guider, case_id=recording.case_id, days=200)
    assert clock(recording).kept_until == days_ago(-60)
    services.agree_term(actor=guider, case_id=recording.case_id, days=None)
    assert clock(recording).term_days is None
    assert Line.objects.filter(verb__startswith="media_review.term").count() == 3


@pytest.mark.parametrize("way", ["the role ended", "the account was closed"])
def test_when_a_guider_has_left_the_clock_runs_and_the_manager_is_told(way):
    recording, guider, manager = service()
    if way == "the role ended":
        RoleGrant.objects.filter(user=guider.user_id).update(
            until=timezone.localdate(), ended_at=timezone.now()
        )
    else:
        User.objects.filter(pk=guider.user_id).update(suspended_at=timezone.now())

    assert clock(recording).kept_until == days_ago(-60)
    assert reminding.remind(days_ago(-46)) == 1
    reminding.tell_of_leavers()

    told = dict(Notice.objects.values_list("kind", "to_id"))
    assert told == {
        "media_review.film_goes_soon": manager.user_id,
        "media_review.left_behind": manager.user_id,
    }


def leaves(recording, way="the role ended"):
    """The guider is gone; a suspended one cannot sign in any more."""
    if way == "suspended":
        User.objects.filter(pk=recording.owner_id).update(suspended_at=timezone.now())
    RoleGrant.objects.filter(user=recording.owner_id).update(
        until=timezone.localdate(), ended_at=timezone.now()
    )


def without_manager():
    """A film of a service nobody manages."""
    return sent(consented_case(person(Role.TRAINEE, organisation())))


def test_where_nobody_manages_the_service_whoever_made_the_film_is_told():
    recording = without_manager()
    leaves(recording)

    assert (reminding.remind(days_ago(-46)), reminding.tell_of_leavers()) == (1, 0)

    told = Notice.objects.get(kind="media_review.film_goes_soon")
    assert (told.to_id, told.facts["is_mine"]) == (recording.owner_id, True)


def test_where_nobody_else_is_left_whoever_keeps_the_house_is_told_without_names():
    recording = without_manager()
    keeper = person(Role.REGISTRAR)
    leaves(recording, "suspended")

    assert reminding.remind(days_ago(-46)) == 1

    told = Notice.objects.get(kind="media_review.film_of_nobody")
    said = letter(told)
    assert told.to_id == keeper.pk
    assert recording.case.organisation.name in said.sentence
    for secret in (recording.owner.name, recording.case.code):
        assert secret not in said.subject + said.sentence + str(told.facts)


def test_a_film_nobody_can_be_told_of_waits():
    recording = without_manager()
    leaves(recording, "suspended")

    assert [night(days) for days in (46, 57, 61, 200)] == [(0, 0)] * 4

    assert (Reminder.objects.count(), state_of(recording)) == (0, "receiving")
    assert rounds.stumbles() == {"reminders": 1}
    person(Role.REGISTRAR)
    assert [night(days) for days in (201, 204)] == [(0, 1), (1, 0)]
    assert rounds.stumbles() == {}


def test_one_film_that_cannot_be_destroyed_does_not_stop_the_night(monkeypatch):
    recording, _, _ = service()
    films = [recording, sent(recording.case), sent(recording.case)]
    closed(recording)
    reminding.remind(days_ago(-57))
    real = retention.footage.purge

    def stumbles(**facts):
        if facts["film_id"] == films[1].film_id:
            raise OSError("the store does not answer")
        real(**facts)

    with monkeypatch.context() as broken:
        broken.setattr(retention.footage, "purge", stumbles)
        assert retention.sweep(days_ago(-61)) == 2

    assert [state_of(film) for film in films] == ["purging", "receiving", "purging"]
    assert (Receipt.objects.count(), rounds.stumbles()) == (2, {"films past their time": 1})
    assert (retention.sweep(days_ago(-61)), rounds.stumbles()) == (1, {})


def test_one_reminder_that_cannot_be_written_does_not_stop_the_others(monkeypatch):
    first, second = service()[0], service()[0]
    closed(first)
    closed(second)
    real = reminding.notices.post

    def stumbles(**facts):
        if facts["to_id"] == first.owner_id:
            raise OSError("no")
        return real(**facts)

    with monkeypatch.context() as broken:
        broken.setattr(reminding.notices, "post", stumbles)
        assert reminding.remind(days_ago(-46)) == 1

    assert [row.recording_id for row in Reminder.objects.all()] == [second.pk]
    assert reminding.remind(days_ago(-46)) == 1


def test_a_night_whose_telling_fails_still_destroys_and_says_so(monkeypatch):
    def stumbles():
        raise OSError("no")

    swept = []
    monkeypatch.setattr(reminding, "nudge", stumbles)
    monkeypatch.setattr(retention, "sweep", lambda: swept.append(True))

    tasks.sweep_films()

    assert (swept, rounds.stumbles()) == ([True], {"every night": 1})


def test_a_quiet_case_is_asked_about_and_never_destroyed():
    _, guider, manager = service()

    assert [reminding.nudge(days_ago(-days)) for days in (170, 181, 182, 361)] == [0, 1, 1, 1]

    told = Notice.objects.filter(kind="media_review.case_quiet")
    assert [notice.to_id for notice in told] == [guider.user_id] * 2
    assert night(500) == (0, 0)
    place = next(iter(manager.organisations_where("see_holdings")))
    services.set_policy(actor=manager, organisation_id=place, days_after_closing=60, quiet_months=0)
    assert reminding.nudge(days_ago(-900)) == 0


def test_what_the_clock_asks_of_the_database_does_not_grow(django_assert_num_queries):
    recording, _, _ = service()
    for _ in range(3):
        sent(recording.case)

    with django_assert_num_queries(1):
        assert len(list(Recording.objects.here().with_clock())) == 4
