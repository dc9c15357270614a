"""Storyboard and shared review in a real browser: by keys, by touch, with and without the net."""

from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from media_review import services
from media_review.models import Preparation, ReviewRun, Showing, Storyboard
from media_review.timings import Shown
from tests import browser as looks
from tests.media_review import factories as make
from tests.media_review.test_workbench import until
from tests.people.factories import actor_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET = {"width": 820, "height": 1180}
HELD = "JSON.parse(localStorage.getItem('attune-sealed') ?? '[]').length"
LONG_AGO = """() => {
  const list = JSON.parse(localStorage.getItem('attune-sealed'));
  const past = list.map((one) => ({ ...one, until: '2020-01-01T00:00:00Z' }));
  localStorage.setItem('attune-sealed', JSON.stringify(past));
}"""
IN_STORE = """async () => {
  const db = await new Promise((yes) => {
    const asked = indexedDB.open('attune-sealed', 1);
    asked.onsuccess = () => yes(asked.result);
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => yes(null);
  });
  if (!db) return { keys: 0, parts: [], plain: false, readable: false };
  const all = (name) => new Promise((yes) => {
    const asked = db.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => yes(asked.result);
  });
  const [keys, parts] = [await all('keys'), await all('parts')];
  const text = (bytes) => new TextDecoder('latin1').decode(bytes);
  const taken = ({ key }) => crypto.subtle.exportKey('raw', key).then(() => true, () => false);
  const exported = await Promise.all(keys.map(taken));
  db.close();
  return {
    keys: keys.length, parts: parts.map((row) => row.name).sort(),
    plain: parts.some((row) => /ftyp|moov|What do you/.test(text(row.sealed))),
    readable: exported.some(Boolean),
  };
}"""


def opened(live, page, board, where=""):
    looks.sign_in(page, live, board.owner)
    page.goto(f"{live}{board.get_absolute_url()}{where}")
    return page


def order(board):
    return [row.clip.title for row in Storyboard.objects.get(pk=board.pk).items.all()]


def eventually(page, truth):
    """Wait until the house says so."""
    for _ in range(200):
        if truth():
            return
        page.wait_for_timeout(50)
    raise AssertionError("never true")


def test_a_board_is_put_in_order_by_keyboard(live, desk):
    board = make.board(3)
    page = opened(live, desk, board)
    grip = page.get_by_role("button", name="Move Clip 1: arrow keys up and down")

    grip.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_label("What will you ask here?").nth(2).fill("Who begins?")

    eventually(page, lambda: order(board) == ["Clip 2", "Clip 3", "Clip 1"])
    expect(page.locator("[data-saved]")).to_have_text("Kept just now")
    eventually(page, lambda: board.items.filter(question="Who begins?").exists())
    page.locator("[data-press=out]").first.focus()
    page.keyboard.press("Enter")
    eventually(page, lambda: order(board) == ["Clip 3", "Clip 1"])
    page.reload()
    page.get_by_role("button", name="Show this one Clip 2").click()
    eventually(page, lambda: order(board) == ["Clip 3", "Clip 1", "Clip 2"])
    looks.axe(page)
    looks.shoot(page, "storyboard")


def test_two_windows_ask_which_board_stays(live, desk):
    board = make.board(2)
    page = opened(live, desk, board)
    other = desk.context.new_page()
    other.goto(page.url)
    other.locator("[data-press=later]").first.click()
    expect(other.locator("[data-saved]")).to_have_text("Kept just now")

    page.get_by_label("What will you ask first?").fill("How was the week?")
    expect(page.get_by_text("This was changed in another window")).to_be_visible()
    page.get_by_role("button", name="Keep this one").click()

    eventually(page, lambda: Storyboard.objects.get(pk=board.pk).opening == "How was the week?")
    assert order(board) == ["Clip 1", "Clip 2"]


