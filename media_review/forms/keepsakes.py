"""Shapes of what is typed for a family's film: clips and words, days, and the code."""

from typing import Any
from uuid import UUID, uuid4

from django import forms

from footage.kinds import Balance, Music
from media_review.rules import LINK_DAYS, LONGEST_LINK_DAYS, MOST_KEPT_CLIPS

NONE_CHOSEN = "Please choose at least one clip. Three to six make a good film."


class KeepsakeForm(forms.Form):
    """Which clips, in which order, with which words; how it begins, and what is heard."""

    keepsake_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = forms.CharField(
        max_length=120,
        required=False,
        label="Your own name for it",
        help_text="For your list only: nobody sees it in the film.",
        widget=forms.TextInput(attrs={"placeholder": "For our last visit"}),
    )
    opening = forms.CharField(
        max_length=200,
        required=False,
        label="Opening words",
        help_text="Shown on a page of their own as the film begins. It may stay empty.",
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "Moments to come back to"}),
    )
    music = forms.ChoiceField(
        choices=Music.choices, label="Music", initial=Music.NONE, widget=forms.RadioSelect
    )
    balance = forms.ChoiceField(
        choices=Balance.choices, label="What is in front?", initial=Balance.VOICES
    )

    def __init__(self, *args: Any, clip_ids: list[UUID], **options: Any) -> None:
        super().__init__(*args, **options)
        self.clip_ids = clip_ids
        for pk in clip_ids:
            self.fields[f"chosen_{pk.hex}"] = forms.BooleanField(required=False)
            self.fields[f"place_{pk.hex}"] = forms.IntegerField(
                required=False, min_value=1, max_value=99
            )
            self.fields[f"words_{pk.hex}"] = forms.CharField(required=False, max_length=120)

    def rows(self) -> dict[UUID, dict[str, forms.BoundField]]:
        """The three fields of each clip."""
        names = ("chosen", "place", "words")
        return {pk: {name: self[f"{name}_{pk.hex}"] for name in names} for pk in self.clip_ids}

    def clean(self) -> dict[str, Any]:
        """The clips in the order of their places; at least one when the film is to be made."""
        facts = super().clean() or self.cleaned_data
        chosen = [pk for pk in self.clip_ids if facts.get(f"chosen_{pk.hex}")]
        chosen.sort(key=lambda pk: facts.get(f"place_{pk.hex}") or MOST_KEPT_CLIPS + 1)
        if not chosen and "make" in self.data:
            self.add_error(None, NONE_CHOSEN)
        facts["clips"] = [(pk, facts.get(f"words_{pk.hex}") or "") for pk in chosen]
        return facts

    def facts(self) -> dict[str, Any]:
        """What the service asks for."""
        names = ("keepsake_id", "title", "opening", "music", "balance", "clips")
        return {name: self.cleaned_data[name] for name in names}


class HandForm(forms.Form):
    """For how long the link leads to the film."""

    link_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    days = forms.IntegerField(
        min_value=1,
        max_value=LONGEST_LINK_DAYS,
        initial=LINK_DAYS,
        label="For how many days?",
        help_text=f"Two weeks are usual, {LONGEST_LINK_DAYS} days the most.",
    )


class SpokenCodeForm(forms.Form):
    """The code that was said in person."""

    code = forms.CharField(
        max_length=60,
        label="Your code",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "1234 5678"}
        ),
    )
