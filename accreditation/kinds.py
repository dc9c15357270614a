"""Choices of the accreditation room, in the field's words (domain.md)."""

from django.db import models


class Measure(models.TextChoices):
    """What a requirement counts."""

    COURSE_ATTENDED = "course_attended", "Initial training course attended in full"
    CYCLES = "cycles", "Cycles, film and shared review"
    CYCLES_IN_ALL = "cycles_in_all", "Cycles in all, film and shared review"
    NEW_CLIENTS = "new_clients", "New clients in this stage"
    CLIENTS = "clients", "Clients in all"
    SUPERVISION = "supervision", "Supervisions, confirmed by you both"
    SUPERVISION_MINUTES = "supervision_minutes", "Minutes of supervision, confirmed by you both"
    INTRODUCTION = "introduction", "Introduction to the stage"
    REFLECTION = "reflection", "Written reflection"


class SessionKind(models.TextChoices):
    """What a supervision session was."""

    SUPERVISION = "supervision", "Supervision"
    INTRODUCTION = "introduction", "Introduction to the stage"


class Medium(models.TextChoices):
    """How people met."""

    IN_PERSON = "in_person", "In the room"
    REMOTE = "remote", "By video call"


class Grouping(models.TextChoices):
    """Alone with the supervisor, or in a group."""

    INDIVIDUAL = "individual", "Individual"
    GROUP = "group", "Group"


class MeetingKind(models.TextChoices):
    """Which meeting closes the stage."""

    TRANSITION = "transition", "Transition meeting"
    MID_POINT = "mid_point", "Mid-point review"
    FINAL_REVIEW = "final_review", "Final review"
    ACCREDITATION = "accreditation", "Accreditation meeting"


class Outcome(models.TextChoices):
    """What a stage meeting can end with. Never "failed" (domain.md)."""

    PROGRESSED = "progressed", "Progressed"
    WORKING_POINTS = "working_points", "Continue with working points"
    DEFERRED = "deferred", "Deferred"
