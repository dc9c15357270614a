"""Micro-analysis in a real browser: by keyboard, by touch, offline, in two windows."""

import pytest
from playwright.sync_api import expect

from media_review import services
from media_review.models import Chain, Clip, Moment
from tests import browser as looks
from tests.media_review import factories as make
from tests.media_review.test_workbench import bench, now, seek, until
from tests.people.factories import actor_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAUSED = "document.querySelector('[data-film]').paused"


def saved(page):
    """Everything marked has reached the house."""
    expect(page.locator("[data-marks-saved]")).to_have_text("Saved", timeout=15_000)


def opened(live, page, recording):
    """The workbench, its moments read."""
    bench(live, page, recording)
    expect(page.locator("[data-moment-count]")).to_contain_text("moment")
    return page


def test_twelve_moments_are_marked_by_keyboard_alone(live, desk):
    page = opened(live, desk, make.filmed())
    for at in range(10):
        seek(page, at * 0.4 + 0.2)
        page.keyboard.press("i")
        seek(page, at * 0.4 + 0.6)
        page.keyboard.press("o")
        page.keyboard.press(str(at % 6 + 1))
    page.keyboard.press("n")
    page.keyboard.type("She waits, 3 seconds.")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    seek(page, 5.2)
    page.keyboard.press("2")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(page.get_by_role("heading", name="12 moments")).to_be_visible()
    saved(page)

    rows = list(Moment.objects.prefetch_related("principles"))
    assert len(rows) == 12
    last_span = next(row for row in rows if row.note)
    assert (last_span.note, last_span.start_ms) == ("She waits, 3 seconds.", 3800)
    assert [each.number for each in last_span.principles.all()] == [4]
    looks.axe(page)
    looks.shoot(page, "moments")
    page.keyboard.press("x")
    expect(page.get_by_role("heading", name="11 moments")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_role("heading", name="12 moments")).to_be_visible()
    saved(page)
    assert Moment.objects.count() == 12


def test_a_moment_is_marked_corrected_and_made_a_clip_by_touch(live, phone):
    page = opened(live, phone, make.filmed())
    seek(page, 3)
    page.get_by_role("group", name="Mark a moment").get_by_text("3").tap()
    expect(page.get_by_role("heading", name="1 moment")).to_be_visible()
    page.locator("[data-moment-editor] .chip", has_text="Attuned").tap()
    page.get_by_role("radio", name="Child").tap()
    page.get_by_label("What did you see?").fill("He looks up.")
    saved(page)

    moment = Moment.objects.get()
    assert (moment.start_ms, moment.end_ms, moment.who) == (1000, 4000, "child")
    assert [each.number for each in moment.principles.all()] == [3, 4]
    small = page.locator(
        ".key:visible, .moment__editor button:visible, .segments label, .chip:visible"
    )
    boxes = small.evaluate_all("all => all.map(one => one.getBoundingClientRect())")
    assert [box for box in boxes if box["width"] < 44 or box["height"] < 44] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    looks.axe(page)
    looks.shoot(page, "moments")
    page.get_by_role("button", name="Make it a clip").tap()
    expect(page.get_by_role("heading", name="1 clip")).to_be_visible()
    clip = Clip.objects.get()
    assert (clip.start_ms, clip.end_ms, clip.why) == (1000, 4000, "He looks up.")


def test_offline_everything_is_kept_through_a_reload_and_sent_when_back(live, desk):
    page = opened(live, desk, make.filmed())
    page.route("**/keep/", lambda route: route.abort())
    for at in (1, 3, 5):
        seek(page, at)
        page.keyboard.press("2")
    expect(page.locator("[data-marks-saved]")).to_contain_text("Kept on this device: 3 changes")
    page.get_by_label("What did you see?").fill("Typed on the train.")
    assert not Moment.objects.exists()

    page.reload()
    expect(page.get_by_role("heading", name="3 moments")).to_be_visible()
    expect(page.get_by_text("Typed on the train.").first).to_be_visible()
    page.unroute("**/keep/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page)

    assert sorted(Moment.objects.values_list("note", flat=True)) == ["", "", "Typed on the train."]
    assert (
        page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('attune-marks'))")
        == []
    )


