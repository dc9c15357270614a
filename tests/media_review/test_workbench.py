"""The workbench in a real browser: by keyboard alone, by touch, with a film that locks, and axe."""

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from media_review import services
from media_review.models import Clip, Comment, Moment, Viewing
from media_review.queries.media import LOCKED
from tests import browser as looks
from tests.media_review import factories as make
from tests.people.factories import actor_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def bench(live, page, recording):
    """The workbench, open and able to play."""
    make.principle_ids()
    looks.sign_in(page, live, recording.owner)
    page.goto(f"{live}{recording.get_absolute_url()}")
    until(page, "document.querySelector('[data-film]').readyState >= 1")
    return page


def until(page, truth):
    """Wait until this is true on the page (asked from outside: the page allows no eval)."""
    for _ in range(100):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {truth}")


def now(page):
    return page.evaluate("document.querySelector('[data-film]').currentTime")


def seek(page, seconds):
    page.evaluate("at => { document.querySelector('[data-film]').currentTime = at }", seconds)
    until(page, "!document.querySelector('[data-film]').seeking")


def test_a_clip_is_marked_by_keyboard_alone(live, desk):
    page = bench(live, desk, make.filmed())

    page.keyboard.press("l")
    page.keyboard.press("i")
    page.keyboard.press("l")
    page.keyboard.press("o")
    page.keyboard.press("3")
    page.keyboard.press("c")
    page.keyboard.type("The look")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="1 clip")).to_be_visible()
    expect(page.get_by_text("Clip kept.")).to_be_visible()
    clip = Clip.objects.get()
    assert (clip.start_ms, clip.end_ms, clip.title) == (2000, 4033, "The look")
    assert [each.number for each in clip.principles.all()] == [3]
    expect(page.get_by_role("link", name="Clip: The look")).to_have_attribute(
        "data-span", "2000,4033"
    )
    looks.axe(page)
    looks.shoot(page, "workbench")


def test_frames_speeds_and_loops(live, desk):
    page = bench(live, desk, make.filmed())
    seek(page, 1.01)

    page.keyboard.press(".")
    until(page, "!document.querySelector('[data-film]').seeking")
    assert now(page) == pytest.approx(31.5 / 30, abs=0.002)
    page.keyboard.press(",")
    until(page, "!document.querySelector('[data-film]').seeking")
    assert now(page) == pytest.approx(30.5 / 30, abs=0.002)
    for speed in ("¾×", "½×", "¼×", "⅒×", "1×"):
        page.keyboard.press("s")
        expect(page.locator("[data-speed]")).to_have_text(speed)
    page.keyboard.press("i")
    seek(page, 1.4)
    page.keyboard.press("o")
    page.keyboard.press("r")
    page.wait_for_timeout(1500)
    assert 0.95 < now(page) < 1.6
    page.keyboard.press("r")
    page.keyboard.press("k")
    expect(page.locator("[data-act=loop]")).to_have_attribute("aria-pressed", "false")


def test_the_strip_moves_by_arrows_and_says_where_it_is(live, desk):
    page = bench(live, desk, make.filmed())
    strip = page.get_by_role("slider", name="Place in the film")

    strip.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    expect(strip).to_have_attribute("aria-valuetext", "00:02.00")
    page.keyboard.press("Home")
    expect(strip).to_have_attribute("aria-valuetext", "00:00.00")


def test_typing_lets_the_film_wait_and_letters_are_letters(live, desk):
    page = bench(live, desk, make.filmed())
    page.get_by_role("heading", name="New clip").click()
    page.keyboard.press("k")
    until(page, "!document.querySelector('[data-film]').paused")

    page.get_by_label("Why this moment?").fill("")
    page.get_by_label("Why this moment?").press_sequentially("jkl 3")

    assert page.evaluate("document.querySelector('[data-film]').paused")
    assert not page.locator("[data-digit='3']").is_checked()
    assert not Moment.objects.exists()
    expect(page.get_by_label("Why this moment?")).to_have_value("jkl 3")


def test_letters_can_be_turned_off(live, desk):
    page = bench(live, desk, make.filmed())
    page.get_by_text("All the letters").click()
    page.get_by_label("Letters work as keys").uncheck()
    page.get_by_label("Letters work as keys").blur()

    page.keyboard.press("l")

    assert now(page) == 0


