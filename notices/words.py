"""The words of a message: from templates/notices/<kind>.txt and its facts."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from notices import calendars
from notices.models import Notice


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says: subject, a sentence or two, its button, where it leads; a meeting."""

    subject: str
    sentence: str
    button: str
    address: str
    appointment: calendars.Appointment | None = None


def letter(notice: Notice) -> Letter:
    """First line of the template: subject; last: the button; between them: the text."""
    text = render_to_string(f"notices/{notice.kind}.txt", {**notice.facts, "person": notice.reader})
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    subject, *body = lines
    button = body.pop() if len(body) > 1 else "Open Attune"
    address = f"{settings.SITE_ADDRESS}{notice.path}"
    meeting = notice.facts.get("appointment")
    appointment = calendars.from_facts(meeting) if meeting else None
    return Letter(subject, " ".join(body), button, address, appointment)
