"""Shapes of what is typed: films and clips, and for how long film is kept."""

from media_review.forms.coverage import CoverageForm
from media_review.forms.films import (
    ClipForm,
    ClockField,
    CommentForm,
    ComposeForm,
    MeasureForm,
    PrincipleBoxes,
    PrinciplesField,
    RecordingForm,
    ReflectionForm,
    ReplyForm,
    UploadForm,
    file_form,
)
from media_review.forms.keeping import HoldForm, LiftForm, LongerForm, PolicyForm, TermForm
from media_review.forms.moments import ChainForm, MomentForm, VersionForm

__all__ = [
    "ChainForm",
    "ClipForm",
    "ClockField",
    "CommentForm",
    "ComposeForm",
    "CoverageForm",
    "HoldForm",
    "LiftForm",
    "LongerForm",
    "MeasureForm",
    "MomentForm",
    "PolicyForm",
    "PrincipleBoxes",
    "PrinciplesField",
    "RecordingForm",
    "ReflectionForm",
    "ReplyForm",
    "TermForm",
    "UploadForm",
    "VersionForm",
    "file_form",
]
