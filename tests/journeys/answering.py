"""A submission, an answer with a spoken note, the reflection, and the hour that both confirm."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.filming import READY_MS
from tests.journeys.walking import look_at_both

SOON = 60_000


def ask(page: Any, film: str, question: str) -> str:
    """Three clips of this film are with the supervisor; returns the address of the thread."""
    page.goto(film)
    page.get_by_role("link", name=re.compile("with a question")).click()
    boxes = page.locator(".compose [data-clip]")
    for number in range(3):
        boxes.nth(number).check()
    page.get_by_label("Your question").fill(question)
    if page.locator("input[name=to]").count() > 1:
        page.get_by_label("Ruth Whitlow").check()
    look_at_both(page, "answering-compose")
    page.get_by_role("button", name=re.compile("^Send to|^Send$")).click()
    page.wait_for_url(
        re.compile(r"/submissions/[0-9a-f-]{36}/$"), wait_until="commit", timeout=SOON
    )
    return page.url


def answer_aloud(page: Any, thread: str, working_point: str) -> None:
    """A spoken strength, then a working point in words; both are sent together."""
    page.goto(thread)
    page.wait_for_selector("[data-film]", timeout=READY_MS)
    write = page.locator("#write")
    write.locator("[name=start_ms]").fill("0:00.5")
    write.locator("[name=end_ms]").fill("0:02")
    write.get_by_role("button", name="Record your voice").click()
    expect(write.locator("[data-note-state]")).to_contain_text("Recording")
    page.wait_for_timeout(1500)
    write.get_by_role("button", name="Stop and listen").click()
    write.get_by_role("button", name="Keep this recording").click()
    expect(write.locator("input[name=note_id]")).not_to_have_value("", timeout=SOON)
    write.locator("[name=words]").fill("You wait for her eyes.")
    with page.expect_response("**/comment/"):
        write.get_by_role("button", name="Keep this comment").click()
    expect(page.locator("#thread")).to_contain_text("You wait for her eyes.")
    page.locator("#write input[name=kind][value=working_point]").check()
    page.locator("#write [name=start_ms]").fill("0:00.8")
    page.locator("#write [name=end_ms]").fill("0:01.8")
    page.locator("#write [name=words]").fill(working_point)
    with page.expect_response("**/comment/"):
        page.locator("#write").get_by_role("button", name="Keep this comment").click()
    expect(page.locator("#thread")).to_contain_text(working_point)
    look_at_both(page, "answering-aloud")
    page.get_by_role("button", name=re.compile(r"^Send \d comments to")).click()
    expect(page.get_by_role("status").first).to_be_visible()


def hear_and_reflect(page: Any, thread: str, working_point: str, reflection: str) -> None:
    """The trainee hears the note, replies, and takes the working point along."""
    page.goto(thread)
    expect(page.locator("#thread")).to_contain_text(working_point)
    player = page.locator("#thread .spoken__player").first
    player.wait_for(timeout=READY_MS)
    page.wait_for_function(
        "() => document.querySelector('#thread .spoken__player').duration > 0.5", timeout=SOON
    )
    look_at_both(page, "answering-heard")
    reply = page.locator("details.reply").first
    reply.locator("summary").click()
    reply.locator("textarea").fill("Thank you, I had not seen it.")
    reply.get_by_role("button", name="Send the reply").click()
    expect(page.locator("#thread")).to_contain_text("I had not seen it.")
    page.get_by_label("What will you take with you?").fill(reflection)
    page.locator(".take__point input[type=checkbox]").first.check()
    page.get_by_role("button", name="Close with these words").click()
    expect(page.locator("main")).to_contain_text(reflection)


def plan_an_hour(page: Any) -> str:
    """An hour of this very minute stands in both calendars; returns its address."""
    page.goto("/practice/hours/plan/")
    box = page.locator("input[name=with_whom]")
    if box.count() > 1:
        page.get_by_label("Ruth Whitlow").check()
    now = timezone.localtime() + timedelta(minutes=1)
    page.get_by_label("Day and time").fill(f"{now:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Plan it and invite them").click()
    page.wait_for_url(re.compile(r"/practice/hours/[0-9a-f-]{36}/$"))
    return page.url


def meet(trainee: Any, supervisor: Any, hour: str, working_point: str) -> None:
    """Both are on the page of the hour: the working point stands there, and both say yes once."""
    for page in (trainee, supervisor):
        page.goto(hour)
        expect(page.locator("main")).to_contain_text(working_point)
    look_at_both(trainee, "answering-hour")
    supervisor.get_by_role("button", name="We begin now").click()
    supervisor.get_by_label("How many minutes?").fill("60")
    supervisor.get_by_role("button", name="Yes, we met").click()
    expect(supervisor.get_by_text("You said yes to 60 minutes")).to_be_visible()
    trainee.get_by_role("button", name="Yes, 60 minutes").click(timeout=SOON)
    expect(trainee.get_by_role("heading", name="You both said yes")).to_be_visible()
    expect(supervisor.get_by_role("heading", name="You both said yes")).to_be_visible(timeout=SOON)
    look_at_both(supervisor, "answering-hour-counts")
