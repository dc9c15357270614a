"""What goes wrong is said in a clear sentence; what was typed stays; nothing is half-written."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.footage.films import hostile
from tests.journeys.walking import look_at_both

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("world")]
TABLES = "caselogs.Cycle media_review.Clip accreditation.Decision footage.Artefact"
COUNTS = f"""
from django.apps import apps
print({{name: apps.get_model(name).objects.count() for name in {TABLES.split()!r}}})
"""


@pytest.fixture
def rows(world):
    """How many rows there are now, by table."""
    return lambda: world.python(COUNTS).splitlines()[-1]


@pytest.mark.parametrize("name", ["letter.mp4", "end-index-cut.mov", "playlist.mp4"])
def test_a_file_that_is_no_film_is_refused_with_a_reason(walker, tmp_path, name):
    page = walker("maya")
    wrong = tmp_path / name
    wrong.write_bytes(hostile()[name])
    page.goto("/films/new/")
    page.locator("input[name=case]").first.check()
    page.set_input_files("[data-files]", wrong)
    page.get_by_role("button", name="Send the film").click()

    said = page.locator(
        ".sendcard[data-film=unusable] [data-said], .sendcard[data-film=refused] [data-said]"
    )
    expect(said).to_be_visible(timeout=90_000)
    words = said.inner_text()
    assert len(words) > 20
    assert "Traceback" not in words
    look_at_both(page, f"bad-{name.split('.')[0]}")
    page.get_by_role("link", name="Open its page").click()
    page.locator("summary", has_text="Discard this film").click()
    page.get_by_role("button", name="Discard the film").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard the film").click()
    page.wait_for_url("**/films/")


def test_an_out_point_before_the_in_point_keeps_what_was_typed(walker, rows):
    page = walker("maya")
    page.goto("/films/")
    page.locator("main .film-card a").first.click()
    page.wait_for_selector("[data-film]")
    before = rows()

    page.get_by_role("heading", name="New clip").click()
    page.locator("[name=start_ms]").fill("0:08")
    page.locator("[name=end_ms]").fill("0:03")
    page.locator("[name=why]").fill("She waits, and he begins.")
    page.get_by_role("button", name="Keep this clip").click()

    expect(
        page.locator("#mark .errors, #mark .field__error, #mark .errorlist").first
    ).to_be_visible()
    assert page.locator("[name=why]").input_value() == "She waits, and he begins."
    assert page.locator("[name=start_ms]").input_value().lstrip("0:").startswith("8")
    assert rows() == before
    look_at_both(page, "bad-out-before-in")


def test_a_review_before_its_film_keeps_what_was_typed(walker, rows):
    page = walker("maya")
    page.goto("/cases/")
    page.locator("main .casecard__code").first.click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
    page.goto(f"{page.url}cycles/new/")
    before = rows()
    page.locator("fieldset", has_text="Have you looked at it").get_by_label("Yesterday").check()
    page.get_by_label("One thing that went well").fill("He looked up first.")

    page.get_by_role("button", name="Keep this cycle").click()

    expect(page.locator("main")).to_contain_text(re.compile("review.*before|before.*film", re.I))
    assert page.get_by_label("One thing that went well").input_value() == "He looked up first."
    assert rows() == before
    look_at_both(page, "bad-review-before-film")


def test_a_second_decision_on_one_meeting_changes_nothing(walker, rows):
    page = walker("daniel")
    page.goto("/practice/desk/")
    page.locator("section[aria-labelledby=external] li a").first.click()
    page.get_by_role("link", name="Write the decision").click()
    second = page.context.new_page()
    second.goto(page.url)
    for tab, words in ((page, "You wait, and they find the words."), (second, "Seen again.")):
        tab.get_by_label("When did you meet?").fill(timezone.localdate().isoformat())
        tab.get_by_label("Continue with working points").check()
        tab.get_by_label("What you saw").fill(words)
        tab.get_by_label("Working points to carry on with").fill("Longer pauses.")
    page.get_by_role("button", name="Write the decision").click()
    expect(page.locator("main")).to_contain_text("You wait, and they find")
    before = rows()

    second.get_by_role("button", name="Write the decision").click()

    expect(second.locator("main")).to_contain_text(re.compile("decided|already", re.I))
    assert rows() == before
    look_at_both(second, "bad-second-decision")
