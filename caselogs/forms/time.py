"""Protected time, in hours a person can say."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from caselogs.forms.days import DayField
from caselogs.forms.looking import LogForm


def hours(label: str, help_text: str = "") -> forms.DecimalField:
    """Hours in quarters."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=16,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
    )


class TimeForm(LogForm):
    """One day: hours set aside for VIG, hours that really were."""

    free_text = ("words",)
    on = DayField(label="Which day?")
    planned = hours("Hours set aside", "In the diary for VIG. 3.5 is half a day.")
    used = hours("Hours used for VIG")
    words = forms.CharField(
        label="What came in between, or helped",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        facts["initial"] = {"on": timezone.localdate(), **facts.get("initial", {})}
        super().__init__(*args, **facts)

    def facts(self) -> dict[str, Any]:
        """Minutes, as they are kept."""
        cleaned = super().facts()
        return {
            "on": cleaned["on"],
            "words": cleaned["words"],
            "minutes_planned": _minutes(cleaned["planned"]),
            "minutes_used": _minutes(cleaned["used"]),
        }


def _minutes(hours_said: Decimal) -> int:
    return round(hours_said * 60)
