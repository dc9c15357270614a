"""Shapes of what is typed about a still."""

from django import forms


class TitleForm(forms.Form):
    """A name for a picture."""

    title = forms.CharField(max_length=120, required=False)


class StillForm(TitleForm):
    """Which frame is to be kept: the script of the workbench fills it in."""

    still_id = forms.UUIDField(required=False)
    at_ms = forms.IntegerField(min_value=0, max_value=2_000_000_000)
