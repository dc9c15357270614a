"""Supervision sessions, reflections, stage meetings and decisions."""

from typing import Any

from django import forms
from django.utils import timezone

from accreditation.forms.inputs import DateInput, MomentInput, in_a_row
from accreditation.kinds import Grouping, Medium, Outcome, SessionKind


class CorrectionForm(forms.Form):
    """What happened in a supervision session."""

    held_on = forms.DateField(label="When?", widget=DateInput)
    minutes = forms.TypedChoiceField(
        label="How long?",
        coerce=int,
        choices=[(n, f"{n} min") for n in (30, 45, 60, 90, 120)],
        widget=forms.RadioSelect,
        initial=60,
    )
    kind = forms.ChoiceField(
        label="What was it?",
        choices=SessionKind.choices,
        widget=forms.RadioSelect,
        initial=SessionKind.SUPERVISION,
    )
    grouping = forms.ChoiceField(
        label="Alone or in a group?",
        choices=Grouping.choices,
        widget=forms.RadioSelect,
        initial=Grouping.INDIVIDUAL,
    )
    medium = forms.ChoiceField(
        label="Where?",
        choices=Medium.choices,
        widget=forms.RadioSelect,
        initial=Medium.REMOTE,
    )
    words = forms.CharField(
        label="What do you take from it?",
        required=False,
        max_length=4000,
        help_text="Only the two of you read this. No names of families.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        in_a_row(self, "minutes", "kind", "grouping", "medium")
        self.fields["held_on"].initial = timezone.localdate()
        minutes: Any = self.fields["minutes"]
        logged = self.initial.get("minutes")
        if logged and str(logged) not in {str(n) for n, _ in minutes.choices}:
            minutes.choices = sorted([*minutes.choices, (int(logged), f"{logged} min")])


class SessionForm(CorrectionForm):
    """A supervision session in half a minute, on a phone."""

    with_whom = forms.ChoiceField(label="Who was it with?", widget=forms.RadioSelect)
    field_order = ("with_whom",)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        asked: Any = self.fields["with_whom"]
        asked.choices = people
        if len(people) == 1:
            asked.initial = people[0][0]


class DisputeForm(forms.Form):
    """How the other person remembers it."""

    words = forms.CharField(
        label="How do you remember it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The other person reads this and can correct the session.",
    )


class ReflectionForm(forms.Form):
    """The trainee's own words before the meeting."""

    words = forms.CharField(
        label="Your reflection",
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="What has grown in your own attunement? What would you like to look at next? "
        "Use case codes only, never a family’s name.",
    )


class MeetingForm(forms.Form):
    """When, how, and with which external supervisor."""

    external = forms.ChoiceField(label="External supervisor")
    planned_for = forms.DateTimeField(
        label="Day and time", widget=MomentInput, input_formats=["%Y-%m-%dT%H:%M"]
    )
    medium = forms.ChoiceField(
        label="Where?",
        choices=Medium.choices,
        widget=forms.RadioSelect,
        initial=Medium.REMOTE,
    )
    place = forms.CharField(
        label="Room, or link of the call",
        required=False,
        max_length=200,
        help_text="Everyone who takes part sees it on the meeting’s page.",
    )

    def __init__(self, *args: Any, externals: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        in_a_row(self, "medium")
        asked: Any = self.fields["external"]
        asked.choices = [("", "Choose somebody from outside"), *externals]


class CancelForm(forms.Form):
    """Why a meeting will not take place."""

    why = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), required=True
    )


class DecisionForm(forms.Form):
    """What the external supervisor decided and why."""

    held_on = forms.DateField(label="When did you meet?", widget=DateInput)
    outcome = forms.ChoiceField(label="Outcome", choices=Outcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="What you saw",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Strengths first: what is working in this trainee’s attunement, and where you "
        "saw it. The trainee and their supervisor read these words.",
    )
    working_points = forms.CharField(
        label="Working points to carry on with",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    exception = forms.CharField(
        label="Progressed, though something is not yet in the log: why?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Prior learning that the body credits, for example. "
        "It is kept with the decision.",
    )

    def __init__(self, *args: Any, ready: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if ready:
            del self.fields["exception"]
