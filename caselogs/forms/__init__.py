"""What can be typed into a case log; each noun has its file."""

from caselogs.forms.cases import CaseForm, CloseForm
from caselogs.forms.consents import ConsentForm, WithdrawForm
from caselogs.forms.cycles import CompleteForm, CorrectCycleForm, CycleForm
from caselogs.forms.goals import GoalForm, RatingForm
from caselogs.forms.time import TimeForm

__all__ = [
    "CaseForm",
    "CloseForm",
    "CompleteForm",
    "ConsentForm",
    "CorrectCycleForm",
    "CycleForm",
    "GoalForm",
    "RatingForm",
    "TimeForm",
    "WithdrawForm",
]
