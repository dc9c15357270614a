"""Watching together: tickets, seats, rooms, and real connections that lose their right."""

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from media_review import services
from media_review.together import messages, rights, server, tickets
from media_review.together.messages import Deed, Enter, Ping, Point
from media_review.together.rights import Seat
from media_review.together.rooms import MOST_IN_A_ROOM, MOST_OF_A_PERSON, House, Member
from media_review.together.tickets import Entry
from people.models import RoleGrant, SupervisionTie
from tests.media_review import doors
from tests.media_review import factories as make
from tests.people.factories import actor_of, person, signed_in

CLIP = "5eed0000-0000-4000-8000-000000000001"
FILM = {"do": "play", "clip": CLIP, "at": 10.5, "on": True, "rate": 1, "since": 5}


def key_of(client):
    return client.session.session_key


def watched(**facts):
    """A submission, and a browser of each of the two."""
    row = make.submitted(**facts)
    return row, signed_in(row.trainee), signed_in(row.supervisor)


# --- tickets ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_ticket_opens_once():
    entry = Entry("a session", uuid4())
    ticket = tickets.issue(entry)

    assert tickets.redeem(ticket) == entry
    assert tickets.redeem(ticket) is None


@pytest.mark.django_db
@pytest.mark.parametrize("spoil", [lambda t: t + "x", lambda t: "x" + t, lambda _: "", "é".join])
def test_a_ticket_of_another_hand_opens_nothing(spoil):
    assert tickets.redeem(spoil(tickets.issue(Entry("a session", uuid4())))) is None


@pytest.mark.django_db
def test_an_old_ticket_opens_nothing(time_machine):
    time_machine.move_to("2026-05-01T10:00:00Z", tick=False)
    ticket = tickets.issue(Entry("a session", uuid4()))
    time_machine.move_to("2026-05-01T10:00:21Z", tick=False)

    assert tickets.redeem(ticket) is None


@pytest.mark.django_db
def test_a_ticket_tells_nothing_of_the_session():
    ticket = tickets.issue(Entry("a-secret-session", uuid4()))

    assert "secret" not in ticket
    place = ticket.split(":")[0]
    assert cache.get(f"together:{place}")[0] == "a-secret-session"


# --- the right to sit there ------------------------------------------------------------------


@pytest.mark.django_db
def test_each_side_has_a_seat_of_its_own_right():
    row, trainee, supervisor = watched()
    clip_ids = frozenset(str(pk) for pk in row.submitted_clips.values_list("clip_id", flat=True))

    seats = [rights.seat_of(Entry(key_of(each), row.pk)) for each in (trainee, supervisor)]

    assert seats == [
        Seat(row.trainee_id, "Maya", clip_ids),
        Seat(row.supervisor_id, "Ruth", clip_ids),
    ]


def tie_ended(row, _):
    SupervisionTie.objects.all().delete()


def role_ended(row, _):
    RoleGrant.objects.filter(user=row.supervisor).delete()


def consent_withdrawn(row, _):
    make.take_back(row.submitted_clips.first().clip.recording.case)


def session_ended(row, client):
    client.logout()


def suspended(row, _):
    row.supervisor.is_active = False
    row.supervisor.save()


def password_changed(row, _):
    row.supervisor.set_password("another word entirely")
    row.supervisor.save()


def taken_back(row, _):
    services.withdraw(actor=actor_of(row.trainee), submission_id=row.pk)


def no_second_factor(row, client):
    session = client.session
    del session["second_factor_shown"]
    session.save()


LOSSES = [tie_ended, role_ended, consent_withdrawn, session_ended, suspended, password_changed]
LOSSES += [taken_back, no_second_factor]


@pytest.mark.django_db
@pytest.mark.parametrize("loss", LOSSES)
def test_whoever_loses_the_right_has_no_seat(loss):
    row, _, supervisor = watched()
    entry = Entry(key_of(supervisor), row.pk)
    assert rights.seat_of(entry)

    loss(row, supervisor)

    assert rights.seat_of(entry) is None


@pytest.mark.django_db
def test_a_stranger_gets_no_ticket_and_no_seat():
    row, trainee, _ = watched()
    outsider = signed_in(person("supervisor", name="Tom Ashby"))
    door = reverse("media_review:together-enter", args=[row.pk])

    assert outsider.post(door).status_code == 404
    assert rights.seat_of(Entry(key_of(outsider), row.pk)) is None
    consent_withdrawn(row, None)
    assert trainee.post(door).status_code == 403


