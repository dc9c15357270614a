"""Pages of the log: who sees what, what is kept, and how many queries a page takes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from caselogs import services
from caselogs.forms.looking import TICK
from caselogs.kinds import Ending, Scope
from caselogs.models import Case, Consent, Cycle, Goal, TimeEntry
from people import drafts
from people.kinds import Role
from tests.caselogs.factories import case, consented_case, cycle, days_ago, goal
from tests.people.factories import actor_of, organisation, person, signed_in, tied

pytestmark = pytest.mark.django_db
OF_A_CASE = (
    "case",
    "case-correct",
    "case-close",
    "consent-record",
    "goal-set",
    "cycle-log",
)
OF_A_CYCLE = ("cycle", "cycle-complete", "cycle-correct")
PRESSES = ("case-approach", "case-accept", "case-reopen")
READ_BY_A_SUPERVISOR = {"case", "cycle"}


def addresses(row):
    """Every page of one case, by name."""
    kept = goal(row.case)
    return {
        **{name: reverse(f"caselogs:{name}", args=[row.case_id]) for name in OF_A_CASE},
        **{name: reverse(f"caselogs:{name}", args=[row.pk]) for name in OF_A_CYCLE},
        "goal-rate": reverse("caselogs:goal-rate", args=[kept.pk]),
    }


def test_the_guider_can_open_every_page():
    row = cycle(reviewed_on=None)
    browser = signed_in(row.case.guider)

    for address in addresses(row).values():
        assert browser.get(address).status_code == 200, address


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.SUPERVISOR, Role.SERVICE_MANAGER])
def test_to_everybody_else_there_is_no_such_case(role):
    row = cycle()
    browser = signed_in(person(role, row.case.organisation))

    for address in addresses(row).values():
        assert browser.get(address).status_code == 404, address
        assert browser.post(address, {}).status_code in {404, 405}, address
    for name in PRESSES:
        assert browser.post(reverse(f"caselogs:{name}", args=[row.case_id])).status_code == 404


def test_a_supervisor_of_today_reads_and_does_not_write():
    row = cycle()
    ruth = person(Role.SUPERVISOR)
    tied(ruth, row.case.guider)
    browser = signed_in(ruth)

    for name, address in addresses(row).items():
        expected = 200 if name in READ_BY_A_SUPERVISOR else 403
        assert browser.get(address).status_code == expected, address
    page = browser.get(row.case.get_absolute_url()).content.decode()
    assert reverse("caselogs:cycle-log", args=[row.case_id]) not in page


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(reverse("caselogs:case-list")).status_code == 302


def test_how_the_work_ended_is_not_for_a_supervisor_from_elsewhere():
    row = cycle().case
    services.close(
        actor=actor_of(row.guider), case_id=row.pk, ending=Ending.COMPLETED, why="A warm ending"
    )
    outside, inside = person(Role.SUPERVISOR), person(Role.SUPERVISOR, row.organisation)
    for supervisor in (outside, inside):
        tied(supervisor, row.guider)

    def reads(user):
        return "A warm ending" in signed_in(user).get(row.get_absolute_url()).content.decode()

    assert (reads(row.guider), reads(inside), reads(outside)) == (True, True, False)


def test_a_case_is_opened_from_the_form_with_the_next_free_code():
    maya = person(name="Maya Osei")
    browser = signed_in(maya)
    page = browser.get(reverse("caselogs:case-open")).content.decode()
    assert 'value="MO-1"' in page

    answer = browser.post(
        reverse("caselogs:case-open"),
        {
            "code": "mo-1",
            "client_type": "parent",
            "age_band": "1y",
            "referral_source": "gp",
            "setting": "home",
            "referred_on": days_ago(3).isoformat(),
        },
    )

    row = Case.objects.get()
    assert (row.code, row.guider, answer.url) == ("MO-1", maya, row.get_absolute_url())
    assert 'value="MO-2"' in browser.get(reverse("caselogs:case-open")).content.decode()


def press(days):
    return days_ago(days).isoformat()


def cycle_form(**more):
    return {
        "filmed_on_when": press(1),
        "reviewed_on_when": "not_yet",
        "activity": "Play",
        "what_went_well": "A long wait, then a smile.",
        "number": "1",
        **more,
    }


def test_a_cycle_is_logged_and_its_draft_forgotten():
    row = consented_case()
    actor = actor_of(row.guider)
    drafts.keep(actor=actor, key=f"cycle:{row.pk}", fields={"what_went_well": "A long"})
    browser = signed_in(row.guider)
    address = reverse("caselogs:cycle-log", args=[row.pk])
    assert "A long" in browser.get(address).content.decode()

    answers = [browser.post(address, cycle_form()) for _ in range(2)]

    assert [answer.url for answer in answers] == [row.get_absolute_url()] * 2
    kept = Cycle.objects.get()
    assert (kept.filmed_on, kept.reviewed_on, kept.activity) == (days_ago(1), None, "Play")
    assert drafts.initial(actor, f"cycle:{row.pk}") == {}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"filmed_on_when": press(-1)}, "still to come"),
        ({"filmed_on_when": press(1), "reviewed_on_when": press(2)}, "dated before its film"),
        ({"filmed_on_when": "other", "filmed_on_day": press(85)}, "Consent comes first"),
        ({"what_went_well": "Sarah waited"}, "This looks like a name"),
        ({"filmed_on_when": "other"}, "Please choose the day"),
    ],
)
def test_what_was_typed_is_kept_when_a_cycle_is_refused(more, says):
    row = consented_case(given_on=days_ago(80))
    browser = signed_in(row.guider)
    address = reverse("caselogs:cycle-log", args=[row.pk])
    typed = cycle_form(**more)

    page = browser.post(address, typed).content.decode()

    assert says in page
    assert typed["what_went_well"] in page
    assert not Cycle.objects.exists()
    assert typed["what_went_well"] in browser.get(address).content.decode()


def test_after_consent_first_the_words_are_waiting():
    row = case()
    browser = signed_in(row.guider)
    browser.post(reverse("caselogs:cycle-log", args=[row.pk]), cycle_form())

    answer = browser.post(
        reverse("caselogs:consent-record", args=[row.pk]),
        {
            "covered": "Mother and baby",
            "given_on_when": press(1),
            "form_version": "Attune 1",
            "to_filming": "on",
            "to_disclosure": "on",
            "to_supervision": "yes",
            "to_accreditation": "no",
            "to_family_copy": "no",
        },
    )

    assert answer.url == reverse("caselogs:cycle-log", args=[row.pk])
    assert "A long wait, then a smile." in browser.get(answer.url).content.decode()
    granted = Consent.objects.get().scopes.filter(granted=True)
    assert set(granted.values_list("scope", flat=True)) == {
        Scope.FILMING,
        Scope.DISCLOSURE,
        Scope.SUPERVISION,
    }


def test_a_name_can_be_kept_after_looking():
    row = consented_case()
    browser = signed_in(row.guider)
    address = reverse("caselogs:goal-set", args=[row.pk])
    first = browser.post(address, {"words": "What does Joy in play look like to Rose?"})
    mark = first.context["form"].fields[TICK].choices[0][0]

    browser.post(address, {"words": "What does Joy in play look like to Rose?", TICK: mark})

    assert Goal.objects.get().words == "What does Joy in play look like to Rose?"


def test_the_steps_of_a_case_are_pressed():
    row = case()
    browser = signed_in(row.guider)

    for name in ("case-approach", "case-accept"):
        assert browser.post(reverse(f"caselogs:{name}", args=[row.pk])).status_code == 302
        assert browser.get(reverse(f"caselogs:{name}", args=[row.pk])).status_code == 405
    row.refresh_from_db()
    assert row.state == "accepted"
    assert browser.post(reverse("caselogs:case-reopen", args=[row.pk])).status_code == 409


def test_a_cycle_is_completed_and_corrected():
    row = cycle(filmed_on=days_ago(9), reviewed_on=None)
    browser = signed_in(row.case.guider)
    words = {"what_went_well": "A wait", "next_time": "Wait longer"}

    browser.post(
        reverse("caselogs:cycle-complete", args=[row.pk]), {"reviewed_on_when": press(0), **words}
    )
    browser.post(
        reverse("caselogs:cycle-correct", args=[row.pk]),
        {
            "filmed_on_when": "other",
            "filmed_on_day": press(8),
            "reviewed_on_when": press(0),
            "activity": "A walk",
            **words,
        },
    )

    row.refresh_from_db()
    assert (row.filmed_on, row.reviewed_on) == (days_ago(8), timezone.localdate())
    assert (row.activity, row.next_time) == ("A walk", "Wait longer")


def test_a_case_is_closed_with_its_ending():
    row = cycle().case
    browser = signed_in(row.guider)

    browser.post(
        reverse("caselogs:case-close", args=[row.pk]),
        {"ending": "completed", "on_when": press(0), "why": "A warm ending"},
    )

    row.refresh_from_db()
    assert (row.state, row.ending, row.ended_why) == ("closed", "completed", "A warm ending")


def test_hours_are_logged_as_a_person_says_them():
    maya = person()
    signed_in(maya).post(
        reverse("caselogs:time-log"), {"on_when": press(0), "planned": "7", "used": "3.5"}
    )

    assert list(TimeEntry.objects.values_list("minutes_planned", "minutes_used")) == [(420, 210)]


def test_a_rating_is_kept_from_a_press():
    row = goal()
    signed_in(row.case.guider).post(
        reverse("caselogs:goal-rate", args=[row.pk]),
        {"now_score": "4", "hoped_score": "8", "rated_on_when": press(0)},
    )

    assert list(row.ratings.values_list("now_score", "hoped_score")) == [(4, 8)]


# Numbers


def test_a_manager_reads_the_numbers_of_their_service_and_never_a_row():
    row = cycle(what_went_well="A very particular smile").case
    manager = person(Role.SERVICE_MANAGER, row.organisation)
    browser = signed_in(manager)

    page = browser.get(reverse("caselogs:service-numbers")).content.decode()

    assert "fewer than 5" in page
    assert row.code not in page
    assert "A very particular smile" not in page
    assert str(row.pk) not in page


def test_numbers_of_another_service_do_not_exist():
    elsewhere = organisation()
    browser = signed_in(person(Role.SERVICE_MANAGER))

    address = reverse("caselogs:service-numbers-of", args=[elsewhere.pk])
    assert browser.get(address).status_code == 404
    assert signed_in(person()).get(reverse("caselogs:service-numbers")).status_code == 404


@pytest.mark.parametrize("words", ["since=x&until=y", "since=2030-01-01", "until=0001-01-01"])
def test_odd_dates_are_read_as_the_last_year(words):
    browser = signed_in(person(Role.SERVICE_MANAGER))

    assert browser.get(f"{reverse('caselogs:service-numbers')}?{words}").status_code == 200


# Query counts


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_of_cases_takes_the_same_queries(rows, django_assert_num_queries):
    maya = person()
    for _ in range(rows):
        cycle(consented_case(maya))
    browser = signed_in(maya)

    with django_assert_num_queries(8):
        page = browser.get(reverse("caselogs:case-list")).content.decode()

    assert page.count('class="casecard"') == rows


@pytest.mark.parametrize("rows", [1, 5])
def test_the_page_of_a_case_takes_the_same_queries(rows, django_assert_num_queries):
    row = consented_case()
    for number in range(rows):
        cycle(row, days_ago(60 - 10 * number))
    browser = signed_in(row.guider)

    with django_assert_num_queries(11):
        page = browser.get(row.get_absolute_url()).content.decode()

    assert page.count('class="cycleknot"') == rows


@pytest.mark.parametrize("rows", [1, 6])
def test_the_page_of_numbers_takes_the_same_queries(rows, django_assert_num_queries):
    maya = person()
    for _ in range(rows):
        row = cycle(consented_case(maya)).case
    browser = signed_in(person(Role.SERVICE_MANAGER, row.organisation))

    with django_assert_num_queries(11):
        browser.get(reverse("caselogs:service-numbers"))
