"""Supervision hours: planned, changed, called off, begun, agreed by both with one press each."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accreditation import services
from accreditation.models import AgendaItem, HourNote, SupervisionSession
from accreditation.queries.hours import hour_of, now_of
from accreditation.rules import proposed_minutes
from accreditation.services.hours import appointment_of
from accreditation.states import SessionState
from ledger.models import Line
from notices import calendars, outbox
from notices.models import Notice
from people.errors import RuleBroken
from people.kinds import Role
from people.models import SupervisionTie
from tests.accreditation.factories import circle, confirmed
from tests.caselogs.factories import days_ago
from tests.people.factories import actor_of, person, signed_in

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def ahead(found, by=None, **facts):
    """Planned for tomorrow at ten, by the supervisor."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    facts = {
        "planned_for": tomorrow.replace(hour=10, minute=0, second=0, microsecond=0),
        "minutes": 60,
    } | facts
    return services.plan_hour(
        actor=actor_of(by or found.supervisor),
        hour_id=facts.pop("hour_id", None) or uuid4(),
        trainee_id=found.trainee.pk,
        supervisor_id=found.supervisor.pk,
        **facts,
    )


def begun(found, **facts):
    """Both are there, and somebody has pressed "We begin"."""
    hour = ahead(found, **{"planned_for": timezone.now(), **facts})
    return services.begin_hour(actor=actor_of(found.trainee), session_id=hour.pk)


def agreed(found, hour, who, minutes=60):
    return services.agree_hour(actor=actor_of(who), session_id=hour.pk, minutes=minutes)


# --- planned, changed, called off ------------------------------------------------------------


@pytest.mark.parametrize("by", ["trainee", "supervisor"])
def test_either_plans_and_both_are_invited(by):
    found = circle()

    hour = ahead(found, getattr(found, by))

    assert (hour.state, hour.held_on) == (
        SessionState.PLANNED,
        timezone.localdate(hour.planned_for),
    )
    told = Notice.objects.filter(kind="accreditation.hour_planned")
    assert {each.to for each in told} == {found.trainee, found.supervisor}
    assert Line.objects.last().verb == "accreditation.hour_planned"


def test_an_hour_sent_twice_is_planned_once():
    found, key = circle(), uuid4()

    first, again = ahead(found, hour_id=key), ahead(found, hour_id=key)

    assert first == again
    assert SupervisionSession.objects.count() == 1
    assert Notice.objects.count() == 2


def test_only_two_who_are_tied_today_plan():
    found = circle()
    with pytest.raises(PermissionDenied):
        ahead(found, found.external)
    SupervisionTie.objects.update(until=days_ago(1))
    with pytest.raises(PermissionDenied):
        ahead(found)


@pytest.mark.parametrize(("days", "words"), [(-1, "That day is over"), (600, "check the year")])
def test_an_hour_lies_ahead_and_not_too_far(days, words):
    with pytest.raises(RuleBroken, match=words):
        ahead(circle(), planned_for=timezone.now() + timedelta(days=days))


def test_a_planned_hour_counts_nowhere():
    found = circle()
    hour = ahead(found)

    assert not SupervisionSession.objects.live().exists()
    page = signed_in(found.trainee).get(reverse("accreditation:session-list")).content.decode()
    assert hour.get_hour_url() in page
    with pytest.raises(RuleBroken, match="planned"):
        services.correct_session(
            actor=actor_of(found.supervisor),
            session_id=hour.pk,
            held_on=days_ago(1),
            minutes=60,
            kind="supervision",
            grouping="individual",
            medium="remote",
        )


def test_a_change_goes_to_both_and_nothing_changed_goes_to_nobody():
    found = circle()
    hour = ahead(found)
    facts = {"minutes": 90, "medium": "in_person", "place": "Room 2"}
    facts["planned_for"] = hour.planned_for + timedelta(days=1)

    for _ in range(2):
        changed = services.change_hour(actor=actor_of(found.trainee), session_id=hour.pk, **facts)

    assert (changed.sequence, changed.held_on) == (1, hour.held_on + timedelta(days=1))
    assert Notice.objects.filter(kind="accreditation.hour_changed").count() == 2


