"""A day, answered with one press: today, yesterday, or another day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

OTHER, NOT_YET = "other", "not_yet"


def _near_days() -> Iterator[tuple[str, str]]:
    today = timezone.localdate()
    yield today.isoformat(), "Today"
    yield (today - timedelta(days=1)).isoformat(), "Yesterday"
    yield OTHER, "Another day"


def _near_days_or_not_yet() -> Iterator[tuple[str, str]]:
    yield NOT_YET, "Not yet"
    yield from _near_days()


class Day(forms.MultiWidget):
    """Large choices, and a calendar for any other day (shown when it is asked for)."""

    use_fieldset = True

    def __init__(self, *, not_yet: bool = False, attrs: dict[str, Any] | None = None) -> None:
        self.not_yet = not_yet
        choices = _near_days_or_not_yet if not_yet else _near_days
        calendar = forms.DateInput(attrs={"aria-label": "Another day"}, format="%Y-%m-%d")
        widgets = {"when": forms.RadioSelect(choices=choices), "day": calendar}
        super().__init__(widgets, attrs)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """A legend labels the choices."""
        return ""

    def decompress(self, value: date | None) -> list[Any]:
        """Which press shows this day."""
        if value is None:
            return [NOT_YET if self.not_yet else None, None]
        near = value.isoformat()
        return [near, None] if near in dict(_near_days()) else [OTHER, value]


class DayField(forms.MultiValueField):
    """The day that was pressed or chosen; None for "Not yet"."""

    def __init__(self, *, not_yet: bool = False, **facts: Any) -> None:
        parts = (forms.CharField(required=False), forms.DateField(required=False))
        super().__init__(parts, widget=Day(not_yet=not_yet), require_all_fields=False, **facts)

    def compress(self, data_list: list[Any]) -> date | None:
        """The day itself."""
        when, day = data_list or ["", None]
        if when in ("", OTHER, None):
            return self._chosen(when, day)
        if when == NOT_YET:
            return None
        try:
            return date.fromisoformat(when)
        except ValueError:
            raise ValidationError("That day could not be read. Please choose it again.") from None

    def validate(self, value: date | None) -> None:
        """None was pressed on purpose ("Not yet"), so it is an answer."""

    def _chosen(self, when: str | None, day: date | None) -> date | None:
        if day is None and (when == OTHER or self.required):
            raise ValidationError("Please choose the day.")
        return day


def day_of_draft(fields: dict[str, Any], name: str) -> date | None:
    """The day an earlier draft spoke of ("today" of last Monday stays last Monday)."""
    for part in (fields.get(f"{name}_when"), fields.get(f"{name}_day")):
        try:
            return date.fromisoformat(str(part))
        except ValueError:
            continue
    return None