@pytest.mark.django_db
def test_a_seat_costs_a_fixed_number_of_queries(django_assert_num_queries):
    row, _, supervisor = watched(clips=3)
    entry = Entry(key_of(supervisor), row.pk)

    with django_assert_num_queries(5):
        seat = rights.seat_of(entry)

    assert len(seat.clip_ids) == 3


# --- words -----------------------------------------------------------------------------------


def test_only_our_own_words_are_understood():
    assert messages.parse('{"do": "enter", "ticket": "abc"}') == Enter("abc")
    assert messages.parse('{"do": "clock", "mark": 12.5}') == Ping(12.5)
    assert messages.parse('{"do": "point", "x": 0.5, "y": 1}') == Point(0.5, 1)
    assert messages.parse(json.dumps(FILM)) == Deed("play", CLIP, 10.5, True, 1, 5)


WRONG = [
    b"{}",
    "",
    "[]",
    "null",
    "{",
    "[" * 2000,
    '{"do": "erase"}',
    '{"do": ["play"]}',
    '{"do": "point", "x": 1.01, "y": 0}',
    '{"do": "point", "x": true, "y": 0}',
    '{"do": "point", "x": NaN, "y": 0}',
    '{"do": "clock", "mark": "now"}',
    json.dumps({**FILM, "clip": "../etc"}),
    json.dumps({**FILM, "at": -1}),
    json.dumps({**FILM, "at": 1e300}),
    json.dumps({**FILM, "rate": 0}),
    json.dumps({**FILM, "rate": 16}),
    json.dumps({**FILM, "do": "play", "more": "x" * 2000}),
]


@pytest.mark.parametrize("text", WRONG)
def test_anything_else_is_nothing(text):
    assert messages.parse(text) is None


# --- rooms -----------------------------------------------------------------------------------


@dataclass
class Ear:
    """A line that keeps what it was told."""

    heard: list = field(default_factory=list)

    def tell(self, told):
        self.heard.append(told)


def seated(house, room_id, name="Ruth", clips=(CLIP,), user_id=None):
    ear = Ear()
    seat = Seat(user_id or uuid4(), name, frozenset(clips))
    return ear, house.enter(room_id, ear, seat, 1000.0)


def test_what_holds_is_told_to_all_and_to_whoever_comes_later():
    house, room_id = House(9), uuid4()
    ruth, by = seated(house, room_id)
    maya, _ = seated(house, room_id, "Maya")
    room = house.rooms[room_id]

    room.do(by, Deed("play", CLIP, 500, True, 1, 990), 1000.0)
    late, _ = seated(house, room_id, "Tom")

    film = {"is": "film", "what": "play", "clip": CLIP, "at": 500, "on": True, "rate": 1}
    film |= {"since": 990, "by": "Ruth"}
    assert maya.heard[-2] == ruth.heard[-2] == {**film, "from": by.number}
    assert late.heard[0]["film"] == film
    assert [one["name"] for one in maya.heard[-1]["here"]] == ["Ruth", "Maya", "Tom"]


def test_a_moment_that_cannot_be_is_moved_to_now():
    house, room_id = House(9), uuid4()
    ear, by = seated(house, room_id)

    house.rooms[room_id].do(by, Deed("play", CLIP, 0, True, 1, 9e9), 50_000.0)
    house.rooms[room_id].do(by, Deed("play", CLIP, 0, True, 1, 0), 50_000.0)

    assert [told["since"] for told in ear.heard[-2:]] == [50_000.0, 48_000.0]


def test_nobody_is_told_about_a_clip_they_may_not_watch():
    house, room_id, other = House(9), uuid4(), str(uuid4())
    ruth, by = seated(house, room_id, clips=(CLIP, other))
    maya, her = seated(house, room_id, "Maya")
    room, before = house.rooms[room_id], len(maya.heard)

    room.do(by, Deed("open", other, 0, False, 1, 1000), 1000.0)
    room.point(by, 0.5, 0.5)
    room.do(her, Deed("open", other, 9, False, 1, 1000), 1000.0)
    room.point(her, 0.5, 0.5)

    assert len(maya.heard) == before
    assert [told["at"] for told in ruth.heard if told["is"] == "film"] == [0]
    late, _ = seated(house, room_id, "Tom")
    assert late.heard[0]["film"] is None


