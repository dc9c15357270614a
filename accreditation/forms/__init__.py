"""Shapes of what people type about supervised practice."""

from accreditation.forms.body import (
    InvitationForm,
    RegisterForm,
    RequirementForm,
    RevokeForm,
    StageForm,
    WelcomeForm,
)
from accreditation.forms.hours import AgreeForm, HourForm, HourPlanForm, NoteForm, PointForm
from accreditation.forms.practice import (
    CancelForm,
    CorrectionForm,
    DecisionForm,
    DisputeForm,
    MeetingForm,
    ReflectionForm,
    SessionForm,
)

__all__ = [
    "AgreeForm",
    "CancelForm",
    "CorrectionForm",
    "DecisionForm",
    "DisputeForm",
    "HourForm",
    "HourPlanForm",
    "InvitationForm",
    "MeetingForm",
    "NoteForm",
    "PointForm",
    "ReflectionForm",
    "RegisterForm",
    "RequirementForm",
    "RevokeForm",
    "SessionForm",
    "StageForm",
    "WelcomeForm",
]
