"""Doors that must stay shut, and what stands in them when somebody pushes."""

import pytest
from django.conf import settings
from django.core import checks
from django.test import Client, override_settings
from django.urls import reverse

from learning.services import plant_course
from people.kinds import Role
from people.models import User
from tests.architecture.authorisation import production
from tests.architecture.authorisation.pages import Page
from tests.people.factories import person, signed_in

pytestmark = pytest.mark.django_db
DEMO_REFUSED = "The demo never starts with production settings: unset ATTUNE_DEMO."


def test_production_settings_pass_djangos_own_checks():
    said = production.ran("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert said.returncode == 0, said.stdout + said.stderr


def test_the_demo_never_starts_with_production_settings():
    said = production.ran("manage.py", "check", ATTUNE_DEMO="1")

    assert said.returncode != 0
    assert DEMO_REFUSED in said.stderr


@pytest.mark.parametrize("name", ["ATTUNE_SECRET_KEY", "ATTUNE_HOSTS", "ATTUNE_ROOT_KEY"])
def test_production_says_which_secret_is_missing(name):
    said = production.ran("manage.py", "check", **{name: ""})

    assert said.returncode != 0
    assert name in said.stderr


def look_around(browser: Client, user) -> int:
    """The answer to the demo's button, in a browser that sends no token along."""
    return browser.post(reverse("portal:look-around", args=[user.pk])).status_code


def test_nobody_looks_around_outside_the_demo():
    user = person()

    assert not settings.DEMO
    assert Client().get("/demo/").status_code == 404
    assert look_around(Client(), user) == 404
    assert look_around(signed_in(user), person()) == 404


def test_production_shuts_the_demos_doors_even_if_its_flag_slips_through():
    with override_settings(DEMO=True, PRODUCTION=True):
        assert Client().get("/demo/").status_code == 404
        assert look_around(Client(), person()) == 404


@pytest.mark.parametrize(
    ("mode", "email", "said"),
    [
        (True, "helen@attune.example", ["portal.E001"]),
        (True, "helen@body.example", []),
        (False, "helen@attune.example", []),
    ],
)
def test_production_refuses_a_database_that_was_a_demo(mode, email, said):
    User.objects.create_user(email, name="Helen Carr")

    with override_settings(PRODUCTION=mode):
        found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])

    assert [fault.id for fault in found] == said


def test_the_demo_lets_nobody_in_who_is_not_of_its_cast():
    user = person()

    with override_settings(DEMO=True):
        browser = Client()
        assert look_around(browser, user) == 404
        assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("path", ["/admin/", "/api/", "/api/v2/pages/", "/api/v3/", "/__debug__/"])
def test_there_is_no_such_door(path):
    assert Client().get(path).status_code == 404


def test_the_editor_calls_no_other_host():
    plant_course()
    editor = signed_in(person(Role.EDITOR))

    page = editor.get("/editor/")

    assert page.status_code == 200
    assert [link for link in Page(page.content).outside if not link.startswith("<a ")] == []
    assert b"gravatar" not in page.content
    assert b"releases.wagtail" not in page.content


def test_a_form_from_another_site_changes_nothing():
    user, browser = person(), Client(enforce_csrf_checks=True)
    signed_in(user, browser)

    answer = browser.post(reverse("people:profile"), {"name": "Mallory", "digest": "daily"})

    assert answer.status_code == 403
    user.refresh_from_db()
    assert user.name != "Mallory"


@pytest.mark.parametrize("host", ["evil.example", "attune.example.evil.example", "[::2]"])
def test_another_host_name_is_refused(host):
    assert Client(headers={"host": host}).get("/account/login/").status_code == 400