def test_a_mistake_is_said_and_nothing_typed_is_lost(live, desk):
    page = bench(live, desk, make.filmed())
    page.get_by_role("heading", name="New clip").click()
    page.get_by_label("In", exact=True).fill("0:04")
    page.get_by_label("Out", exact=True).fill("0:02")
    page.get_by_label("A name for it").fill("The look")

    page.get_by_role("button", name="Keep this clip").click()

    expect(page.get_by_text("The out point (00:02.0) comes before the in point")).to_be_visible()
    expect(page.get_by_label("A name for it")).to_have_value("The look")
    looks.axe(page)


def test_a_clip_is_marked_by_touch_on_a_phone(live, phone):
    page = bench(live, phone, make.filmed())
    for name in ("2 s ›", "in", "2 s ›", "out"):
        page.locator(".key", has_text=name).first.tap()
    page.get_by_role("button", name="Make a clip").tap()
    page.locator("#mark .chip", has_text="Attuned").tap()
    page.get_by_label("A name for it").fill("Two turns")
    page.get_by_role("button", name="Keep this clip").tap()

    expect(page.get_by_role("heading", name="Two turns")).to_be_visible()
    small = page.locator(".key:visible").evaluate_all(
        "keys => keys.map(key => key.getBoundingClientRect())"
        ".filter(box => box.width < 44 || box.height < 44).length"
    )
    assert small == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    looks.axe(page)
    looks.shoot(page, "workbench")


def test_a_clip_plays_from_its_line_and_stops_at_its_end(live, desk):
    clip = make.clip(start_ms=1000, end_ms=2000)
    page = bench(live, desk, clip.recording)

    page.get_by_role("link", name="Play The eyebrows").click()
    page.wait_for_timeout(600)
    until(page, "document.querySelector('[data-film]').paused")

    assert 1.9 < now(page) < 2.15


def test_the_picture_goes_as_soon_as_consent_does(live, desk):
    clip = make.clip()
    page = bench(live, desk, clip.recording)
    page.keyboard.press("k")
    until(page, "document.querySelector('[data-film]').currentTime > 0.3")
    make.take_back(clip.recording.case)

    page.keyboard.press("l")

    expect(page.get_by_role("alert")).to_have_text(LOCKED, timeout=2_000)
    left = "(film => [film.currentSrc && film.hasAttribute('src'), film.readyState, film.hidden])"
    assert page.evaluate(f"{left}(document.querySelector('[data-film]'))") == [False, 0, True]
    inked = "canvas => canvas.getContext('2d').getImageData(0, 0, 300, 9).data.some(Boolean)"
    assert not any(page.locator("canvas").nth(at).evaluate(inked) for at in range(2))
    looks.axe(page)
    looks.shoot(page, "taken away")


def test_what_was_played_is_told(live, desk):
    clip = make.clip()
    page = bench(live, desk, clip.recording)
    seek(page, 2)
    page.keyboard.press("k")
    until(page, "document.querySelector('[data-film]').currentTime > 2.5")

    with page.expect_response("**/watched/") as told:
        page.keyboard.press("k")

    assert told.value.status == 204
    (start, until_ms), *more = Viewing.objects.get().played
    assert (start, more) == (pytest.approx(2000, abs=60), [])
    assert 2_400 < until_ms < 5_000


def test_a_film_from_this_device_is_never_sent(live, desk, tmp_path):
    recording = make.recording(custody="shown_live")
    make.principle_ids()
    file = tmp_path / "play.mp4"
    file.write_bytes(make.film_bytes())
    looks.sign_in(desk, live, recording.owner)
    desk.goto(f"{live}{recording.get_absolute_url()}")
    sent = []
    desk.on("request", lambda request: sent.append(request.method))

    desk.locator("[data-local-file]").set_input_files(file)
    until(desk, "document.querySelector('[data-film]').readyState >= 1")
    desk.keyboard.press("l")

    assert now(desk) == 2
    assert "POST" not in sent
    looks.axe(desk)


def test_a_film_is_sent_from_its_page_and_opens_in_the_workbench(live, phone, work_at_once):
    recording = make.recording()
    make.principle_ids()
    looks.sign_in(phone, live, recording.owner)
    phone.goto(f"{live}{recording.get_absolute_url()}")
    looks.axe(phone)
    film = {"name": "play.mp4", "mimeType": "video/mp4", "buffer": make.film_bytes()}

    phone.set_input_files("[data-files]", film)
    phone.get_by_role("button", name="Send the film").tap()

    expect(phone.get_by_role("heading", name="New clip")).to_be_visible(timeout=60_000)
    until(phone, "document.querySelector('[data-film]').readyState >= 1")


