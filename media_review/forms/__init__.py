"""Shapes of what is typed: films and clips, and for how long film is kept."""

from media_review.forms.boards import (
    AlignForm,
    BoardForm,
    IntoCycleForm,
    PrepareForm,
    review_facts,
)
from media_review.forms.coverage import CoverageForm
from media_review.forms.feedback import ClosingForm, NoteForm, OpeningForm, OpeningWordsForm
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
from media_review.forms.keepsakes import HandForm, KeepsakeForm, SpokenCodeForm
from media_review.forms.looks import CodeForm, LookForm
from media_review.forms.moments import ChainForm, MomentForm, VersionForm
from media_review.forms.stills import StillForm, TitleForm

__all__ = [
    "AlignForm",
    "BoardForm",
    "ChainForm",
    "ClipForm",
    "ClockField",
    "ClosingForm",
    "CodeForm",
    "CommentForm",
    "ComposeForm",
    "CoverageForm",
    "HandForm",
    "HoldForm",
    "IntoCycleForm",
    "KeepsakeForm",
    "LiftForm",
    "LongerForm",
    "LookForm",
    "MeasureForm",
    "MomentForm",
    "NoteForm",
    "OpeningForm",
    "OpeningWordsForm",
    "PolicyForm",
    "PrepareForm",
    "PrincipleBoxes",
    "PrinciplesField",
    "RecordingForm",
    "ReflectionForm",
    "ReplyForm",
    "SpokenCodeForm",
    "StillForm",
    "TermForm",
    "TitleForm",
    "UploadForm",
    "VersionForm",
    "file_form",
    "review_facts",
]