def test_losing_one_leaves_the_others_where_they_are():
    house, room_id = House(9), uuid4()
    ruth, by = seated(house, room_id)
    _, her = seated(house, room_id, "Maya")
    house.rooms[room_id].do(by, Deed("play", CLIP, 0, True, 1, 1000), 1000.0)

    house.leave(room_id, her)
    house.leave(room_id, her)

    assert ruth.heard[-1]["is"] == "went"
    assert house.rooms[room_id].held
    assert house.seated == 1
    house.leave(room_id, by)
    assert (house.rooms, house.seated) == ({}, 0)


def test_rooms_house_and_people_have_their_limits():
    house, room_id, me = House(MOST_IN_A_ROOM + 2), uuid4(), uuid4()

    mine = [seated(house, room_id, user_id=me)[1] for _ in range(MOST_OF_A_PERSON + 1)]
    others = [seated(house, room_id)[1] for _ in range(MOST_IN_A_ROOM)]
    elsewhere = [seated(house, uuid4())[1] for _ in range(3)]

    assert [bool(each) for each in mine] == [True] * MOST_OF_A_PERSON + [False]
    assert sum(map(bool, others)) == MOST_IN_A_ROOM - MOST_OF_A_PERSON
    assert [bool(each) for each in elsewhere] == [True, True, False]
    assert len(house.rooms) == 3


def test_a_page_that_talks_too_much_is_noticed():
    member = Member(Ear(), Seat(UUID(CLIP), "Ruth", frozenset()), 1, counted_at_ms=0)

    said = [member.may_speak(0) for _ in range(121)]

    assert (said.count(True), said[-1]) == (120, False)
    assert member.may_speak(1000)


# --- real connections ------------------------------------------------------------------------


@contextmanager
def line(address, origin="http://localhost:8000"):
    with connect(address, origin=origin, open_timeout=20, close_timeout=5) as way:
        yield way


def entered(way, client, row):
    """In the room, by the door every page takes."""
    answer = client.post(reverse("media_review:together-enter", args=[row.pk])).json()
    way.send(json.dumps({"do": "enter", "ticket": answer["ticket"]}))
    return answer["ticket"]


def heard(way, kind, seconds=20):
    """The next message of this kind."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        told = json.loads(way.recv(timeout=seconds))
        if told["is"] == kind:
            return told
    raise AssertionError(f"never heard {kind}")


def closed_with(way):
    """The number with which the other side closes."""
    try:
        while True:
            way.recv(timeout=20)
    except ConnectionClosed as closed:
        return closed.rcvd.code


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_real_lines_hear_each_other_and_lose_their_right_each_alone(settings):
    settings.TOGETHER_ASK_SECONDS = 0.3
    row, trainee, supervisor = watched()
    clip_id = str(row.submitted_clips.get().clip_id)
    with doors.standing() as address, line(address) as his, line(address) as hers:
        ticket = entered(his, supervisor, row)
        heard(his, "entered")
        entered(hers, trainee, row)
        heard(hers, "entered")
        assert heard(his, "came")["name"] == "Ruth"
        assert heard(his, "came")["name"] == "Maya"
        now = server.now_ms()
        his.send(json.dumps({**FILM, "clip": clip_id, "since": now}))
        assert heard(hers, "film")["at"] == 10.5
        with line(address) as thief:
            thief.send(json.dumps({"do": "enter", "ticket": ticket}))
            assert closed_with(thief) == server.NO_TICKET

        tie_ended(row, supervisor)

        assert closed_with(his) == server.NO_RIGHT
        assert heard(hers, "went")["name"] == "Ruth"
        hers.send(json.dumps({"do": "clock", "mark": 1}))
        assert heard(hers, "clock")["mark"] == 1
        consent_withdrawn(row, None)
        assert closed_with(hers) == server.NO_RIGHT


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_doors_stay_shut_without_a_ticket_of_this_minute(settings):
    row, trainee, _ = watched()
    with doors.standing() as address:
        with pytest.raises(InvalidStatus), line(address, "https://elsewhere.example"):
            pass
        with line(address) as way:
            way.send(json.dumps({"do": "enter", "ticket": "made up:by:me"}))
            assert closed_with(way) == server.NO_TICKET
        with line(address) as way:
            ticket = tickets.issue(Entry(key_of(trainee), row.pk))
            cache.delete(f"together:{ticket.split(':')[0]}")  # as when its seconds are over
            way.send(json.dumps({"do": "enter", "ticket": ticket}))
            assert closed_with(way) == server.NO_TICKET
        with line(address) as way:
            entered(way, trainee, row)
            heard(way, "entered")
            for _ in range(200):
                way.send("nonsense")
            assert closed_with(way) == server.TOO_FAST
