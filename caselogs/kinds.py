"""Choices of the case log, in the field's words (domain.md)."""

from django.db import models


class ClientType(models.TextChoices):
    """Whom the guider works with."""

    PARENT = "parent", "Parent"
    FOSTER_CARER = "foster_carer", "Foster carer"
    KINSHIP_CARER = "kinship_carer", "Kinship carer"
    TEACHER = "teacher", "Teacher or early-years worker"
    COLLEAGUE = "colleague", "Colleague (VERP)"


class AgeBand(models.TextChoices):
    """How old the child is, in bands: never a date of birth."""

    UNBORN = "unborn", "Not yet born"
    UNDER_3_MONTHS = "0_2m", "Under 3 months"
    MONTHS_3_TO_5 = "3_5m", "3 to 5 months"
    MONTHS_6_TO_11 = "6_11m", "6 to 11 months"
    ONE_YEAR = "1y", "1 year"
    TWO_TO_FOUR = "2_4y", "2 to 4 years"
    FIVE_TO_TEN = "5_10y", "5 to 10 years"
    ELEVEN_UP = "11y_up", "11 years or older"
    NONE = "none", "No child in the work"


class ReferralSource(models.TextChoices):
    """Who thought of VIG for this family."""

    PERINATAL_NURSE = "perinatal_nurse", "Perinatal mental health nurse"
    HEALTH_VISITOR = "health_visitor", "Health visitor"
    MIDWIFE = "midwife", "Midwife"
    GP = "gp", "GP"
    SOCIAL_CARE = "social_care", "Children’s social care"
    EARLY_HELP = "early_help", "Family hub or early help"
    SELF = "self", "The family themselves"
    OTHER = "other", "Somebody else"


class Setting(models.TextChoices):
    """Where the work takes place."""

    HOME = "home", "At home"
    CLINIC = "clinic", "Clinic or children’s centre"
    WARD = "ward", "Hospital ward or unit"
    SCHOOL = "school", "Nursery or school"
    REMOTE = "remote", "By video call"


class Scope(models.TextChoices):
    """What a client can agree to, each on its own (domain.md, Consent)."""

    FILMING = "filming", "Filming for our own work together"
    SUPERVISION = "supervision", "Supervision by my named supervisor"
    ACCREDITATION = "accreditation", "End-of-stage or accreditation review"
    INTERVISION = "intervision", "Intervision with other trainees"
    TEACHING = "teaching", "Teaching or presentations"
    RESEARCH = "research", "Research or evaluation"
    DISCLOSURE = "disclosure", "Court or safeguarding disclosure, explained"
    FAMILY_COPY = "family_copy", "A copy kept by the family"


class Ending(models.TextChoices):
    """How the work with a family ended."""

    COMPLETED = "completed", "Completed as planned"
    FAMILY_STOPPED = "family_stopped", "The family chose to stop"
    MOVED = "moved", "The family moved away"
    OTHER_HELP = "other_help", "Another kind of help came first"
    SERVICE_STOPPED = "service_stopped", "The service could not go on"
    NOT_STARTED = "not_started", "Approached, and said no for now"
