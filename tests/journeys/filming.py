"""A family under a code, its consent and goal, a film, its clips, and the words about them."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.journeys.walking import look_at_both

READY_MS = 180_000


def open_a_case(page: Any) -> str:
    """A case is open and told about VIG, and the family said yes; returns its address."""
    page.goto("/cases/new/")
    page.get_by_label("Age of the child").select_option("3_5m")
    page.get_by_label("Who thought of VIG").select_option("health_visitor")
    page.get_by_role("button", name="Open this case").click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
    while page.locator("main .next form button").count():
        page.locator("main .next form button").click()
    look_at_both(page, "filming-case-new")
    return page.url


def record_consent(page: Any, case: str) -> None:
    """The family agreed to be filmed, to supervision and to the end-of-stage review."""
    page.goto(f"{case}consent/")
    page.get_by_label("Who is covered?").fill("the parent and the baby")
    page.get_by_label("Filming for our own work together").check()
    page.get_by_label("I explained what happens").check()
    for purpose in ("supervision", "accreditation", "family_copy"):
        page.locator(f"input[name=to_{purpose}][value=yes]").check()
    page.get_by_role("button", name="Record this consent").click()
    expect(page.get_by_role("status").first).to_contain_text("Consent is recorded")


def rate_a_goal(page: Any, case: str) -> None:
    """The parent's helping question stands in the log, with the first number."""
    page.goto(f"{case}goals/new/")
    page.get_by_label("In the parent’s own words").fill("How can I tell what my baby enjoys?")
    page.get_by_role("button", name="Keep their words").click()
    page.locator("input[name=now_score][value='3']").check()
    page.locator("input[name=hoped_score][value='8']").check()
    look_at_both(page, "filming-goal-rated")
    page.locator("main form button.button").first.click()
    expect(page.get_by_role("status").first).to_contain_text("The number is in the log")


def send_film(page: Any, film: Path, *, kind: str = "interaction") -> str:
    """The film has arrived through the browser and can be watched; returns its address."""
    page.goto("/films/new/")
    page.locator("input[name=case]").first.check()
    page.set_input_files("[data-files]", film)
    page.locator(f".sendcard input[value={kind}]").check()
    look_at_both(page, f"filming-send-{kind}")
    page.get_by_role("button", name="Send the film").click()
    expect(page.locator(".sendcard")).to_contain_text("Your film", timeout=60_000)
    look_at_both(page, f"filming-on-its-way-{kind}")
    page.get_by_role("link", name="Open its page").click()
    page.wait_for_url(re.compile(r"/films/[0-9a-f-]{36}/$"))
    address = page.url
    page.wait_for_selector("[data-film]", timeout=READY_MS)
    return address


def watch(page: Any) -> None:
    """The film really plays: its time goes on, with picture."""
    page.locator("[data-act=play]").click()
    page.wait_for_function(
        """() => {
          const film = document.querySelector("[data-film]");
          return film.currentTime > 0.8 && film.readyState >= 2 && film.videoWidth > 0;
        }"""
    )
    page.locator("[data-act=play]").click()


def mark_by_keyboard(page: Any, title: str) -> None:
    """A clip was marked without touching a mouse."""
    page.locator("[data-strip]").focus()
    page.keyboard.press("Home")
    for key in ("l", "i", "l", "l", "o", "3", "c"):
        page.keyboard.press(key)
        page.wait_for_timeout(250)
    page.keyboard.type(title)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#clips .clip__title", has_text=title)).to_be_visible()


def mark_by_touch(page: Any, title: str) -> None:
    """A clip was marked with a thumb, on a screen 390 pixels wide."""
    page.set_viewport_size({"width": 390, "height": 844})
    for act in ("on", "in", "on", "on", "out", "write"):
        page.locator(f"[data-act={act}]").tap()
        page.wait_for_timeout(250)
    page.locator("#mark .chip", has_text="Attentive").tap()
    page.get_by_label("A name for it").fill(title)
    page.get_by_label("Why this moment?").fill("She waits, and he looks up.")
    page.get_by_role("button", name="Keep this clip").tap()
    expect(page.locator("#clips .clip__title", has_text=title)).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})


def ask_the_supervisor(page: Any, question: str, *titles: str) -> str:
    """The clips are with the supervisor, and one question; returns the address of the thread."""
    page.get_by_role("link", name="with a question").click()
    for title in titles:
        page.locator("label", has_text=title).locator("input").check()
    page.get_by_label("Your question").fill(question)
    look_at_both(page, "filming-question")
    page.get_by_role("button", name=re.compile("^Send to")).click()
    page.wait_for_url(re.compile(r"/submissions/[0-9a-f-]{36}/$"))
    expect(page.get_by_role("status").first).to_contain_text("have been told")
    return page.url


def answer(page: Any, thread: str, strength: str, wondering: str) -> None:
    """The supervisor saw the clip, wrote on two of its spans, and sent both at once."""
    page.goto(thread)
    page.wait_for_selector("[data-film]", timeout=READY_MS)
    watch(page)
    for kind, begin, end, words in (
        ("strength", "0:00.5", "0:02", strength),
        ("wondering", "0:01", "0:03", wondering),
    ):
        page.locator(f"input[name=kind][value={kind}]").check()
        page.locator("#write [name=start_ms]").fill(begin)
        page.locator("#write [name=end_ms]").fill(end)
        page.locator("#write [name=words]").fill(words)
        page.locator("#write .chip", has_text="Receiving").click()
        with page.expect_response("**/comment/"):
            page.get_by_role("button", name="Keep this comment").click()
        expect(page.locator("#thread")).to_contain_text(words)
    look_at_both(page, "filming-answering")
    page.get_by_role("button", name=re.compile(r"^Send \d comments to")).click()
    expect(page.get_by_role("status").first).to_be_visible()


def read_and_close(page: Any, thread: str, words: str, reflection: str) -> None:
    """The trainee read the answer, replied, and closed with their own words."""
    page.goto(thread)
    expect(page.locator("#thread")).to_contain_text("Strength")
    reply = page.locator("details.reply").first
    reply.locator("summary").click()
    reply.locator("textarea").fill(words)
    reply.get_by_role("button", name="Send the reply").click()
    expect(page.locator("#thread")).to_contain_text(words)
    look_at_both(page, "filming-answered")
    page.get_by_label("What will you take with you?").fill(reflection)
    page.get_by_role("button", name="Close with these words").click()
    expect(page.locator("main")).to_contain_text(reflection)


def log_a_cycle(page: Any, case: str) -> None:
    """Filmed today and looked at together today: the cycle counts."""
    page.goto(f"{case}cycles/new/")
    page.locator("fieldset", has_text="Have you looked at it").get_by_label("Today").check()
    page.get_by_label("Play", exact=True).check()
    page.get_by_label("One thing that went well").fill("The baby started, and was received.")
    page.get_by_role("button", name="Keep this cycle").click()
    expect(page.locator("#thread-heading")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 of 1 cycle counts")
    look_at_both(page, "filming-case-with-a-cycle")
