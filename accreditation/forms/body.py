"""What a body and its people write: invitations, awards, the register, pathways."""

from typing import Any

from django import forms

from people.kinds import Role


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