def test_what_is_called_off_stays_called_off():
    found = circle()
    hour = ahead(found)

    services.cancel_hour(actor=actor_of(found.trainee), session_id=hour.pk)

    with pytest.raises(RuleBroken):
        services.cancel_hour(actor=actor_of(found.trainee), session_id=hour.pk)
    with pytest.raises(RuleBroken):
        agreed(found, hour, found.trainee)
    with pytest.raises(RuleBroken):
        services.add_point(
            actor=actor_of(found.trainee), session_id=hour.pk, point_id=uuid4(), words="?"
        )
    assert ahead(found).pk != hour.pk


# --- both agree ------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["trainee", "supervisor"])
def test_one_press_each_and_the_minutes_count(first):
    found = circle()
    hour = begun(found)
    one, other = found.trainee, found.supervisor
    if first == "supervisor":
        one, other = other, one

    assert agreed(found, hour, one).state == SessionState.WAITING
    assert agreed(found, hour, one).state == SessionState.WAITING
    done = agreed(found, hour, other)
    assert agreed(found, hour, other).state == SessionState.CONFIRMED

    assert (done.state, done.minutes, done.held_on) == (
        SessionState.CONFIRMED,
        60,
        timezone.localdate(),
    )
    assert SupervisionSession.objects.count() == 1
    verbs = [line.verb for line in Line.objects.all() if "hour" in line.verb or "sess" in line.verb]
    assert [verb.partition(".")[2] for verb in verbs] == [
        "hour_planned",
        "hour_begun",
        "hour_held",
        "session_confirmed",
    ]
    lines = hour_of(done, actor_of(found.trainee)).lines
    assert next(line.have for line in lines if "upervision" in line.label) == 1


def test_the_second_must_have_seen_what_the_first_said():
    found = circle()
    hour = begun(found)
    agreed(found, hour, found.trainee, 55)

    with pytest.raises(RuleBroken, match="said 55 minutes"):
        agreed(found, hour, found.supervisor, 60)

    assert agreed(found, hour, found.supervisor, 55).state == SessionState.CONFIRMED


def test_nobody_agrees_to_an_hour_that_lies_ahead():
    found = circle()
    hour = ahead(found)

    with pytest.raises(RuleBroken, match="lies ahead"):
        agreed(found, hour, found.trainee)

    services.begin_hour(actor=actor_of(found.supervisor), session_id=hour.pk)
    assert agreed(found, hour, found.trainee).held_on == timezone.localdate()


def test_a_stranger_takes_no_part():
    found = circle()
    hour = begun(found)
    other = person(Role.SUPERVISOR)
    SupervisionTie.objects.create(supervisor=other, supervisee=found.trainee, since=days_ago(9))

    for verb, facts in [
        (services.agree_hour, {"minutes": 60}),
        (services.begin_hour, {}),
        (services.cancel_hour, {}),
        (services.add_point, {"point_id": uuid4(), "words": "?"}),
        (services.keep_note, {"words": "?", "is_shared": True, "version": 0}),
    ]:
        with pytest.raises(PermissionDenied):
            verb(actor=actor_of(other), session_id=hour.pk, **facts)


@pytest.mark.parametrize(
    ("planned", "elapsed", "minutes"),
    [(60, None, 60), (60, 0, 10), (60, 58, 60), (60, 52.4, 50), (60, 119, 120), (60, 130, 60)],
)
def test_the_clock_proposes(planned, elapsed, minutes):
    assert proposed_minutes(planned, elapsed) == minutes


# --- agenda and notes ------------------------------------------------------------------------


def test_points_of_both_stand_once_and_are_ticked():
    found = circle()
    hour, key = ahead(found), uuid4()
    for who, words in (
        (found.trainee, " Her  pauses "),
        (found.trainee, "x"),
        (found.supervisor, "x"),
    ):
        services.add_point(actor=actor_of(who), session_id=hour.pk, point_id=key, words=words)
    services.add_point(
        actor=actor_of(found.supervisor), session_id=hour.pk, point_id=uuid4(), words="Naming"
    )

    assert [point.words for point in AgendaItem.objects.all()] == ["Her pauses", "Naming"]
    point = AgendaItem.objects.first()
    for done in (True, True, False):
        services.tick_point(actor=actor_of(found.supervisor), point_id=point.pk, is_done=done)
    with pytest.raises(RuleBroken, match="other one of you"):
        services.remove_point(actor=actor_of(found.supervisor), point_id=point.pk)
    services.remove_point(actor=actor_of(found.trainee), point_id=point.pk)
    assert AgendaItem.objects.get().words == "Naming"


