"""Shapes of what is typed at the end of a conversation, and of openings."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms

from media_review.forms.films import KIND_CHOICES, ReflectionForm
from media_review.kinds import CommentKind
from media_review.rules.saying import LONGEST_POINT


class ClosingForm(ReflectionForm):
    """The reflection, and which working points go along, in which words.

    `points` are the working points that were given: pairs of an id and its words.
    """

    own_point = forms.CharField(
        max_length=LONGEST_POINT,
        required=False,
        label="Something of your own? More of …",
        widget=forms.TextInput,
    )

    def __init__(self, *args: Any, points: Iterable[tuple[UUID, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.points = tuple(points)
        for pk, words in self.points:
            self.fields[f"take_{pk}"] = forms.BooleanField(required=False, label=words)
            self.fields[f"words_{pk}"] = forms.CharField(
                max_length=LONGEST_POINT,
                required=False,
                label="In your own words: more of …",
                initial=words if len(words) <= LONGEST_POINT else "",
                widget=forms.TextInput,
            )

    def rows(self) -> list[dict[str, Any]]:
        """For the page: each point with its box and its words."""
        return [
            {"given": words, "take": self[f"take_{pk}"], "words": self[f"words_{pk}"]}
            for pk, words in self.points
        ]

    def facts(self) -> dict[str, Any]:
        """What the service asks for: the ticked points, each in the words it is carried in."""
        typed = self.cleaned_data
        taken = {
            pk: typed[f"words_{pk}"] or words[:LONGEST_POINT]
            for pk, words in self.points
            if typed[f"take_{pk}"]
        }
        return {
            "reflection": typed["reflection"],
            "taken": taken,
            "own_point": typed["own_point"],
        }


class OpeningForm(forms.Form):
    """A way to begin a comment."""

    opening_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        choices=KIND_CHOICES,
        label="What does it begin?",
        widget=forms.RadioSelect,
        initial=CommentKind.STRENGTH,
    )
    words = forms.CharField(
        max_length=200,
        label="How do you like to begin?",
        help_text="For example: I loved the way you… After “More of”, write only what follows.",
        widget=forms.TextInput,
    )


class OpeningWordsForm(forms.Form):
    """The same opening in other words."""

    words = forms.CharField(max_length=200, label="Words", widget=forms.TextInput)


class NoteForm(forms.Form):
    """What the browser says about the recording it is going to send."""

    note_id = forms.UUIDField()
    name = forms.CharField(max_length=255)
    size = forms.IntegerField(min_value=0)
