"""Opening, correcting and closing a case."""

from typing import Any

from django import forms
from django.utils import timezone

from caselogs import rules
from caselogs.forms.days import DayField
from caselogs.forms.looking import LogForm, long_text
from caselogs.kinds import AgeBand, ClientType, Ending, ReferralSource, Setting

CHOOSE = [("", "Choose")]


class CaseForm(LogForm):
    """A family under a code: no name, no birthday, no address."""

    code = forms.CharField(
        label="Code",
        max_length=12,
        help_text="The next free one is filled in. Never a name or initials of the family.",
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    client_type = forms.ChoiceField(label="You work with", choices=ClientType.choices)
    age_band = forms.ChoiceField(label="Age of the child", choices=CHOOSE + AgeBand.choices)
    referral_source = forms.ChoiceField(
        label="Who thought of VIG for them", choices=CHOOSE + ReferralSource.choices
    )
    setting = forms.ChoiceField(label="Where you meet", choices=Setting.choices)
    referred_on = forms.DateField(label="Referred on")

    def clean_code(self) -> str:
        """The code in capitals, or why it is not a code."""
        code = rules.plain_code(self.cleaned_data["code"])
        verdict = rules.is_a_code(code)
        if not verdict:
            raise forms.ValidationError(verdict.reason)
        return code


class CloseForm(LogForm):
    """How the work ended, and why in a few words."""

    free_text = ("why",)
    ending = forms.ChoiceField(
        label="How did the work end?", choices=Ending.choices, widget=forms.RadioSelect
    )
    on = DayField(label="When?")
    why = long_text(
        "A few words about it",
        "For you and your service. Families who stop early are normal, and their cycles count.",
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        facts["initial"] = {"on": timezone.localdate(), **facts.get("initial", {})}
        super().__init__(*args, **facts)
