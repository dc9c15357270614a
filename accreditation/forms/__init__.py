"""Shapes of what people type about supervised practice."""

from accreditation.forms.body import (
    InvitationForm,
    RegisterForm,
    RequirementForm,
    RevokeForm,
    StageForm,
    WelcomeForm,
)
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
    "CancelForm",
    "CorrectionForm",
    "DecisionForm",
    "DisputeForm",
    "InvitationForm",
    "MeetingForm",
    "ReflectionForm",
    "RegisterForm",
    "RequirementForm",
    "RevokeForm",
    "SessionForm",
    "StageForm",
    "WelcomeForm",
]
