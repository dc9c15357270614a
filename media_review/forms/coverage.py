"""Which films the coverage map speaks of."""

from django import forms

from media_review.kinds import RecordingKind
from media_review.queries.coverage import Wanted

KINDS = [("", "Both kinds of film")] + [
    (value, label.partition(":")[0] + "s") for value, label in RecordingKind.choices
]


class CoverageForm(forms.Form):
    """A kind of film, and the days between which it was filmed; every part may be left out."""

    kind = forms.ChoiceField(label="Which films", choices=KINDS, required=False)
    since = forms.DateField(label="Filmed from", required=False)
    until = forms.DateField(label="to", required=False)

    def wanted(self) -> Wanted:
        """What was asked for; what could not be read is left out."""
        self.is_valid()
        facts = self.cleaned_data
        return Wanted(facts.get("kind") or "", facts.get("since"), facts.get("until"))
