"""A blind second look is asked for; a span is marked in it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from attunement.queries import PrincipleCard
from media_review.forms.films import ClockField


def _in_two_weeks() -> Any:
    return timezone.localdate() + timedelta(days=14)


class LookForm(forms.Form):
    """Which colleague, and until when."""

    look_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    second = forms.ModelChoiceField(
        queryset=None,
        label="Who looks too?",
        empty_label=None,
        help_text="A colleague who reviews from outside, and never supervised this guider.",
    )
    ends_on = forms.DateField(
        label="Until which day?",
        initial=_in_two_weeks,
        help_text="After it the clip is closed to your colleague. Two months at most.",
    )

    def __init__(self, *args: Any, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["second"].queryset = colleagues  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the service asks for."""
        facts = dict(self.cleaned_data)
        facts["second_id"] = facts.pop("second").pk
        return facts


class CodeForm(forms.Form):
    """One principle, from when to when."""

    code_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    principle_id = forms.ChoiceField(label="Which principle?")
    start_ms = ClockField(label="From")
    end_ms = ClockField(label="to")

    def __init__(self, *args: Any, cards: tuple[PrincipleCard, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(str(card.id), f"{card.number} {card.heading}") for card in cards]
        self.fields["principle_id"].choices = offered  # type: ignore[attr-defined]
