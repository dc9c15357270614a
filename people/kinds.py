"""Roles, capabilities and the one table that joins them."""

from enum import StrEnum

from django.db import models


class OrganisationKind(models.TextChoices):
    """What an organisation is: body, employer and supervisor are three parties (domain.md)."""

    BODY = "body", "Accrediting body"
    SERVICE = "service", "Service"
    PRACTICE = "practice", "Independent practice"


class Role(models.TextChoices):
    """What somebody may be in one organisation; one person holds several at once (domain.md)."""

    TRAINEE = "trainee", "Trainee guider"
    GUIDER = "guider", "Accredited guider"
    TRAINEE_SUPERVISOR = "trainee_supervisor", "Trainee supervisor"
    SUPERVISOR = "supervisor", "Supervisor"
    NATIONAL_SUPERVISOR = "national_supervisor", "National supervisor"
    TRAINER = "trainer", "Course trainer"
    OFFICER = "officer", "Accreditation officer"
    REGISTRAR = "registrar", "Registrar"
    SERVICE_MANAGER = "service_manager", "Service manager"
    EDITOR = "editor", "Content editor"


class Capability(StrEnum):
    """What a room may ask about; rooms never ask for a role by name."""

    TAKE_COURSE = "take_course"
    LOG_CASES = "log_cases"
    SEND_FILM = "send_film"
    SUPERVISE = "supervise"
    ASSESS = "assess"
    RUN_COHORT = "run_cohort"
    EDIT_COURSE = "edit_course"
    INVITE = "invite"
    ARRANGE_MEETINGS = "arrange_meetings"
    DECIDE = "decide"
    ISSUE = "issue"
    EDIT_PATHWAYS = "edit_pathways"
    SEE_TRAINING_RECORD = "see_training_record"
    SEE_SERVICE_NUMBERS = "see_service_numbers"
    SEE_HOLDINGS = "see_holdings"
    HOLD_FILM = "hold_film"
    KEEP_HOUSE = "keep_house"


C = Capability
_PRACTISE = frozenset({C.TAKE_COURSE, C.LOG_CASES, C.SEND_FILM, C.HOLD_FILM})
_SUPERVISE = frozenset({C.SUPERVISE, C.SEE_TRAINING_RECORD, C.HOLD_FILM})
CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.TRAINEE: _PRACTISE,
    Role.GUIDER: _PRACTISE,
    Role.TRAINEE_SUPERVISOR: _PRACTISE | _SUPERVISE,
    Role.SUPERVISOR: _PRACTISE | _SUPERVISE | {C.ASSESS},
    Role.NATIONAL_SUPERVISOR: _PRACTISE | _SUPERVISE | {C.ASSESS},
    Role.TRAINER: frozenset({C.TAKE_COURSE, C.RUN_COHORT, C.EDIT_COURSE, C.INVITE}),
    Role.OFFICER: frozenset(
        {C.TAKE_COURSE, C.INVITE, C.ARRANGE_MEETINGS, C.SEE_TRAINING_RECORD, C.KEEP_HOUSE}
    ),
    Role.REGISTRAR: frozenset(
        {
            C.TAKE_COURSE,
            C.INVITE,
            C.ARRANGE_MEETINGS,
            C.DECIDE,
            C.ISSUE,
            C.EDIT_PATHWAYS,
            C.SEE_TRAINING_RECORD,
            C.KEEP_HOUSE,
        }
    ),
    Role.SERVICE_MANAGER: frozenset({C.INVITE, C.SEE_SERVICE_NUMBERS, C.SEE_HOLDINGS, C.HOLD_FILM}),
    Role.EDITOR: frozenset({C.TAKE_COURSE, C.EDIT_COURSE}),
}
# Whoever can see film, decide, edit or bring people in needs a second factor: today, every role.
NEED_SECOND_FACTOR = frozenset(
    {
        C.LOG_CASES,
        C.SEND_FILM,
        C.SUPERVISE,
        C.ASSESS,
        C.RUN_COHORT,
        C.EDIT_COURSE,
        C.INVITE,
        C.ARRANGE_MEETINGS,
        C.DECIDE,
        C.ISSUE,
        C.EDIT_PATHWAYS,
        C.SEE_TRAINING_RECORD,
        C.SEE_HOLDINGS,
        C.HOLD_FILM,
        C.KEEP_HOUSE,
    }
)


class Digest(models.TextChoices):
    """How often somebody wants e-mail; the list in the house is always up to date."""

    AT_ONCE = "at_once", "As it happens"
    DAILY = "daily", "Once a day, in the morning"
    NEVER = "never", "Not by e-mail"
