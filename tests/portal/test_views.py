"""The front page of each kind of person, the public home, and the doors of the demo."""

import pytest
from django.test import Client

from learning.models import CohortDay
from learning.services import join_cohort, mark_attendance, plant_course
from people.kinds import Role
from portal.services import plant_home
from tests.accreditation import factories as practice
from tests.learning import factories as learning
from tests.people.factories import actor_of, person, signed_in, tied, two_years_ago

pytestmark = pytest.mark.django_db
SUPERVISOR_QUERIES = 19


def front(user) -> str:
    """The words of somebody's front page."""
    answer = signed_in(user).get("/road/")
    assert answer.status_code == 200
    return answer.content.decode()


def attended(user) -> None:
    """The person was there for every session of a cohort."""
    cohort, trainer = learning.cohort()
    CohortDay.objects.filter(cohort=cohort).update(held_on=two_years_ago())
    member = join_cohort(cohort_id=cohort.pk, user_id=user.pk)
    for day in cohort.days.all():
        mark_attendance(actor=actor_of(trainer), day_id=day.pk, member_id=member.pk, attended=True)


def test_the_public_home_says_what_attune_is():
    plant_home()

    page = Client().get("/").content.decode()

    assert "See what goes well, and help it grow" in page
    assert "What we promise to families" in page


def test_planting_twice_leaves_an_edited_home_alone():
    home = plant_home()
    home.title = "Our own words"
    home.save_revision().publish()

    plant_home()

    assert "Our own words" in Client().get("/").content.decode()


def test_a_new_trainee_is_led_to_the_first_lesson():
    plant_home()
    plant_course()

    page = front(person())

    assert "Open the lesson" in page


def test_a_trainee_sees_the_road_and_the_counts_with_their_rows():
    circle = practice.circle()

    page = front(circle.trainee)

    assert "Stage 1 so far" in page
    assert page.count('class="count__number"') == 4
    assert "/requirements/" in page


def test_a_trainee_whose_log_is_complete_reads_that_the_meeting_comes():
    circle = practice.met(practice.circle())
    attended(circle.trainee)

    assert "Everything for this stage is in your log" in front(circle.trainee)


def test_a_planned_meeting_comes_first():
    circle = practice.met(practice.circle())
    practice.meeting(circle)

    page = front(circle.trainee)

    assert "Coming up" in page
    assert "Get ready for it" in page


def test_a_new_certificate_is_the_first_thing_its_holder_sees():
    certificate = practice.certificate()

    page = front(certificate.holder)

    assert "Your certificate is here" in page
    assert certificate.get_absolute_url() in page


def test_a_supervision_that_waits_for_a_yes_is_named_and_leads_to_it():
    circle = practice.circle()
    waiting = practice.session(circle)

    page = front(circle.supervisor)

    assert f'<a href="{waiting.get_absolute_url()}">{circle.trainee.name}, 60 minutes</a>' in page


def test_the_external_opens_on_the_meeting():
    meeting = practice.meeting(practice.met(practice.circle()))

    assert "Prepare the meeting" in front(meeting.external)


def test_the_registrar_opens_on_the_award_to_issue():
    decision = practice.finished()
    trainee = decision.meeting.enrolled_stage.enrolment.trainee
    body = decision.meeting.enrolled_stage.enrolment.pathway.body

    page = front(person(Role.REGISTRAR, body))

    assert f"Issue {trainee.name}’s certificate" in page


def test_the_service_manager_opens_on_the_numbers():
    assert "See the numbers" in front(person(Role.SERVICE_MANAGER))


def test_somebody_for_whom_nothing_waits_reads_so():
    assert "Nothing waits for you" in front(person(Role.OFFICER))


@pytest.mark.parametrize("trainees", [1, 6])
def test_the_front_page_of_a_supervisor_asks_as_often_for_many(trainees, django_assert_num_queries):
    supervisor = person(Role.SUPERVISOR)
    for _ in range(trainees):
        tied(supervisor, person())
    browser = signed_in(supervisor)
    browser.get("/road/")

    with django_assert_num_queries(SUPERVISOR_QUERIES):
        browser.get("/road/")


@pytest.mark.parametrize("demo", [True, False])
def test_the_demo_is_there_only_in_the_demo(settings, demo):
    settings.DEMO = demo
    user = person()

    page = Client().get("/demo/")
    looked = Client().post(f"/demo/{user.pk}/look-around/")

    assert page.status_code == (200 if demo else 404)
    assert looked.status_code == 404


def test_the_demo_lets_nobody_look_around_as_a_real_person(settings):
    settings.DEMO = True
    browser = Client()

    assert browser.post(f"/demo/{person().pk}/look-around/").status_code == 404
    assert "_auth_user_id" not in browser.session


def test_production_never_looks_around(settings):
    settings.DEMO, settings.PRODUCTION = True, True

    assert Client().get("/demo/").status_code == 404
