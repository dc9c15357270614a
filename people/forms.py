"""Shapes of what people say about themselves."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from people.models import Organisation, User


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


class GroupForm(forms.Form):
    """An intervision group that is about to begin."""

    group_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(
        label="What is the group called?", max_length=120, help_text="For example: Tuesday group."
    )
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Where does it belong?",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    since = forms.DateField(
        label="When does it begin?",
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = forms.DateField(
        label="Its last day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Leave it empty when you do not know yet. You can end the group at any time.",
    )

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = places  # type: ignore[attr-defined]
        if len(places) == 1:
            self.initial.setdefault("organisation", places[0].pk)

    def facts(self) -> dict[str, Any]:
        """What the service asks for."""
        facts = dict(self.cleaned_data)
        place = facts.pop("organisation")
        return {**facts, "organisation_id": place.pk}


class MemberForm(forms.Form):
    """Who is to belong to a group: somebody near, or anybody by their address."""

    person = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who joins?",
        required=False,
        empty_label="Somebody else",
    )
    email = forms.EmailField(
        label="Somebody else, by their e-mail address here",
        required=False,
        help_text="For a guider of another organisation.",
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two is given; the person is there under `person`."""
        found = super().clean() or {}
        if self.errors or found.get("person"):
            return found
        user = User.objects.with_open_account().filter(email__iexact=found.get("email") or "-")
        found["person"] = user.first()
        if found["person"] is None:
            self.add_error(
                "email", "Please choose somebody, or type the address they use in Attune."
            )
        return found