def test_an_hour_that_was_called_off_keeps_its_agenda():
    found = circle()
    hour, actor = ahead(found), actor_of(found.trainee)
    point = services.add_point(actor=actor, session_id=hour.pk, point_id=uuid4(), words="Pauses")
    SupervisionSession.objects.filter(pk=hour.pk).update(state=SessionState.WITHDRAWN)

    with pytest.raises(RuleBroken, match="called off"):
        services.remove_point(actor=actor, point_id=point.pk)
    assert AgendaItem.objects.exists()


def test_each_writes_a_note_and_shares_it_or_not():
    found = circle()
    hour = ahead(found)
    trainee, supervisor = actor_of(found.trainee), actor_of(found.supervisor)
    facts = {"session_id": hour.pk, "version": 0}

    services.keep_note(actor=trainee, words="I wait.", is_shared=True, **facts)
    services.keep_note(actor=supervisor, words="For me alone.", is_shared=False, **facts)

    assert now_of(hour, trainee).theirs is None
    assert now_of(hour, supervisor).theirs.words == "I wait."
    assert now_of(hour, supervisor).mine.words == "For me alone."


def test_a_second_window_never_writes_over_the_first():
    found = circle()
    hour = ahead(found)
    facts = {"actor": actor_of(found.trainee), "session_id": hour.pk, "is_shared": True}
    services.keep_note(words="One", version=0, **facts)
    services.keep_note(words="One", version=0, **facts)
    services.keep_note(words="One two", version=1, **facts)

    with pytest.raises(RuleBroken, match="another window"):
        services.keep_note(words="Other", version=1, **facts)

    assert HourNote.objects.get().words == "One two"


# --- calendars -------------------------------------------------------------------------------


def event_of(raw):
    calendar = Calendar.from_ical(raw)
    return calendar, next(iter(calendar.walk("VEVENT")))


def test_the_invitation_keeps_its_name_through_changes_until_it_is_called_off(
    django_capture_on_commit_callbacks,
):
    found = circle()
    hour = ahead(found, place="Room 2")
    services.change_hour(
        actor=actor_of(found.trainee),
        session_id=hour.pk,
        planned_for=hour.planned_for + timedelta(hours=1),
        minutes=90,
        medium="remote",
        place="",
    )
    services.cancel_hour(actor=actor_of(found.supervisor), session_id=hour.pk)
    mail.outbox.clear()
    outbox.send_waiting()

    sent = [letter for letter in mail.outbox if found.trainee.email in letter.to[0]]
    files = [letter.attachments[0] for letter in sent]
    events = [event_of(file[1]) for file in files]
    assert [calendar["method"] for calendar, _ in events] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["sequence"] for _, event in events] == [0, 1, 2]
    assert {str(event["uid"]) for _, event in events} == {f"{hour.pk}@testserver"}
    assert [str(event["status"]) for _, event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [file[2] for file in files][-1] == 'text/calendar; charset="utf-8"; method=CANCEL'
    _, changed = events[1]
    assert changed.decoded("dtstart") == hour.planned_for + timedelta(hours=1)
    assert changed.decoded("duration") == timedelta(minutes=90)
    assert sorted(str(each) for each in changed["attendee"]) == sorted(
        f"mailto:{each.email}" for each in (found.trainee, found.supervisor)
    )


def test_nothing_that_is_talked_about_is_in_the_invitation():
    found = circle()
    hour = ahead(found)
    actor = actor_of(found.trainee)
    services.add_point(actor=actor, session_id=hour.pk, point_id=uuid4(), words="Family B7 waits")
    services.keep_note(
        actor=actor, session_id=hour.pk, words="Family B7", is_shared=True, version=0
    )

    answer = signed_in(found.trainee).get(reverse("accreditation:hour-ics", args=[hour.pk]))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=REQUEST"
    assert b"B7" not in answer.content
    _, event = event_of(answer.content)
    assert str(event["location"]) == "By video call"


@pytest.mark.parametrize(
    ("day", "offset"), [("2027-03-27", 0), ("2027-03-28", 1), ("2027-10-30", 1), ("2027-10-31", 0)]
)
def test_ten_o_clock_is_ten_o_clock_on_either_side_of_the_clock_change(day, offset):
    found = circle()
    starts = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=LONDON)
    hour = ahead(found)
    hour.planned_for = starts.astimezone(ZoneInfo("UTC"))

    calendar, event = event_of(calendars.ics(appointment_of(hour)))

    begins = event.decoded("dtstart")
    assert (begins.hour, begins.utcoffset()) == (10, timedelta(hours=offset))
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]


