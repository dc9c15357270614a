"""Looking closely: moments, clips, the storyboard and the shared review, as one person does it."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.journeys.filming import READY_MS
from tests.journeys.walking import look_at_both

TWELVE = "112233445566"
COUNT = "document.querySelectorAll('[data-moment-list] > li').length"


def open_a_film(page: Any) -> str:
    """The workbench of the newest interaction film that is ready; returns its address."""
    page.goto("/films/")
    card = page.locator("main .film-card", has=page.locator("[data-state=ready]"))
    card.filter(has_text="interaction film").first.locator("a").click()
    page.wait_for_selector("[data-film]", timeout=READY_MS)
    expect(page.locator("[data-moment-count]")).to_be_visible()
    return page.url


def mark_by_keys(page: Any) -> None:
    """Twelve moments, two for each principle, with the keys J K L and the digits; all are kept."""
    before = page.evaluate(COUNT)
    page.locator("[data-strip]").focus()
    page.keyboard.press("Home")
    for digit in TWELVE:
        page.keyboard.press("l")
        page.wait_for_timeout(150)
        page.keyboard.press(digit)
        page.wait_for_timeout(150)
        page.keyboard.press("Escape")
    page.wait_for_function(f"() => {COUNT} === {before + len(TWELVE)}")
    expect(page.locator("[data-marks-saved]")).to_have_text(re.compile("^Saved"))
    look_at_both(page, "looking-twelve-moments")
    page.reload()
    page.wait_for_function(f"() => {COUNT} === {before + len(TWELVE)}")


def mark_by_touch(page: Any) -> None:
    """Moments marked with a thumb on a phone: who, what was seen, and they are kept."""
    before = page.evaluate(COUNT)
    for digit in "264":
        page.locator("[data-act=on]").tap()
        page.wait_for_timeout(200)
        page.locator(f".marking [data-act=digit-{digit}]").tap()
        page.wait_for_timeout(200)
    page.wait_for_function(f"() => {COUNT} === {before + 3}")
    page.get_by_label(re.compile("What did you see")).fill("She waits, and he looks up.")
    page.locator("[data-moment-editor] [name=who][value=child]").tap()
    page.locator("[data-moment-editor] [data-act=let-go]").tap()
    expect(page.locator("[data-marks-saved]")).to_have_text(re.compile("^Saved"))


def make_clips(page: Any, *titles: str) -> None:
    """So many moments are clips of their own, under these names."""
    for number, title in enumerate(titles):
        page.locator("[data-moment-list] > li").nth(number * 3 + 1).click()
        page.get_by_label(re.compile("What did you see")).fill(title)
        page.locator("[data-moment-editor] [data-act=clip]").click()
        expect(page.locator("#clips")).to_contain_text(title)


def put_in_order(page: Any, film: str, *titles: str) -> str:
    """The clips stand on a storyboard, each with its question; returns its address."""
    page.goto(f"{film}board/")
    begin = page.get_by_role("button", name="Begin the storyboard")
    if begin.count():  # the demo may have begun one for this cycle
        begin.click()
    page.wait_for_url(re.compile(r"/boards/[0-9a-f-]{36}/$"))
    cards = page.locator("[data-cards] > li")
    for number in range(cards.count(), len(titles)):
        page.get_by_role("button", name=re.compile("^Show this one")).first.click()
        expect(cards).to_have_count(number + 1)
    page.get_by_label("What will you ask here?").first.fill("What do you see him do?")
    page.get_by_label("What will you ask first?").fill("How was the week?")
    expect(page.locator("[data-saved]").first).to_have_text("Kept just now")
    look_at_both(page, "looking-storyboard")
    return page.url


def review_together(page: Any, board: str) -> None:
    """The shared review: one clip after the other, the whole screen theirs; its times are kept."""
    page.goto(f"{board}review/")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_function("() => document.querySelector('[data-film]')?.readyState >= 2")
    look_at_both(page, "looking-review")
    onwards = page.locator("[data-act=next]")
    while onwards.inner_text().strip() != "Finish":
        page.wait_for_timeout(400)
        onwards.click()
    page.wait_for_timeout(400)
    onwards.click()
    expect(page.get_by_role("heading", name="Thank you for looking together")).to_be_visible()
    page.get_by_role("link", name="See the times").click()
    expect(page.get_by_role("heading", name="What was on the screen")).to_be_visible()
    look_at_both(page, "looking-review-times")
