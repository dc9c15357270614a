"""The browser's own pickers, and short choices in a row."""

from typing import Any

from django import forms


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


class InARow(forms.BoundField):
    """Short choices stand beside each other."""

    def css_classes(self, extra_classes: Any = None) -> str:
        """The class that puts them in a row."""
        return super().css_classes("choices--row")


def in_a_row(form: forms.Form, *names: str) -> None:
    """The choices of these fields stand beside each other."""
    for name in names:
        field: Any = form.fields[name]
        field.bound_field_class = InARow