def test_clips_are_chosen_in_the_order_they_are_pressed(live, desk):
    trainee, supervisor = make.trainee_and_supervisor()
    film = make.filmed(make.consented_case(trainee))
    for at in range(4):
        make.clip(film, at * 1000, at * 1000 + 1200, title=f"Clip {at + 1}")
    looks.sign_in(desk, live, trainee)
    desk.goto(f"{live}/submissions/new/")

    for name in ("Clip 3", "Clip 1", "Clip 4"):
        desk.get_by_label(name).check()
    expect(desk.get_by_label("Clip 2")).to_be_disabled()
    desk.get_by_label("Your question").fill("Do I wait?")
    looks.axe(desk)
    desk.get_by_role("button", name=f"Send to {supervisor.name}").click()

    expect(desk.get_by_role("heading", name="Your clips for Ruth Whitlow")).to_be_visible()
    assert [tab.strip() for tab in desk.locator(".tab__title").all_text_contents()] == [
        "Clip 3",
        "Clip 1",
        "Clip 4",
    ]


def test_a_supervisor_answers_three_clips_on_one_page(live, desk, phone):
    row = make.submitted(clips=3)
    looks.sign_in(desk, live, row.supervisor)
    desk.goto(f"{live}{row.get_absolute_url()}")
    desk.evaluate("window.stayed = true")

    for position in (1, 2, 3):
        if position > 1:
            desk.locator(".tab").nth(position - 1).click()
        expect(desk.locator(".tab[aria-current]")).to_contain_text(f"Clip {position}")
        until(desk, "document.querySelector('[data-film]').readyState >= 1")
        desk.keyboard.press("i")
        seek(desk, 0.8)
        desk.keyboard.press("o")
        desk.keyboard.press("c")
        desk.keyboard.type(f"You wait here, {position}.")
        desk.keyboard.press("Control+Enter")
        expect(desk.locator(".comment")).to_contain_text(f"You wait here, {position}.")
    looks.axe(desk)
    looks.shoot(desk, "answering")
    assert desk.evaluate("window.stayed")
    desk.get_by_role("button", name="Send 3 comments to Maya Osei").click()
    expect(desk.get_by_text("Sent to Maya Osei, who has been told.")).to_be_visible()

    looks.sign_in(phone, live, row.trainee)
    phone.goto(f"{live}{row.get_absolute_url()}")
    phone.get_by_text("Reply", exact=True).first.tap()
    phone.get_by_label("Your reply").first.fill("I see it now.")
    phone.get_by_role("button", name="Send the reply").first.tap()
    expect(phone.locator(".comment[data-kind=reply]")).to_contain_text("I see it now.")
    looks.axe(phone)
    looks.shoot(phone, "answer-read")
    assert Comment.objects.filter(sent_at__isnull=False).count() == 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation(live, open_page, scheme):
    row = make.submitted()
    make.clip(make.filmed(row.submitted_clips.get().clip.recording.case), 2000, 4000)
    services.open_review(actor=actor_of(row.supervisor), submission_id=row.pk)
    page = open_page(color_scheme=scheme)
    for person, paths in {
        row.trainee: ["/films/", "/films/new/", "/submissions/", "/submissions/new/"],
        row.supervisor: ["/submissions/", "/films/"],
    }.items():
        looks.sign_in(page, live, person)
        for path in paths:
            page.goto(f"{live}{path}")
            looks.axe(page)
            page.set_viewport_size({"width": 320, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") == 320
            page.set_viewport_size({"width": 1280, "height": 900})


def test_only_what_is_new_is_told_and_what_is_looked_at_twice(live, desk):
    page = bench(live, desk, make.clip().recording)

    told = [played_from(page, at) for at in (4, 1, 1)]

    for text, at in zip(told, (4, 1, 1), strict=True):
        [(start, until_ms)] = [span.split("-") for span in text.split(",")]
        assert int(start) == pytest.approx(at * 1000, abs=60)
        assert at * 1000 + 250 < int(until_ms) < at * 1000 + 2_500


def played_from(page, at):
    """Half a second is played from there; what the house is told of it."""
    seek(page, at)
    page.keyboard.press("k")
    until(page, f"document.querySelector('[data-film]').currentTime > {at + 0.4}")
    with page.expect_request("**/watched/") as told:
        page.keyboard.press("k")
    return parse_qs(told.value.post_data)["played"][0]
