"""Shapes of what the workbench sends about moments: ids, versions, spans, tags."""

from typing import Any
from uuid import UUID

from django import forms

from media_review.kinds import Part, Turn, Who

LARGEST = 2_000_000_000


class IdsField(forms.MultipleChoiceField):
    """Any number of ids, cleaned to UUIDs in the order they came."""

    def valid_value(self, value: Any) -> bool:
        """Anything that is a UUID: whether it exists is for the service to say."""
        try:
            UUID(str(value))
        except ValueError:
            return False
        return True

    def clean(self, value: Any) -> list[UUID]:
        """The ids, as UUIDs."""
        return [UUID(str(each)) for each in super().clean(value)]


class VersionForm(forms.Form):
    """Which version the writer had read."""

    version = forms.IntegerField(min_value=0, max_value=LARGEST)


class MomentForm(VersionForm):
    """A moment as the page has it."""

    moment_id = forms.UUIDField()
    start_ms = forms.IntegerField(min_value=0, max_value=LARGEST)
    end_ms = forms.IntegerField(min_value=0, max_value=LARGEST)
    who = forms.ChoiceField(choices=Who.choices)
    turn = forms.ChoiceField(choices=Turn.choices, required=False)
    note = forms.CharField(max_length=2000, required=False, strip=False)
    about_id = forms.UUIDField(required=False)
    principle_ids = IdsField(required=False)


class ChainForm(VersionForm):
    """A yes-cycle as the page has it: moments and their parts, side by side."""

    chain_id = forms.UUIDField()
    title = forms.CharField(max_length=120, required=False)
    moment_ids = IdsField()
    parts = forms.MultipleChoiceField(choices=Part.choices)

    def clean(self) -> dict[str, Any]:
        """As many parts as moments."""
        fields = dict(self.cleaned_data)
        moments, parts = fields.pop("moment_ids", []), fields.pop("parts", [])
        if len(moments) != len(parts):
            raise forms.ValidationError("Each moment of a yes-cycle has one part in it.")
        fields["links"] = list(zip(moments, parts, strict=True))
        return fields
