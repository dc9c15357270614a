"""Shapes of what is typed: films and clips, and for how long film is kept."""

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

__all__ = [
    "ClipForm",
    "ClockField",
    "CommentForm",
    "ComposeForm",
    "HoldForm",
    "LiftForm",
    "LongerForm",
    "MeasureForm",
    "PolicyForm",
    "PrincipleBoxes",
    "PrinciplesField",
    "RecordingForm",
    "ReflectionForm",
    "ReplyForm",
    "TermForm",
    "UploadForm",
    "file_form",
]
