"""Consent as it was given: each purpose on its own, with who will see it in plain words."""

from typing import Any

from django import forms
from django.utils import timezone

from caselogs.forms.days import DayField
from caselogs.forms.looking import LogForm, row
from caselogs.kinds import Scope

YES_NO = [("yes", "Yes"), ("no", "No")]
# Source of defaults and audiences: domain.md, "Consent (separable scopes)".
NEEDED = {
    Scope.FILMING: (
        "Filming for our own work together",
        "You and the family see the film. Without this there is no VIG.",
    ),
    Scope.DISCLOSURE: (
        "I explained what happens if a child is at risk",
        "A court, or the law on keeping children safe, can ask for film. The family knows this.",
    ),
}
ASKED = {
    Scope.SUPERVISION: (
        "Supervision",
        "Your own supervisor watches short clips with you. Nobody else, and never a copy.",
    ),
    Scope.ACCREDITATION: (
        "End-of-stage or accreditation review",
        "One external supervisor watches clips at the meeting that closes a stage.",
    ),
    Scope.FAMILY_COPY: (
        "A copy kept by the family",
        "The family receives the film of its special moments. Their own choice.",
    ),
}
OFF = {
    Scope.INTERVISION: (
        "Intervision with other trainees",
        "A small named group of trainees watches clips together.",
    ),
    Scope.TEACHING: (
        "Teaching or presentations",
        "People on a course. Needs a form of its own: tick only when it is signed.",
    ),
    Scope.RESEARCH: (
        "Research or evaluation",
        "A study team. Needs a form of its own: tick only when it is signed.",
    ),
}


class ConsentForm(LogForm):
    """Who was covered, what they agreed to, when and on which form."""

    free_text = ("covered", "evidence", "child_assent")
    covered = forms.CharField(
        label="Who is covered?",
        max_length=120,
        help_text="Like “mother and baby”, “both parents, twins”. No names.",
    )
    given_on = DayField(label="When did they agree?")

    def __init__(self, *args: Any, form_version: str = "", **facts: Any) -> None:
        facts["initial"] = {
            "given_on": timezone.localdate(),
            "form_version": form_version,
            **facts.get("initial", {}),
        }
        super().__init__(*args, **facts)
        self.fields.update(_purposes())
        self.fields.update(_papers())
        if "keep_as_it_is" in self.fields:
            self.fields["keep_as_it_is"] = self.fields.pop("keep_as_it_is")

    def facts(self) -> dict[str, Any]:
        """The purposes with a yes, and the rest as it is."""
        cleaned = super().facts()
        answers = {scope: cleaned.pop(f"to_{scope}") for scope in Scope}
        return {**cleaned, "scopes": [s for s, said in answers.items() if said in (True, "yes")]}


def _purposes() -> dict[str, forms.Field]:
    needed = {
        scope: forms.BooleanField(label=label, help_text=who)
        for scope, (label, who) in NEEDED.items()
    }
    asked = {
        scope: row(
            forms.ChoiceField(label=label, help_text=who, choices=YES_NO, widget=forms.RadioSelect)
        )
        for scope, (label, who) in ASKED.items()
    }
    off = {
        scope: forms.BooleanField(label=label, help_text=who, required=False)
        for scope, (label, who) in OFF.items()
    }
    return {f"to_{scope}": field for scope, field in {**needed, **asked, **off}.items()}


def _papers() -> dict[str, forms.Field]:
    return {
        "child_assent": forms.CharField(
            label="The child’s own say",
            max_length=120,
            required=False,
            help_text="How an older child showed that it is all right.",
        ),
        "form_version": forms.CharField(label="Version of the form", max_length=40),
        "evidence": forms.CharField(
            label="Where the signed form is kept",
            max_length=200,
            required=False,
            help_text="A reference in your employer’s record, not the form itself.",
        ),
    }


class WithdrawForm(forms.Form):
    """The whole consent, or one part of it."""

    ALL = "all"
    scope = forms.ChoiceField(label="What do they take back?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, granted: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        parts = [(scope, f"Only: {label}") for scope, label in granted if scope in {*ASKED, *OFF}]
        self.fields["scope"].choices = [(self.ALL, "Everything: filming and all film"), *parts]

    def facts(self) -> dict[str, Any]:
        """None for the whole."""
        scope = self.cleaned_data["scope"]
        return {"scope": None if scope == self.ALL else scope}