def test_an_hour_that_crosses_the_change_lasts_its_minutes():
    hour = ahead(circle())
    hour.planned_for = datetime(2027, 10, 31, 0, 30, tzinfo=ZoneInfo("UTC"))

    _, event = event_of(calendars.ics(appointment_of(hour)))

    assert event.decoded("duration") == timedelta(hours=1)
    assert "dtend" not in event


# --- pages -----------------------------------------------------------------------------------


def test_the_page_says_what_was_and_what_waits():
    found = circle()
    confirmed(found, days_ago(20), words="Her own words first.")
    hour = begun(found)

    page = signed_in(found.supervisor).get(hour.get_hour_url()).content.decode()

    assert "Her own words first." in page
    assert "has not sent any yet" in page
    assert "Yes, we met" in page


def test_a_supervisor_of_the_past_keeps_the_notes_and_sees_nothing_newer():
    found = circle()
    hour = ahead(found)
    SupervisionTie.objects.update(until=days_ago(1))

    page = signed_in(found.supervisor).get(hour.get_hour_url()).content.decode()

    assert "You do not supervise" in page
    assert "so far</h2>" not in page


def test_a_press_on_the_page_is_kept_and_told(client):
    found = circle()
    hour = begun(found)
    door = reverse("accreditation:hour-agree", args=[hour.pk])

    first = signed_in(found.trainee).post(door, {"minutes": "45"}, follow=True).content.decode()
    odd = signed_in(found.supervisor).post(door, {"minutes": "60"}, follow=True).content.decode()
    last = signed_in(found.supervisor).post(door, {"minutes": "45"}, follow=True).content.decode()

    assert "You said yes to 45 minutes" in first
    assert "said 45 minutes" in odd
    assert "Confirmed by you both: 45 minutes" in last


def test_the_page_asks_for_news_and_hears_nothing_when_there_is_none():
    found = circle()
    hour = begun(found)
    browser = signed_in(found.trainee)
    door = reverse("accreditation:hour-now", args=[hour.pk])
    mark = now_of(hour, actor_of(found.trainee)).mark

    assert browser.get(door, {"seen": mark}).status_code == 204
    agreed(found, hour, found.supervisor)
    news = browser.get(door, {"seen": mark}).content.decode()

    assert "Yes, 60 minutes" in news
    assert 'hx-swap-oob="true"' in news


@pytest.mark.parametrize("rows", [1, 6])
def test_the_page_costs_the_same_however_much_stands_on_it(rows, django_assert_num_queries):
    found = circle()
    for number in range(rows):
        confirmed(found, days_ago(20 + number))
    hour = begun(found)
    for number in range(rows):
        services.add_point(
            actor=actor_of(found.trainee),
            session_id=hour.pk,
            point_id=uuid4(),
            words=f"Point {number}",
        )
    browser = signed_in(found.supervisor)
    browser.get(hour.get_hour_url())

    with django_assert_num_queries(18):
        page = browser.get(hour.get_hour_url()).content.decode()

    assert page.count("hour__tick") == rows


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_with_many_hours_ahead(rows, django_assert_num_queries):
    found = circle()
    for number in range(rows):
        ahead(found, planned_for=timezone.now() + timedelta(days=number + 1))
    browser = signed_in(found.trainee)
    browser.get(reverse("accreditation:session-list"))

    with django_assert_num_queries(8):
        page = browser.get(reverse("accreditation:session-list")).content.decode()

    assert page.count('data-state="planned"') == rows
