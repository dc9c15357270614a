"""An hour that lies ahead, and what is written in it."""

import uuid
from typing import Any

from django import forms

from accreditation.forms.inputs import MomentInput, in_a_row
from accreditation.kinds import Medium
from accreditation.rules.hours import LONGEST, SHORTEST


class HourForm(forms.Form):
    """When, how long and where."""

    planned_for = forms.DateTimeField(
        label="Day and time", widget=MomentInput, input_formats=["%Y-%m-%dT%H:%M"]
    )
    minutes = forms.TypedChoiceField(
        label="How long?",
        coerce=int,
        choices=[(n, f"{n} min") for n in (30, 45, 60, 90, 120)],
        widget=forms.RadioSelect,
        initial=60,
    )
    medium = forms.ChoiceField(
        label="Where?", choices=Medium.choices, widget=forms.RadioSelect, initial=Medium.REMOTE
    )
    place = forms.CharField(
        label="Room, or link of the call",
        required=False,
        max_length=200,
        help_text="It stands in the invitation. No names of families.",
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        in_a_row(self, "minutes", "medium")


class HourPlanForm(HourForm):
    """The same with the person to meet; planned once, however often it is sent."""

    hour_id = forms.UUIDField(widget=forms.HiddenInput)
    with_whom = forms.ChoiceField(label="With whom?", widget=forms.RadioSelect)
    field_order = ("with_whom",)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["hour_id"].initial = uuid.uuid4
        asked: Any = self.fields["with_whom"]
        asked.choices = people
        if len(people) == 1:
            asked.initial = people[0][0]


class AgreeForm(forms.Form):
    """How long you met."""

    minutes = forms.IntegerField(min_value=SHORTEST, max_value=LONGEST)


class PointForm(forms.Form):
    """One thing to talk about."""

    point_id = forms.UUIDField()
    words = forms.CharField(max_length=300, required=False)


class NoteForm(forms.Form):
    """What one writes during the hour, and whether the other reads it."""

    words = forms.CharField(max_length=8000, required=False, strip=False)
    is_shared = forms.BooleanField(required=False)
    version = forms.IntegerField(min_value=0)
