"""A form made of a scale: one choice an item, and a few words beside it."""

from typing import Any
from uuid import UUID

from django import forms

from attunement.models import Scale, ScaleItem
from media_review.models import Rating


class RatingForm(forms.Form):
    """Each item of a scale with its steps; none has to be chosen."""

    def __init__(self, *args: Any, scale: Scale, chosen: dict[UUID, Rating], **options: Any):
        super().__init__(*args, **options)
        self.items = list(scale.items.all())
        steps = [("", "Not today"), *((str(step.pk), step.label) for step in scale.steps.all())]
        for item in self.items:
            known = chosen.get(item.pk)
            self.fields[f"step_{item.pk}"] = forms.ChoiceField(
                label=item.words,
                choices=steps,
                required=False,
                widget=forms.RadioSelect,
                initial=str(known.step_id) if known else "",
            )
            self.fields[f"words_{item.pk}"] = forms.CharField(
                label="A few words",
                max_length=500,
                required=False,
                initial=known.words if known else "",
            )

    def pairs(self) -> list[tuple[ScaleItem, Any, Any]]:
        """Each item with its two fields, in order."""
        return [(item, self[f"step_{item.pk}"], self[f"words_{item.pk}"]) for item in self.items]

    def steps(self) -> dict[UUID, tuple[UUID | None, str]]:
        """What the service asks for."""
        found = self.cleaned_data
        return {
            item.pk: (
                UUID(found[f"step_{item.pk}"]) if found[f"step_{item.pk}"] else None,
                found[f"words_{item.pk}"],
            )
            for item in self.items
        }
