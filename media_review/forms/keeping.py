"""For how long film is kept, and what holds it."""

from django import forms

from media_review.kinds import Basis
from media_review.rules import LONGEST_DAYS

WORDS = forms.Textarea(attrs={"rows": 2})


class HoldForm(forms.Form):
    """A hold for safeguarding: why, on what ground, until when."""

    reason = forms.CharField(
        label="Why must this film be kept?",
        max_length=300,
        widget=WORDS,
        help_text="One or two sentences for the second person. Never a name.",
    )
    basis = forms.ChoiceField(
        label="What lets you keep it?",
        choices=Basis.choices,
        widget=forms.RadioSelect,
        initial=Basis.LAW,
    )
    until = forms.DateField(
        label="Until which day?", help_text="Half a year at most. It can be asked for again."
    )


class LongerForm(forms.Form):
    """More time for a hold."""

    until = forms.DateField(label="Until which day?")
    reason = forms.CharField(label="Why longer?", max_length=300, widget=WORDS)


class LiftForm(forms.Form):
    """The end of a hold."""

    reason = forms.CharField(label="Why can it end?", max_length=300, widget=WORDS)


class TermForm(forms.Form):
    """A shorter time, agreed with one family."""

    days = forms.IntegerField(
        label="Days after the case closes",
        required=False,
        min_value=0,
        max_value=LONGEST_DAYS,
        help_text="Only a shorter time changes anything. Leave it empty for your service’s rule.",
    )


class PolicyForm(forms.Form):
    """What a service decides."""

    days_after_closing = forms.IntegerField(
        label="Days that film is kept after a case closes",
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text="The forms that families sign usually promise 60.",
    )
    original_days = forms.IntegerField(
        label="Days that what was sent is kept beside the film that is watched",
        min_value=0,
        max_value=LONGEST_DAYS,
        help_text="For films sent from now on. 0: gone as soon as the film can be watched.",
    )
    fine = forms.BooleanField(
        label="Prepare films in 1080p too",
        required=False,
        help_text="For films sent from now on. Faces are sharper; it takes half as long again and "
        "three times the room.",
    )
    quiet_months = forms.IntegerField(
        label="Ask the guider when an open case has been quiet for so many months",
        min_value=0,
        max_value=24,
        help_text="0: never ask. Nothing is destroyed because a case is quiet.",
    )
    why = forms.CharField(label="Why this change?", required=False, max_length=200)
