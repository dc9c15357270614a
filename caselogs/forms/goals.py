"""Goals in the parent's words, and the parent's own numbers."""

from typing import Any

from django import forms
from django.utils import timezone

from caselogs.forms.days import DayField
from caselogs.forms.looking import LogForm, row

SCORES = [(str(score), str(score)) for score in range(1, 11)]


def score(label: str, help_text: str = "", *, required: bool = True) -> Any:
    """One to ten, a press each."""
    field = forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=SCORES,
        coerce=int,
        empty_value=None,
        required=required,
        widget=forms.RadioSelect,
    )
    field.classes = "choices--row scores"  # type: ignore[attr-defined]
    return field


class GoalForm(LogForm):
    """A helping question or a goal."""

    free_text = ("words",)
    words = forms.CharField(
        label="In the parent’s own words",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Like “How can I tell what my baby enjoys?” No names.",
    )
    is_helping_question = forms.BooleanField(label="This is their helping question", required=False)


class RatingForm(LogForm):
    """Where the parent is with a goal: their number, not yours."""

    now_score = score("Where are you now?", "1: not at all yet. 10: just as I hope.")
    hoped_score = score("Where do you hope to be?", required=False)
    rated_on = row(DayField(label="When did you ask?"))

    def __init__(self, *args: Any, **facts: Any) -> None:
        facts["initial"] = {"rated_on": timezone.localdate(), **facts.get("initial", {})}
        super().__init__(*args, **facts)
