"""Shapes of what people say about themselves."""

from django import forms

from people.models import User


class AccountForm(forms.ModelForm):
    """One's name and how often one wants e-mail."""

    class Meta:
        model = User
        fields = ("name", "digest")
        labels = {"name": "Your name", "digest": "E-mail from Attune"}
        help_texts = {
            "name": "As it should stand on a certificate.",
            "digest": "The list of messages here is always up to date, whatever you choose.",
        }
        widgets = {"digest": forms.RadioSelect}


class SuspendForm(forms.Form):
    """Why an account is closed."""

    reason = forms.CharField(
        label="Why is this account being closed?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the ledger. The person does not see these words.",
    )
