"""One door, a second factor, and no other way in."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from people.factors import SHOWN
from people.kinds import Role
from tests.people.factories import organisation, person, signed_in

pytestmark = pytest.mark.django_db
WORD = "a long enough word"
SECRET = "JBSWY3DPEHPK3PXP"


def member(**facts):
    """A trainee with a password and a verified address."""
    user = person(**facts)
    user.set_password(WORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def sign_in(user, word=WORD, browser=None, address="203.0.113.7"):
    """The answer of the one door."""
    browser = browser or Client()
    facts = {"login": user.email, "password": word}
    return browser.post("/account/login/", facts, REMOTE_ADDR=address)


def code() -> str:
    """The number an authenticator app shows now."""
    return f"{hotp_value(SECRET, next(yield_hotp_counters_from_time())):06d}"


def test_whoever_can_see_film_is_led_to_a_second_factor():
    browser = Client()
    sign_in(member(), browser=browser)

    answer = browser.get("/road/")

    assert (answer.status_code, answer.url) == (302, "/people/second-factor/?next=/road/")


def test_a_service_manager_who_only_reads_numbers_still_invites_and_needs_one():
    browser = Client()
    sign_in(member(role=Role.SERVICE_MANAGER), browser=browser)

    assert browser.get("/road/").url.startswith("/people/second-factor/")


def test_a_factor_set_up_in_this_session_opens_the_house():
    user, browser = member(), Client()
    sign_in(user, browser=browser)
    TOTP.activate(user, SECRET)

    answer = browser.get("/people/second-factor/?next=/notices/")

    assert answer.url == "/notices/"
    assert browser.get("/notices/").status_code == 200


def test_a_factor_set_up_earlier_is_asked_for_at_the_door():
    user, browser = member(), Client()
    TOTP.activate(user, SECRET)

    first = sign_in(user, browser=browser)
    assert first.url.startswith("/account/2fa/authenticate/")
    assert browser.get("/notices/").status_code == 302
    second = browser.post("/account/2fa/authenticate/", {"code": code()})

    assert second.status_code == 302
    assert browser.get("/notices/").status_code == 200


def test_the_secret_of_a_factor_is_sealed_in_the_database():
    user = member()
    TOTP.activate(user, SECRET)

    assert SECRET not in str(Authenticator.objects.get(user=user).data)


@pytest.mark.parametrize(
    "door",
    ["/editor/login/", "/_util/login/", "/editor/password_reset/", "/editor/password_reset/done/"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_door_leads_to_the_one(door, method):
    user = member()

    answer = getattr(Client(), method)(door, {"username": user.email, "password": WORD})

    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


def test_nobody_signs_up_without_an_invitation():
    page = Client().get("/account/signup/")

    assert b'name="password1"' not in page.content


def test_there_is_no_django_admin():
    assert Client().get("/admin/").status_code == 404


def test_two_hundred_people_sign_in_from_one_address_in_a_minute():
    people = [member(name=f"Person {number}") for number in range(200)]
    began = time.monotonic()

    codes = [sign_in(user).status_code for user in people]

    assert codes == [302] * 200
    assert time.monotonic() - began < 60


def test_twenty_wrong_tries_lock_one_account_and_no_other():
    victim, neighbour = member(), member()
    for _ in range(20):
        sign_in(victim, "not the word")

    assert sign_in(victim).status_code != 302
    assert sign_in(neighbour).status_code == 302


def test_a_suspended_person_is_out_at_once():
    user = person()
    browser = signed_in(user)
    assert browser.get("/notices/").status_code == 200
    type(user).objects.filter(pk=user.pk).update(suspended_at="2026-01-01T00:00Z")

    answer = browser.get("/notices/")

    assert answer.url == reverse("account_login")
    assert SHOWN not in browser.session


def test_the_last_factor_stays_while_it_is_needed():
    user = member()
    browser = signed_in(user)
    sign_in(user, browser=browser)
    TOTP.activate(user, SECRET)
    browser.get("/people/second-factor/")

    browser.post("/account/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_one_sees_where_one_is_signed_in():
    user, browser = member(), Client()
    sign_in(user, browser=browser)

    page = browser.get("/account/sessions/")

    assert page.status_code == 200
    assert "203.0.113.7" in page.content.decode()


def test_a_trap_in_next_leads_home_instead():
    browser = signed_in(person())

    answer = browser.get("/people/second-factor/?next=https://elsewhere.example/")

    assert answer.url == "/road/"


def test_only_who_runs_a_place_sees_and_closes_its_people():
    place = organisation()
    manager, trainee = person(Role.SERVICE_MANAGER, place), person(Role.TRAINEE, place)
    outsider = person(Role.SERVICE_MANAGER)

    assert signed_in(manager).get(f"/people/organisations/{place.pk}/").status_code == 200
    assert signed_in(outsider).get(f"/people/organisations/{place.pk}/").status_code == 404
    assert signed_in(trainee).get(f"/people/organisations/{place.pk}/").status_code == 404
    assert signed_in(outsider).post(f"/people/{trainee.pk}/suspend/").status_code == 404
    signed_in(manager).post(f"/people/{trainee.pk}/suspend/", {"reason": "Left the service."})
    trainee.refresh_from_db()
    assert trainee.suspended_at is not None
    signed_in(manager).post(f"/people/{trainee.pk}/reinstate/")
    trainee.refresh_from_db()
    assert trainee.suspended_at is None


def test_a_whole_course_may_sign_in_by_passkey_from_one_address():
    from allauth.mfa import app_settings

    assert app_settings.RATE_LIMITS["webauthn_login"] == "1000/m/ip"
