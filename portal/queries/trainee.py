"""The trainee's part of the front page: the road, the one next step, the counts, the answers."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accreditation.models import Enrolment, SupervisionSession
from accreditation.queries.roads import Road, road_of
from caselogs import queries as cases
from learning import queries as course
from media_review.queries import waiting
from people.actor import Actor
from people.kinds import Capability
from portal.steps import NextStep, first_of, half_days

CERTIFICATE_IS_NEW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Station:
    """One stop on the road, the course first."""

    label: str
    note: str
    state: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One number of the open stage; `url` opens its rows and its rule."""

    label: str
    have: int
    need: int
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Protected:
    """This month's protected time, in days of seven and a half hours."""

    used: str
    planned: str


@dataclass(frozen=True, slots=True)
class TraineePart:
    """Everything a trainee's front page prints."""

    stations: tuple[Station, ...]
    stage: str
    counts: tuple[Count, ...]
    pace: str
    url: str
    answers: tuple[waiting.Waiting, ...]
    protected: Protected | None
    step: NextStep | None


def trainee_part(actor: Actor) -> TraineePart | None:
    """The part of somebody who practises; nothing for others."""
    if not actor.can(Capability.LOG_CASES):
        return None
    rows = Enrolment.objects.filter(trainee_id=actor.user_id, ended_on=None)
    enrolment = rows.select_related("pathway").order_by("-enrolled_on").first()
    road = road_of(enrolment) if enrolment else None
    progress = course.progress_of(actor.user_id)
    attended = bool(actor.user_id and course.finished_course([actor.user_id]))
    return TraineePart(
        stations=_stations(road, progress, attended) if road else (),
        stage=road.current.stage.label if road and road.current else "",
        counts=_counts(road) if road else (),
        pace=_pace(road) if road else "",
        url=enrolment.get_absolute_url() if enrolment else "",
        answers=waiting.answers_for(actor),
        protected=_protected(actor),
        step=_step(actor, road, None if attended else progress),
    )


def _stations(road: Road, progress: Any, attended: bool) -> tuple[Station, ...]:
    stops = [Station(s.label, s.note, s.state, s.url) for s in road.stations]
    if progress is None:
        return tuple(stops)
    if attended:
        note, state = "Attended in full", "done"
    else:
        note, state = f"{progress.finished} of {progress.lessons} lessons", "here"
    return (Station("Course", note, state, reverse("learning:course")), *stops)


def _counts(road: Road) -> tuple[Count, ...]:
    if road.current is None:
        return ()
    return tuple(
        Count(
            line.label,
            min(line.have, line.need),
            line.need,
            reverse("accreditation:requirement", args=[road.current.pk, line.requirement_id]),
            line.others,
        )
        for line in road.lines
    )


def _pace(road: Road) -> str:
    if road.current is None:
        return ""
    months = road.current.stage.indicative_months
    return f"There is no hurry: {months} months is a guide, never a limit."


def _protected(actor: Actor) -> Protected | None:
    first = timezone.localdate().replace(day=1)
    month = next((m for m in cases.time_of(actor) if m.first == first), None)
    if month is None:
        return None
    return Protected(half_days(month.used_hours), half_days(month.planned_hours))


def _step(actor: Actor, road: Road | None, progress: Any) -> NextStep | None:
    return first_of(
        _course_step(actor, progress),
        _meeting_step(road),
        _film_step(actor),
        _confirm_step(actor),
        _ready_step(road),
        _certificate_step(road),
        _case_step(actor),
        _cycle_step(actor),
    )


def _course_step(actor: Actor, progress: Any) -> NextStep | None:
    if progress is None or progress.finished_at:
        return None
    lesson = course.next_lesson(actor.user_id)
    if lesson is None:
        return None
    text = f"You stopped at “{lesson.part}”." if lesson.begun and lesson.part else ""
    return NextStep(
        lesson.title,
        text or "A short lesson to read, look at and try. Stop anywhere; Attune remembers.",
        "Carry on" if lesson.begun else "Open the lesson",
        lesson.url,
        lesson.minutes_left,
    )


def _meeting_step(road: Road | None) -> NextStep | None:
    if road is None or road.meeting is None:
        return None
    meeting = road.meeting
    day = timezone.localtime(meeting.planned_for)
    return NextStep(
        f"{meeting.get_kind_display()} with {meeting.external.name}",
        f"{day:%A %-d %B at %H:%M}. Look at what they will see, and choose the clips to show.",
        "Get ready for it",
        meeting.get_absolute_url(),
        15,
        "Coming up",
    )


def _film_step(actor: Actor) -> NextStep | None:
    step = waiting.next_film_step(actor)
    if step is None:
        return None
    return NextStep(step.title, step.text, step.label, step.url, step.minutes)


def _confirm_step(actor: Actor) -> NextStep | None:
    rows = SupervisionSession.objects.waiting_for(actor.user_id).select_related("supervisor")
    session = rows.order_by("logged_at").first()
    if session is None:
        return None
    return NextStep(
        "Confirm your supervision",
        f"{session.supervisor.name} logged {session.minutes} minutes on {session.held_on:%-d %B}. "
        "It counts once you say so too.",
        "Look and confirm",
        session.get_absolute_url(),
        1,
    )


def _case_step(actor: Actor) -> NextStep | None:
    open_cards = [card for card in cases.my_cases(actor) if card.closed_on is None]
    card = next((card for card in open_cards if card.next_step.verb), None)
    if card is None:
        return None
    return NextStep(
        f"{card.code}: {card.next_step.words}",
        "One family at a time. What you type is kept as you go.",
        "Open the case",
        reverse("caselogs:case", args=[card.id]),
        card.next_step.minutes,
    )


def _ready_step(road: Road | None) -> NextStep | None:
    if road is None or road.standing is None or not road.standing.readiness.ready:
        return None
    return NextStep(
        "Everything for this stage is in your log",
        "Your body arranges the meeting now. You can look through what will be shown.",
        "See your stage",
        road.enrolment.get_absolute_url(),
        5,
        "Well done",
    )


def _certificate_step(road: Road | None) -> NextStep | None:
    found = road.certificate if road and road.current is None else None
    if found is None or found.revoked_at or timezone.now() - found.issued_at > CERTIFICATE_IS_NEW:
        return None
    return NextStep(
        "Your certificate is here",
        f"Issued on {timezone.localtime(found.issued_at):%-d %B}. Open it, keep it, and choose "
        "whether your name stands in the public register.",
        "Open your certificate",
        found.get_absolute_url(),
        2,
        "Well done",
    )


def _cycle_step(actor: Actor) -> NextStep | None:
    return NextStep(
        "Begin with a family",
        "A code, who thought of VIG for them, and what they hope for. No names.",
        "Open a case",
        reverse("caselogs:case-open"),
        2,
    )