def test_a_board_is_put_in_order_by_touch(live, phone):
    board = make.board(3)
    page = opened(live, phone, board)
    grip = page.locator("[data-grip]").first.bounding_box()
    last = page.locator("[data-cards] [data-card]").nth(2)
    last.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 0)")
    looks.axe(page)
    looks.shoot(page, "storyboard")

    page.locator("[data-press=later]").first.tap()

    eventually(page, lambda: order(board) == ["Clip 2", "Clip 1", "Clip 3"])
    page.locator("[data-grip]").first.scroll_into_view_if_needed()
    grip = page.locator("[data-grip]").first.bounding_box()
    under = page.locator("[data-cards] [data-card]").nth(1).bounding_box()
    finger = page.context.new_cdp_session(page)
    x, y = grip["x"] + 10, grip["y"] + 10
    finger.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    for to in (y + 80, min(under["y"] + 60, 830)):
        finger.send(
            "Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": to}]}
        )
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    eventually(page, lambda: order(board) == ["Clip 1", "Clip 2", "Clip 3"])


def test_nothing_but_the_clip_and_a_second_window_in_step(live, desk):
    board = make.board(2, cut=True)
    page = opened(live, desk, board, "review/")
    looks.shoot(page, "review-before", whole=False)
    with page.context.expect_page() as asked:
        page.get_by_role("button", name="Open your second window").click()
    second = asked.value
    page.bring_to_front()

    page.get_by_role("button", name="Begin").click()
    expect(second.get_by_text("What do you see in Clip 1?")).to_be_visible()
    expect(second.get_by_text("Next: Clip 2")).to_be_visible()
    until(page, "document.querySelector('[data-film]').readyState >= 2")
    looks.shoot(page, "review", whole=False)
    looks.axe(page)
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Slow ½")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(".")
    until(page, "document.querySelector('[data-film]').currentTime > 0.02")
    page.keyboard.press("k")
    expect(second.get_by_role("button", name="Pause")).to_be_visible()
    second.get_by_label("Receive").check()
    expect(page.locator("[data-guide]").get_by_label("Receive")).to_be_checked()
    second.get_by_role("button", name="Next").click()
    expect(second.get_by_text("What do you see in Clip 2?")).to_be_visible()
    second.set_viewport_size({"width": 560, "height": 820})
    looks.shoot(second, "review-second")
    looks.axe(second)
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Finish").click()

    expect(page.get_by_role("heading", name="Thank you for looking together")).to_be_visible()
    page.get_by_role("link", name="See the times").click()
    expect(page.get_by_role("heading", name="What was on the screen")).to_be_visible()
    looks.axe(page)
    looks.shoot(page, "review-run")
    run = ReviewRun.objects.get()
    assert run.ended_at is not None
    assert [row.clip.title for row in run.showings.all()] == ["Clip 1", "Clip 2"]


def prepared(live, page, board):
    """The board lies sealed in this browser."""
    opened(live, page, board)
    page.get_by_role("button", name="Prepare it here for two hours").click()
    expect(page.get_by_text("The connection may go now.")).to_be_visible(timeout=30_000)
    return page


def test_two_hours_without_a_connection_and_wiped_at_the_end(live, open_page):
    board = make.board(2, cut=True)
    page = open_page(has_touch=True)
    page.set_viewport_size(TABLET)
    prepared(live, page, board)
    looks.shoot(page, "storyboard-prepared")
    kept = page.evaluate(IN_STORE)
    keys = sorted([*(row.key for row in board.items.all()), "pack"])
    assert kept == {"keys": 1, "parts": keys, "plain": False, "readable": False}

    page.context.set_offline(True)
    page.goto(f"{live}{board.get_absolute_url()}review/")
    page.get_by_role("button", name="Begin").click()
    until(page, "document.querySelector('[data-film]')?.readyState >= 2")
    assert page.evaluate("document.querySelector('[data-film]').src").startswith("blob:")
    looks.shoot(page, "review-away", whole=False)
    page.wait_for_timeout(200)
    page.get_by_role("button", name="Next").click()
    page.wait_for_timeout(200)
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("The clips are wiped from this device.")).to_be_visible()
    assert page.evaluate(IN_STORE)["parts"] == []
    assert page.evaluate("caches.keys()") == []
    assert not ReviewRun.objects.exists()

    page.context.set_offline(False)
    page.goto(f"{live}{board.get_absolute_url()}")
    eventually(page, lambda: Preparation.objects.get().why_wiped == "ended")
    eventually(page, lambda: Showing.objects.count() == 2)


