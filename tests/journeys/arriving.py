"""From the letter to the first lesson: invited, welcomed, a second step, a lesson read."""

import base64
import hmac
import re
import time
from typing import Any

from playwright.sync_api import expect

from tests.house import House
from tests.journeys.walking import letters_to, look_at_both, wait_for

PASSWORD = "a kettle hums beside the window"


def invite(registrar: Any, *, name: str, email: str, **choices: str) -> None:
    """The registrar has sent the letter: `choices` are the labels of what it names."""
    registrar.goto("/practice/invitations/new/")
    registrar.get_by_label("Their name").fill(name)
    registrar.get_by_label("Their e-mail address").fill(email)
    for label, wanted in choices.items():
        box = registrar.get_by_label(label.replace("_", " "), exact=False).first
        found = box.locator("option", has_text=re.compile(rf"^\s*{wanted}")).first.get_attribute(
            "value"
        )
        box.select_option(found)
    registrar.get_by_role("button", name="Send the invitation").click()
    expect(registrar.get_by_role("status").first).to_contain_text(f"The letter to {name}")


def open_letter(page: Any, house: House, *, email: str) -> str:
    """The page of the letter's one link stands open; returns the letter."""
    letter = wait_for(lambda: letters_to(house, email), f"a letter to {email}", 90)[0]
    link = re.search(r"https?://\S+/practice/welcome/\S+", letter)
    assert link, letter
    page.goto(link[0])
    return letter


def accept(page: Any) -> None:
    """One click and a password: the person is in, and asked for a second step."""
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Accept and begin").click()
    page.wait_for_url("**/people/second-factor/**")


def plug_in_a_passkey(page: Any) -> None:
    """The browser has a device that answers with a fingerprint."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def set_up_a_passkey(page: Any) -> None:
    """The person's own passkey opens the house from now on."""
    plug_in_a_passkey(page)
    page.get_by_role("link", name="Use this device").click()
    look_at_both(page, "arriving-passkey")
    page.get_by_label("A name for this device").fill("My phone")
    page.get_by_role("button", name="Set up a passkey on this device").click()
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    page.goto("/road/")
    page.wait_for_url("**/road/")


def set_up_an_app(page: Any) -> str:
    """The authenticator app's six digits open the house; returns its secret."""
    page.get_by_role("link", name="Use an app on my phone").click()
    look_at_both(page, "arriving-app")
    secret = page.locator("code.secret").text_content().strip()
    page.get_by_label("code", exact=False).first.fill(six_digits(secret))
    page.get_by_role("button", name="Use this app from now on").click()
    page.wait_for_url(lambda url: "activate" not in url)
    page.goto("/road/")
    page.wait_for_url("**/road/")
    return secret


def six_digits(secret: str) -> str:
    """What the app shows now (RFC 6238)."""
    moment = (int(time.time()) // 30).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), moment, "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in_with_the_passkey(page: Any) -> None:
    """Signed out, then in again by one press."""
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/road/")


def sign_in_with_the_app(page: Any, *, email: str, secret: str) -> None:
    """Signed out, then in again by password and six digits."""
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/**")
    look_at_both(page, "arriving-six-digits")
    page.locator("input[name=code]").fill(six_digits(secret))
    page.locator("main form button").first.click()
    page.wait_for_url("**/road/")


def read_a_lesson(page: Any) -> None:
    """Every part of the first lesson is ticked, its check answered, its words kept."""
    page.goto("/course/")
    page.locator("main .next a.button").first.click()
    page.wait_for_url("**/course/*/*/**")
    parts = page.locator("section.part").count()
    for number in range(parts):
        part = page.locator("section.part").nth(number)
        if part.get_attribute("data-kind") == "knowledge_check":
            part.locator("input[type=radio]").first.check()
        for box in part.locator("textarea").all():
            box.fill("I noticed that I wait longer than I thought.")
        part.locator("form button").last.click()
        expect(part.locator("[data-state=done]")).to_be_visible()
    expect(page.locator("#lesson-end")).to_contain_text("This lesson is finished")
    look_at_both(page, "arriving-lesson-finished")
