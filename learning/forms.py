"""The shape of what trainers type."""

from typing import Any

from django import forms

from learning.kinds import CourseFormat
from learning.models import CoursePage
from people.actor import Actor
from people.kinds import Capability
from people.models import Organisation, User


class CohortForm(forms.Form):
    """A new cohort: what it is called, where, when, and how the two days are held."""

    name = forms.CharField(
        max_length=120,
        label="What shall we call this cohort?",
        help_text="For example: Spring 2027",
    )
    organisation_id = forms.ModelChoiceField(
        Organisation.objects.none(), label="Which organisation holds it?", empty_label=None
    )
    course_id = forms.ModelChoiceField(
        CoursePage.objects.none(), label="Which course?", empty_label=None
    )
    starts_on = forms.DateField(
        label="When does it begin?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    format = forms.ChoiceField(
        choices=CourseFormat.choices, label="How is it held?", widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = actor.organisations_where(Capability.RUN_COHORT)
        self.fields["organisation_id"].queryset = Organisation.objects.filter(pk__in=places)
        self.fields["course_id"].queryset = CoursePage.objects.live().order_by("path")

    @property
    def facts(self) -> dict[str, Any]:
        """What the service asks for."""
        words = dict(self.cleaned_data)
        for name in ("organisation_id", "course_id"):
            words[name] = words[name].pk
        return words


class MemberForm(forms.Form):
    """Somebody who joins a cohort."""

    user_id = forms.ModelChoiceField(User.objects.none(), label="Who joins?", empty_label=None)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].queryset = people
