"""The look in a real browser: no violation in light or dark, and nothing lost."""

import pytest

from people.models import Draft, User
from tests import browser as looks

PAGES = ("/styleguide/", "/styleguide/?wrong", "/styleguide/?film", "/account/login/", "/nowhere/")
KEPT = "form[data-draft] [data-saved]"

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_the_look_has_a_violation(live, open_page, path, scheme):
    page = open_page(color_scheme=scheme)

    page.goto(f"{live}{path}")

    looks.axe(page)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_narrow_phone(live, phone, path):
    phone.set_viewport_size({"width": 320, "height": 640})

    phone.goto(f"{live}{path}")

    assert phone.evaluate("document.documentElement.scrollWidth") == 320


def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(live, desk):
    desk.goto(f"{live}/styleguide/?wrong")
    assert desk.evaluate("document.activeElement.className") == "errors"

    desk.get_by_role("link", name="Who answers?").click()

    assert desk.evaluate("document.activeElement.name") == "supervisor"


def test_a_question_is_asked_before_a_step_that_cannot_be_undone(live, desk):
    desk.goto(f"{live}/styleguide/")

    desk.get_by_role("button", name="Withdraw this film").click()

    assert desk.get_by_role("dialog").inner_text().startswith("Withdraw this film? Nobody")


def test_words_typed_offline_reach_the_server_later(live, desk):
    maya = User.objects.create(email="maya@example.org", name="Maya Lind")
    looks.sign_in(desk, live, maya)
    desk.goto(f"{live}/styleguide/")
    desk.wait_for_load_state("networkidle")  # the keeper of drafts has come

    desk.context.set_offline(True)
    desk.fill("[name=words]", "She waits. He looks.")
    desk.wait_for_selector(f"{KEPT}[data-where=device]")
    assert not Draft.objects.exists()
    desk.context.set_offline(False)
    desk.wait_for_selector(f"{KEPT}[data-where=server]")

    assert Draft.objects.get(user=maya, key="styleguide").fields["words"] == "She waits. He looks."


def test_words_left_on_the_device_are_put_back(live, desk):
    maya = User.objects.create(email="maya@example.org", name="Maya Lind")
    looks.sign_in(desk, live, maya)
    desk.goto(f"{live}/styleguide/")
    left = {"at": "2026-11-20T10:00:00Z", "fields": {"words": "She waits. He looks."}}
    desk.evaluate(
        "([key, left]) => localStorage.setItem(key, JSON.stringify(left))",
        [f"attune-draft:{maya.pk}:styleguide", left],
    )

    desk.reload()

    desk.wait_for_selector(f"{KEPT}[data-where=server]")
    assert desk.input_value("[name=words]") == "She waits. He looks."
    assert desk.evaluate("localStorage.length") == 0
