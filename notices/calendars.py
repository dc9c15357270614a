"""Invitations for calendars (RFC 5545, 5546): one event, changed under its own name, called off."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

FILE_NAME = "attune.ics"
REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting of some people. Times are ISO 8601 with their offset, so that it fits into JSON.

    `uid` stays the same as long as it is this meeting; `sequence` goes up with every change.
    """

    uid: str
    sequence: int
    starts: str
    minutes: int
    title: str
    zone: str
    url: str
    stamped: str
    place: str = ""
    organiser: str = ""
    people: tuple[tuple[str, str], ...] = ()
    is_cancelled: bool = False

    @property
    def method(self) -> str:
        """What the calendar is asked to do."""
        return CANCEL if self.is_cancelled else REQUEST

    def as_facts(self) -> dict[str, Any]:
        """The same as JSON takes it."""
        return asdict(self)


def from_facts(facts: Mapping[str, Any]) -> Appointment:
    """The appointment these facts were made of."""
    people = tuple((name, email) for name, email in facts["people"])
    return Appointment(**{**facts, "people": people})


def ics(appointment: Appointment) -> bytes:
    """The file that a calendar reads, with the rules of its time zone inside."""
    calendar = Calendar()
    calendar.add("prodid", "-//Attune//Supervision//EN")
    calendar.add("version", "2.0")
    calendar.add("method", appointment.method)
    calendar.add_component(_event(appointment))
    year = datetime.fromisoformat(appointment.starts).year
    calendar.add_missing_timezones(date(year - 1, 1, 1), date(year + 2, 1, 1))
    return calendar.to_ical()


def _event(appointment: Appointment) -> Event:
    starts = datetime.fromisoformat(appointment.starts).astimezone(ZoneInfo(appointment.zone))
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", datetime.fromisoformat(appointment.stamped))
    event.add("dtstart", starts)
    # a length, for an end on the night when the clock goes back could be two moments
    event.add("duration", timedelta(minutes=appointment.minutes))
    event.add("summary", appointment.title)
    event.add("description", f"Open it in Attune: {appointment.url}")
    event.add("url", appointment.url)
    event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    if appointment.place:
        event.add("location", appointment.place)
    event.add("organizer", _address("Attune", appointment.organiser))
    for name, email in appointment.people:
        attendee = _address(name, email)
        attendee.params["role"] = vText("REQ-PARTICIPANT")
        attendee.params["rsvp"] = vText("FALSE")
        event.add("attendee", attendee, encode=False)
    return event


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["cn"] = vText(name)
    return address
