"""From the sign-in to a new cycle by keyboard alone, each focus visible."""

import re

import pytest
from playwright.sync_api import expect

from portal.demo.world.ground import PASSWORD
from tests.journeys.arriving import six_digits

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("world")]
MOST = 60


def test_sign_in_to_a_new_cycle_by_keyboard_alone(walker):
    page = walker()
    sign_in_by_keyboard(page)

    press(page, "Cases")
    page.wait_for_url("**/cases/")
    press(page, "T", starts=True)
    page.wait_for_url("**/cases/*-*/")
    press(page, "Log a cycle")
    page.wait_for_url("**/cycles/new/")
    reach(page, "Today")
    reach(page, "A meal or feed")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Play", exact=True)).to_be_checked()
    reach(page, "One thing that went well")
    page.keyboard.type("He began, and she followed.")
    press(page, "Keep this cycle")

    expect(page.get_by_role("status").first).to_contain_text("is in the log")


def sign_in_by_keyboard(page) -> None:
    """Tom is in: a password, and an app set up by typing its letters."""
    page.goto("/account/login/")
    reach(page, "Email")
    page.keyboard.type("tom@attune.example")
    reach(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/second-factor/**")
    press(page, "Use an app on my phone")
    page.wait_for_url(re.compile("reauthenticate|activate"))
    if "reauthenticate" in page.url:
        reach(page, "Password")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
    page.wait_for_url("**/totp/activate/**")
    secret = page.locator("code.secret").text_content()
    reach(page, "Authenticator code")
    page.keyboard.type(six_digits(str(secret).strip()))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "activate" not in url)
    page.goto("/road/")
    expect(page.locator("h1")).to_contain_text("Tom")


def press(page, name: str, *, starts: bool = False) -> None:
    """The link or button with this name was reached with Tab and pressed with Enter."""
    reach(page, name, starts=starts)
    page.keyboard.press("Enter")


def reach(page, name: str, *, starts: bool = False) -> None:
    """Tab after Tab, the focus stands on what has this name, and can be seen there."""
    seen = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        found, visible = page.evaluate(
            """() => {
              const here = document.activeElement;
              const label = here.labels && here.labels[0];
              const named = label ? label.innerText : here.innerText || here.ariaLabel;
              const words = (named || "").trim();
              const look = getComputedStyle(here);
              const around = getComputedStyle(here.closest("label, li, article") || here);
              const shown = look.outlineStyle !== "none" || around.outlineStyle !== "none"
                || look.boxShadow !== "none" || around.boxShadow !== "none";
              return [words, shown];
            }"""
        )
        seen.append(found)
        if found == name or found.startswith(f"{name} (") or (starts and is_code(found, name)):
            assert visible, f"the focus on {name!r} cannot be seen"
            return
    raise AssertionError(f"{name!r} was not reached; only {seen}")


def is_code(words: str, letter: str) -> bool:
    """True for a case's code, such as E12."""
    return bool(re.fullmatch(rf"(?:Case\s+)?{letter}\d+", words))
