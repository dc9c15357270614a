"""From the sign-in to a new cycle by keyboard alone, each focus visible."""

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
    press(page, "E", starts=True)
    page.wait_for_url("**/cases/*-*/")
    press(page, "Log a cycle")
    page.wait_for_url("**/cycles/new/")
    reach(page, "Today")
    reach(page, "Play")
    page.keyboard.press("Space")
    reach(page, "Later")
    page.keyboard.press("Enter")

    page.wait_for_url("**/cases/*-*/")


def sign_in_by_keyboard(page) -> None:
    """Ewa is in: a password, and an app set up by typing its letters."""
    page.goto("/account/login/")
    reach(page, "Email")
    page.keyboard.type("ewa@attune.example")
    reach(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/second-factor/**")
    press(page, "Use an app on my phone")
    if page.url.find("reauthenticate") > 0:
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
    expect(page.locator("h1")).to_contain_text("Ewa")


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
    return words[:1] == letter and words[1:3].strip().isdigit()
