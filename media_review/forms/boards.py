"""A storyboard as its page sends it, and the times of a review as its page tells them."""

import json
import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from caselogs.models import Cycle
from media_review.models import Recording
from media_review.services.storyboards import Wanted
from media_review.timings import LONGEST_MS, Shown

ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
KEY = re.compile(rf"(?:clip|still):{ID}")
LONGEST_QUESTION = 600
MOST_SHOWINGS = 500


class BoardForm(forms.Form):
    """The order of a board with its questions; `press` is the one button that was pressed."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    opening = forms.CharField(
        label="What will you ask first?",
        max_length=LONGEST_QUESTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Before any film: how it has been, or what they would like to look for today.",
    )
    press = forms.CharField(required=False, max_length=80)

    def clean(self) -> dict[str, Any]:
        """The things on the board with their questions, after the button that was pressed."""
        facts = super().clean() or {}
        keys = self.data.getlist("item")
        if any(not KEY.fullmatch(key) for key in keys):
            raise forms.ValidationError(
                "Something on this board is not known. Please load it again."
            )
        keys = pressed(keys, facts.pop("press", ""))
        facts["items"] = [Wanted(key, self._question(key)) for key in keys]
        return facts

    def _question(self, key: str) -> str:
        words = (
            self.data.get(f"question-{key}", "").replace("\x00", "").replace("\r\n", "\n").strip()
        )
        if len(words) > LONGEST_QUESTION:
            raise forms.ValidationError(
                f"A question may have {LONGEST_QUESTION} signs. The shorter it is, the more room "
                "the parent has."
            )
        return words


def pressed(keys: list[str], press: str) -> list[str]:
    """The same after `earlier:`, `later:`, `out:` or `in:` of one of them."""
    verb, _, key = press.partition(":")
    if verb == "in" and KEY.fullmatch(key) and key not in keys:
        return [*keys, key]
    if key not in keys:
        return keys
    at = keys.index(key)
    rest = [each for each in keys if each != key]
    if verb == "out":
        return rest
    if verb in ("earlier", "later"):
        rest.insert(max(0, at + (1 if verb == "later" else -1)), key)
        return rest
    return keys


def review_facts(body: bytes) -> dict[str, Any]:
    """What a page tells of a review, as services.log_review takes it; ValueError for all else."""
    try:
        told = json.loads(body)
        showings = [_shown(each) for each in told.get("showings", [])[:MOST_SHOWINGS]]
        ended = told.get("ended_ms")
        return {
            "run_id": UUID(told["run"]),
            "started_at": _moment(told["started_at"]),
            "showings": showings,
            "ended_ms": None if ended is None else _ms(ended),
        }
    except (KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise ValueError(str(wrong)) from None


def _shown(told: dict[str, Any]) -> Shown:
    if not KEY.fullmatch(told["key"]):
        raise ValueError("no clip or still")
    return Shown(told["key"], _ms(told["from_ms"]), _ms(told["until_ms"]))


def _ms(number: object) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise ValueError("no time")
    return min(number, LONGEST_MS)


def _moment(text: str) -> datetime:
    moment = parse_datetime(text)
    if moment is None or timezone.is_naive(moment):
        raise ValueError("no moment")
    return moment


class IntoCycleForm(forms.Form):
    """A shared review as it goes into the case log."""

    cycle_id = forms.ModelChoiceField(label="Which cycle was it?", queryset=Cycle.objects.none())
    reviewed_on = forms.DateField(
        label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    minutes = forms.IntegerField(label="Minutes together", min_value=1, max_value=600)
    what_went_well = forms.CharField(
        label="One thing that went well",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="As you looked together. No names.",
    )
    next_time = forms.CharField(
        label="Your working point for next time",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, cycles: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        field = self.fields["cycle_id"]
        field.queryset = cycles
        field.empty_label = None
        field.label_from_instance = lambda cycle: f"Cycle {cycle.number}"

    def facts(self) -> dict[str, Any]:
        """As the service takes them."""
        return {**self.cleaned_data, "cycle_id": self.cleaned_data["cycle_id"].pk}


class AlignForm(forms.Form):
    """Where in which film of a review its first showing began."""

    film = forms.ModelChoiceField(queryset=Recording.objects.none())
    at_ms = forms.IntegerField(min_value=0, max_value=24 * 60 * 60 * 1000)

    def __init__(self, *args: Any, films: QuerySet[Recording], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["film"].queryset = films


class PrepareForm(forms.Form):
    """The id that a browser gives to what it prepares, so that asking twice is one."""

    preparation_id = forms.UUIDField()
