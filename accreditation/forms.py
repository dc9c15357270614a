"""Shapes of what people type about supervised practice."""

from typing import Any

from django import forms
from django.utils import timezone

from accreditation.kinds import Grouping, Medium, Outcome, SessionKind
from people.kinds import Role


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time."""

    input_type = "datetime-local"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **more)


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
        label="Where?", choices=Medium.choices, widget=forms.RadioSelect, initial=Medium.REMOTE
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
        label="Where?", choices=Medium.choices, widget=forms.RadioSelect, initial=Medium.REMOTE
    )
    place = forms.CharField(
        label="Room, or link of the call",
        required=False,
        max_length=200,
        help_text="Everyone who takes part sees it on the meeting’s page.",
    )

    def __init__(self, *args: Any, externals: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
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


class InvitationForm(forms.Form):
    """Whom to invite, as what, where, on which road and with whom."""

    name = forms.CharField(label="Their name", max_length=150)
    email = forms.EmailField(label="Their e-mail address")
    role = forms.ChoiceField(label="They join as", choices=Role.choices, initial=Role.TRAINEE)
    organisation = forms.ChoiceField(
        label="Organisation", help_text="For a trainee: the service they work for, if any."
    )
    pathway = forms.ChoiceField(
        label="Pathway", required=False, help_text="For a trainee: the version that starts now."
    )
    supervisor = forms.ChoiceField(label="Supervisor", required=False)

    def __init__(self, *args: Any, choices: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["organisation"].choices = choices.organisations
        fields["pathway"].choices = [("", "None"), *choices.pathways]
        fields["supervisor"].choices = [("", "Not yet known"), *choices.supervisors]
        if choices.cohorts:
            self.fields["cohort"] = forms.ChoiceField(
                label="Course group", required=False, choices=[("", "None"), *choices.cohorts]
            )


class WelcomeForm(forms.Form):
    """A new person's name and password."""

    name = forms.CharField(
        label="Your name",
        max_length=150,
        help_text="As it should stand on your certificate.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="A password",
        min_length=12,
        max_length=200,
        help_text="12 characters or more. Three or four words that only you would put together "
        "are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class RevokeForm(forms.Form):
    """Why a certificate no longer stands."""

    reason = forms.CharField(
        label="Reason", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RegisterForm(forms.Form):
    """How the holder's name stands in the register."""

    public_name = forms.CharField(label="Your name in the register", max_length=150)
    place = forms.CharField(
        label="Where you work",
        required=False,
        max_length=120,
        help_text="A town or a service, so that families and colleagues can find you.",
    )


class RequirementForm(forms.Form):
    """The numbers and words of one requirement."""

    label = forms.CharField(label="Name", max_length=120)
    minimum = forms.IntegerField(label="How many", min_value=1, max_value=100_000)
    minutes_each = forms.IntegerField(
        label="Minutes each",
        min_value=0,
        max_value=480,
        help_text="0 where minutes do not matter.",
    )
    alternatives = forms.RegexField(
        label="Other accepted ways",
        required=False,
        regex=r"^\s*\d+\s*x\s*\d+(\s*,\s*\d+\s*x\s*\d+)*\s*$",
        help_text="How many x minutes each, with commas between: 6 x 90, 4 x 120",
        error_messages={"invalid": "Please write it like 6 x 90, 4 x 120."},
    )
    rule = forms.CharField(
        label="How it is counted, in words for the trainee",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_alternatives(self) -> list[dict[str, int]]:
        """The ways as the pathway keeps them."""
        ways = [way.split("x") for way in self.cleaned_data["alternatives"].split(",") if way]
        return [{"count": int(count), "minutes": int(minutes)} for count, minutes in ways]


class StageForm(forms.Form):
    """The frame of one stage."""

    label = forms.CharField(label="Name of the stage", max_length=60)
    meeting_minutes = forms.IntegerField(
        label="Minutes of the closing meeting", min_value=10, max_value=480
    )
    reflection_days_before = forms.IntegerField(
        label="Days before the meeting on which the reflection is shared",
        min_value=0,
        max_value=90,
    )
    indicative_months = forms.IntegerField(
        label="Indicative months", min_value=1, max_value=60, help_text="A nudge, never a gate."
    )