def test_wiped_when_the_time_is_over_and_when_the_family_takes_it_back(live, desk):
    board = make.board(1, cut=True)
    page = prepared(live, desk, board)
    page.goto(f"{live}{board.get_absolute_url()}review/")
    page.get_by_role("button", name="Begin").click()
    until(page, "document.querySelector('[data-film]')?.src.startsWith('blob:')")
    make.take_back(board.case)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("withdrawn")).to_be_visible(timeout=30_000)
    assert page.evaluate(IN_STORE)["keys"] == 0
    eventually(page, lambda: Preparation.objects.get().why_wiped == "refused")

    other = make.board(1, cut=True)
    page = prepared(live, page, other)
    page.evaluate(LONG_AGO)
    page.goto(f"{live}/films/")
    until(page, f"{HELD} === 0")
    eventually(page, lambda: Preparation.objects.filter(why_wiped="time").exists())
    assert page.evaluate(IN_STORE)["parts"] == []


@pytest.mark.parametrize("where", ["/films/", "review/"])
def test_wiped_as_soon_as_any_page_is_told_of_the_withdrawal(live, desk, where):
    board = make.board(1, cut=True)
    page = prepared(live, desk, board)
    make.take_back(board.case)

    page.goto(f"{live}{where if where[0] == '/' else board.get_absolute_url() + where}")

    until(page, f"{HELD} === 0")
    kept = page.evaluate(IN_STORE)
    assert (kept["keys"], kept["parts"]) == (0, [])


def test_wiped_on_signing_out(live, phone):
    board = make.board(1, cut=True)
    page = prepared(live, phone, board)
    page.goto(f"{live}{board.get_absolute_url()}review/")
    page.get_by_role("button", name="Begin").tap()
    until(page, "document.querySelector('[data-film]')?.readyState >= 2")
    looks.axe(page)
    looks.shoot(page, "review", whole=False)
    page.get_by_role("button", name="Your questions, below").tap()
    expect(page.get_by_text("What do you see in Clip 1?")).to_be_in_viewport()
    looks.shoot(page, "review-yours", whole=False)
    page.goto(f"{live}{board.get_absolute_url()}")
    page.locator("details[data-menu] > summary").click()
    page.get_by_role("button", name="Sign out").click()

    eventually(page, lambda: Preparation.objects.get().why_wiped == "left")
    page.wait_for_url(lambda url: "/boards/" not in url)
    expect(page.locator("[data-signed-in]")).to_have_count(0)
    assert page.evaluate(IN_STORE)["keys"] == 0


def test_one_press_puts_the_review_beside_its_film(live, desk):
    board = make.board(2)
    film = make.filmed(board.case, kind="shared_review", days=0)
    keys = [row.key for row in board.items.all()]
    services.log_review(
        actor=actor_of(board.owner),
        board_id=board.pk,
        run_id=uuid4(),
        started_at=timezone.now(),
        showings=[Shown(keys[0], 500, 2500), Shown(keys[1], 2500, 4000)],
        ended_ms=60_000,
    )
    make.principle_ids()
    looks.sign_in(desk, live, board.owner)
    desk.goto(f"{live}{film.get_absolute_url()}")
    until(desk, "document.querySelector('[data-film]').readyState >= 1")

    desk.evaluate("document.querySelector('[data-film]').currentTime = 1.5")
    desk.get_by_role("button", name="The first clip began here").click()

    expect(desk.locator("[data-review-track] [data-span='1500,3500']")).to_contain_text("Clip 1")
    expect(desk.locator("[data-review-track] [data-span='3500,5000']")).to_contain_text("Clip 2")
    desk.locator("[data-review-track]").scroll_into_view_if_needed()
    looks.shoot(desk, "review-track", whole=False)
    assert ReviewRun.objects.get().film == film
