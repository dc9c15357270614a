"""Free text that looks twice before it names anybody, and fields that carry a class."""

import hashlib
from typing import Any

from django import forms

from caselogs.identifying import Finding, identifying

TICK = "keep_as_it_is"


class ClassyField(forms.BoundField):
    """A field that may ask for a class of its own (`field.classes`)."""

    def css_classes(self, extra_classes: Any = None) -> str:
        """The classes of the row."""
        return super().css_classes(getattr(self.field, "classes", extra_classes))


class _Tick(forms.MultipleChoiceField):
    """One tick whose value says what exactly was looked at; an older tick counts for nothing."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        """Any tick can be read; the form compares it with what is found now."""


class LogForm(forms.Form):
    """A form of the log: warns of names in `free_text`, and lets the person go on after looking."""

    free_text: tuple[str, ...] = ()
    bound_field_class = ClassyField

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.found = self._look() if self.is_bound else {}
        if self.found:
            self.fields[TICK] = _Tick(
                label="After looking again",
                choices=[(self._mark(), "Keep it as it is: it points at nobody")],
                required=False,
            )

    def _look(self) -> dict[str, list[Finding]]:
        texts = {name: str(self.data.get(self.add_prefix(name)) or "") for name in self.free_text}
        found = {name: identifying(text) for name, text in texts.items()}
        return {name: findings for name, findings in found.items() if findings}

    def _mark(self) -> str:
        words = "|".join(f"{n}:{f.words}" for n, found in self.found.items() for f in found)
        return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]

    def clean(self) -> dict[str, Any]:
        """Ask once about anything that looks like a person; a tick for just these words goes on."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.found and self._mark() not in cleaned.get(TICK, []):
            for name, findings in self.found.items():
                for finding in findings[:3]:
                    self.add_error(name, finding.sentence)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the service is given."""
        return {name: value for name, value in self.cleaned_data.items() if name != TICK}


def long_text(label: str, help_text: str = "", *, rows: int = 3, required: bool = False) -> Any:
    """A field for a few sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows, "autocapitalize": "sentences"}),
    )


def row(field: forms.Field) -> Any:
    """The choices of this field stand side by side where there is room."""
    field.classes = "choices--row"  # type: ignore[attr-defined]
    return field
