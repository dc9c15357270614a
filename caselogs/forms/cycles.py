"""A cycle, logged by a tired person on a phone in under two minutes."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from caselogs.forms.days import DayField, day_of_draft
from caselogs.forms.looking import LogForm, long_text, row

ACTIVITIES = (
    "A meal or feed",
    "Play",
    "Nappy, bath or dressing",
    "A book or a song",
    "Something else",
)


class CycleForm(LogForm):
    """When you filmed, what you filmed, whether you have looked together, what went well."""

    free_text = ("what_went_well",)
    filmed_on = DayField(label="When did you film?")
    activity = row(
        forms.ChoiceField(
            label="What were they doing?",
            choices=[(words, words) for words in ACTIVITIES],
            widget=forms.RadioSelect,
            required=False,
        )
    )
    reviewed_on = DayField(
        label="Have you looked at it together?",
        not_yet=True,
        help_text="The shared review. You can add its day later; the cycle counts from then.",
    )
    what_went_well = long_text("One thing that went well", "As you saw it. No names.")
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def from_draft(cls, fields: dict[str, Any], number: int) -> "CycleForm":
        """An empty form, or the words that were kept."""
        initial = {
            "filmed_on": day_of_draft(fields, "filmed_on") or timezone.localdate(),
            "reviewed_on": day_of_draft(fields, "reviewed_on"),
            "activity": fields.get("activity", ""),
            "what_went_well": fields.get("what_went_well", ""),
            "number": number,
        }
        return cls(initial=initial)

    def renumber(self, number: int) -> None:
        """The form on the page speaks of the next number."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["number"] = str(number)
        self.data = typed


class CompleteForm(LogForm):
    """The day of the shared review, and what came of it."""

    free_text = ("what_went_well", "next_time")
    reviewed_on = DayField(label="When did you look at it together?")
    what_went_well = long_text("What went well", "In the film, or as you looked. No names.")
    next_time = long_text("Your working point for next time", rows=2)

    def __init__(self, *args: Any, **facts: Any) -> None:
        facts["initial"] = {"reviewed_on": timezone.localdate(), **facts.get("initial", {})}
        super().__init__(*args, **facts)


class CorrectCycleForm(LogForm):
    """Every fact of a cycle, until a decision rests on it."""

    free_text = ("activity", "what_went_well", "next_time")
    filmed_on = DayField(label="Filmed")
    reviewed_on = DayField(label="Shared review", not_yet=True)
    activity = forms.CharField(label="What were they doing?", max_length=120, required=False)
    what_went_well = long_text("What went well")
    next_time = long_text("Your working point for next time", rows=2)