def test_two_windows_agree_and_two_devices_are_asked(live, desk, open_page):
    moment = make.moment(note="She waits.")
    page = opened(live, desk, moment.recording)
    page.get_by_role("button", name="She waits.").click()
    other = page.context.new_page()
    opened(live, other, moment.recording)
    other.get_by_role("button", name="She waits.").click()
    other.get_by_label("What did you see?").fill("She waits a while.")
    expect(page.get_by_label("What did you see?")).to_have_value("She waits a while.")
    saved(other)
    other.close()
    moment.refresh_from_db()
    services.keep_moment(
        actor=actor_of(moment.recording.owner),
        recording_id=moment.recording_id,
        moment_id=moment.pk,
        version=moment.version,
        start_ms=1000,
        end_ms=3000,
        note="From the phone.",
        principle_ids=make.principle_ids(3),
    )

    page.get_by_label("What did you see?").fill("From the desk.")

    asked = page.get_by_role("region", name="This moment was changed in two places")
    expect(asked).to_contain_text("From the phone.")
    expect(asked).to_contain_text("From the desk.")
    looks.axe(page)
    looks.shoot(page, "two versions")
    moment.refresh_from_db()
    assert moment.note == "From the phone."
    asked.get_by_role("button", name="Keep mine").click()
    saved(page)
    moment.refresh_from_db()
    assert moment.note == "From the desk."


def test_typing_lets_the_film_wait_and_leaving_lets_it_go_on(live, desk):
    page = opened(live, desk, make.moment().recording)
    page.keyboard.press("s")
    page.keyboard.press("s")
    page.keyboard.press("s")
    page.keyboard.press("s")
    slow = (
        "(film => [film.playbackRate, film.preservesPitch])(document.querySelector('[data-film]'))"
    )
    assert page.evaluate(slow) == [0.1, True]
    page.keyboard.press("w")
    page.keyboard.press("k")
    until(page, f"!{PAUSED}")

    page.keyboard.press("n")
    until(page, PAUSED)
    page.keyboard.type("jkl 12")
    page.keyboard.press("Escape")
    until(page, f"!{PAUSED}")

    saved(page)
    assert Moment.objects.get().note == "jkl 12"


def test_a_yes_cycle_is_linked_and_plays_as_one(live, desk):
    recording = make.filmed()
    for at, note in ((400, "He looks."), (2000, "She answers."), (4000, "He laughs.")):
        make.moment(recording, at, at + 500, note=note)
    page = opened(live, desk, recording)
    for _ in range(3):
        page.keyboard.press("w")
        page.keyboard.press("y")
    saved(page)
    assert [link.part for link in Chain.objects.get().links.all()] == [
        "initiative",
        "reception",
        "turn",
    ]

    page.evaluate("""() => { window.seen = []; const film = document.querySelector('[data-film]');
        film.addEventListener('timeupdate', () => window.seen.push(film.currentTime)) }""")
    page.get_by_role("button", name="Play the yes-cycle").click()
    until(page, f"window.seen.some(at => at > 4) && {PAUSED}")

    seen = page.evaluate("window.seen")
    between = [at for at in seen if 1.1 < at < 1.95 or 2.7 < at < 3.95]
    assert (between, 4.4 < now(page) < 4.7) == ([], True)
    looks.axe(page)
    looks.shoot(page, "yes-cycle")


def test_a_shared_review_on_this_device_keeps_its_moments_and_not_its_film(live, desk, tmp_path):
    clip = make.clip(title="The spoon waits")
    recording = make.recording(
        clip.recording.case, kind="shared_review", custody="shown_live", days=9
    )
    file = tmp_path / "review.mp4"
    file.write_bytes(make.film_bytes())
    looks.sign_in(desk, live, recording.owner)
    desk.goto(f"{live}{recording.get_absolute_url()}")
    sent = []
    desk.on("request", lambda request: sent.append((request.method, request.post_data_buffer)))
    desk.locator("[data-local-file]").set_input_files(file)
    until(desk, "document.querySelector('[data-film]').readyState >= 1")

    seek(desk, 3)
    desk.keyboard.press("2")
    desk.get_by_role("radio", name="Activating").check()
    desk.get_by_label("Which clip was on the screen?").select_option(
        label="The spoon waits (00:01.0)"
    )
    saved(desk)

    moment = Moment.objects.get()
    assert (moment.turn, moment.who, moment.about) == ("activate", "guider", clip)
    assert max(len(body or b"") for method, body in sent if method == "POST") < 1_000
    looks.axe(desk)
    looks.shoot(desk, "shared review from this device")
