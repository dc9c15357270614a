"""What can be typed: warnings that let one go on, days in one press, drafts that keep their day."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from caselogs.forms import CaseForm, ConsentForm, CycleForm, GoalForm, WithdrawForm
from caselogs.forms.days import DayField, day_of_draft
from caselogs.forms.looking import TICK
from caselogs.kinds import Scope


def typed(**fields):
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data[name] = value
    return data


def test_words_without_a_name_need_no_tick():
    form = GoalForm(typed(words="How does my baby tell me?"))

    assert form.is_valid()
    assert TICK not in form.fields


def test_a_name_is_asked_about_and_can_be_kept_after_looking():
    first = GoalForm(typed(words="What does Sarah enjoy?"))
    assert not first.is_valid()
    assert "“Sarah”: This looks like a name." in first.errors["words"][0]
    mark = first.fields[TICK].choices[0][0]

    again = GoalForm(typed(words="What does Sarah enjoy?", **{TICK: mark}))

    assert again.is_valid()
    assert again.facts() == {"words": "What does Sarah enjoy?", "is_helping_question": False}


def test_a_tick_is_for_the_words_that_were_looked_at():
    first = GoalForm(typed(words="What does Sarah enjoy?"))
    mark = first.fields[TICK].choices[0][0]

    other = GoalForm(typed(words="What does Khadija enjoy?", **{TICK: mark}))

    assert not other.is_valid()
    assert "Khadija" in other.errors["words"][0]


@pytest.mark.parametrize("code", ["Sarah", "LEO-1", "SW1A 1AA", "12"])
def test_a_code_that_is_no_code_is_refused_outright(code):
    form = CaseForm(typed(code=code))

    assert "code" in form.errors
    assert TICK not in form.fields


@pytest.mark.parametrize(
    ("when", "day", "expected"),
    [
        ("2026-06-03", "", date(2026, 6, 3)),
        ("other", "2026-05-01", date(2026, 5, 1)),
        ("", "2026-05-01", date(2026, 5, 1)),
        ("2026-06-03", "2026-05-01", date(2026, 6, 3)),
        ("not_yet", "", None),
    ],
)
def test_a_day_in_one_press(when, day, expected):
    assert DayField(not_yet=True).clean([when, day]) == expected


@pytest.mark.parametrize(("when", "day"), [("other", ""), ("", ""), ("soon", ""), ("other", "x")])
def test_a_day_that_was_not_given_is_asked_for(when, day):
    form = CycleForm(typed(filmed_on_when=when, filmed_on_day=day, reviewed_on_when="not_yet"))

    assert list(form.errors) == ["filmed_on"]


def test_today_of_an_older_draft_stays_that_day():
    monday = timezone.localdate() - timedelta(days=4)
    draft = {"filmed_on_when": monday.isoformat(), "filmed_on_day": "", "what_went_well": "A smile"}

    form = CycleForm.from_draft(draft, 3)

    assert day_of_draft(draft, "filmed_on") == monday
    assert f'value="{monday.isoformat()}"' in str(form["filmed_on"])
    assert "A smile" in str(form["what_went_well"])


ANSWERS = {
    "covered": "Mother and baby",
    "given_on_when": "2026-06-03",
    "form_version": "Attune 1",
    "to_filming": "on",
    "to_disclosure": "on",
    "to_supervision": "yes",
    "to_accreditation": "no",
    "to_family_copy": "yes",
}


def test_each_purpose_has_its_own_answer():
    form = ConsentForm(typed(**ANSWERS))

    assert form.is_valid(), form.errors
    assert form.facts() == {
        "covered": "Mother and baby",
        "given_on": date(2026, 6, 3),
        "form_version": "Attune 1",
        "child_assent": "",
        "evidence": "",
        "scopes": [Scope.FILMING, Scope.SUPERVISION, Scope.DISCLOSURE, Scope.FAMILY_COPY],
    }


@pytest.mark.parametrize(
    "needed", ["to_filming", "to_disclosure", "to_supervision", "to_accreditation"]
)
def test_what_must_be_answered_is_never_taken_for_granted(needed):
    form = ConsentForm(typed(**{name: v for name, v in ANSWERS.items() if name != needed}))

    assert list(form.errors) == [needed]


def test_nothing_is_ticked_before_the_family_has_said_so():
    assert "checked" not in "".join(
        str(field) for field in ConsentForm() if field.name.startswith("to_")
    )


def test_only_what_was_granted_can_be_taken_back():
    form = WithdrawForm(granted=[(Scope.FILMING, "Filming"), (Scope.SUPERVISION, "Supervision")])

    assert [value for value, _ in form.fields["scope"].choices] == ["all", Scope.SUPERVISION]
