"""Supervision said yes to by both, meetings with somebody from outside, and the certificate."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.journeys.walking import look_at_both

CREDITED = "The body credits what was learned before: six supervisions and two stages elsewhere."
SEEN = "You wait, and the parent finds the words before you do. You receive what comes."


def log_a_supervision(trainee: Any, supervisor: Any, trainee_name: str) -> None:
    """One hour, logged by one and confirmed by the other."""
    trainee.goto("/practice/sessions/log/")
    trainee.get_by_label("What do you take from it?").fill("Her own words first, then mine.")
    look_at_both(trainee, "deciding-session-log")
    trainee.get_by_role("button", name="Log it").click()
    expect(trainee.locator("main")).to_contain_text("Waits for a yes")
    supervisor.goto("/practice/desk/")
    line = supervisor.locator("li", has_text=trainee_name)
    line.get_by_role("button", name="Yes, we met").click()
    trainee.reload()
    expect(trainee.locator("main")).to_contain_text("Confirmed by both")


def come_to_both_days(trainer: Any, name: str) -> None:
    """The trainer's register says that this person came to the whole course."""
    trainer.goto("/learning/cohorts/")
    trainer.get_by_role("link", name=re.compile("Autumn")).click()
    row = trainer.locator("tr", has_text=name)
    while row.get_by_role("button", name=re.compile("^Mark")).count():
        row.get_by_role("button", name=re.compile("^Mark")).first.click()
        trainer.wait_for_timeout(400)
    expect(row.get_by_role("button", name=re.compile("Came"))).to_have_count(2)
    look_at_both(trainer, "deciding-register-of-the-course")


def arrange_a_meeting(page: Any, enrolment: str, external: str, when: str) -> str:
    """The closing meeting of the open stage is planned; returns its address."""
    page.goto(enrolment)
    page.get_by_role("link", name=re.compile("^Arrange the")).click()
    box = page.get_by_label("External supervisor")
    value = box.locator("option", has_text=external).get_attribute("value")
    box.select_option(value)
    page.get_by_label("Day and time").fill(when)
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_url(re.compile(r"/practice/meetings/[0-9a-f-]{36}/$"))
    return page.url


def decide(page: Any, meeting: str, picture: str = "") -> None:
    """The external wrote what they saw: the stage is progressed."""
    page.goto(meeting)
    page.get_by_role("link", name="Write the decision").click()
    page.get_by_label("Progressed", exact=True).check()
    page.get_by_label("What you saw").fill(SEEN)
    reason = page.get_by_label("Progressed, though", exact=False)
    if reason.count():
        reason.fill(CREDITED)
    if picture:
        look_at_both(page, picture)
    page.get_by_role("button", name="Write the decision").click()
    page.wait_for_url(meeting)
    expect(page.locator("main")).to_contain_text(SEEN)


def share_a_reflection(page: Any, words: str) -> None:
    """The external can read the trainee's own words before the meeting."""
    page.goto("/practice/")
    page.get_by_role("link", name=re.compile("^Write your reflection")).click()
    page.get_by_label("Your reflection").fill(words)
    page.get_by_role("button", name="Share with your external").click()
    expect(page.get_by_role("status").first).to_be_visible()


def issue(registrar: Any, name: str) -> None:
    """The award has its one certificate."""
    registrar.goto("/practice/body/")
    registrar.get_by_role("link", name=f"Look and issue for {name}").click()
    look_at_both(registrar, "deciding-issue")
    registrar.get_by_role("button", name="Issue the certificate").click()
    expect(registrar.get_by_role("status").first).to_be_visible()


def open_certificate(page: Any) -> tuple[str, bytes]:
    """The holder's own page of the certificate: its number, and the PDF as it was issued."""
    page.goto("/practice/certificates/")
    page.locator("main a[href*='/practice/certificates/']").first.click()
    look_at_both(page, "deciding-certificate")
    number = page.locator("dd.number").first.inner_text().strip()
    address = page.get_by_role("link", name="Open the PDF").get_attribute("href")
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    return number, answer.body()


def join_the_register(page: Any, place: str) -> None:
    """The holder wants to be found."""
    page.get_by_label("Where you work").fill(place)
    page.get_by_role("button", name="Put my name in the register").click()
    expect(page.get_by_role("status").first).to_contain_text("stands in the register")
