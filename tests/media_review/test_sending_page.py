"""The page that sends films, in a real browser: a queue, a bad line, a film that stays at home."""

import hashlib
import os
import re

import pytest
from playwright.sync_api import expect

from footage.models import Upload
from media_review import retention
from media_review.models import Recording
from tests import browser as looks
from tests.caselogs.factories import consented_case
from tests.media_review import factories as make
from tests.media_review.line import Line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOISE = os.urandom(3_000_000)


@pytest.fixture
def films(tmp_path):
    """Writes files of these names and contents, and gives their paths."""

    def write(**contents):
        paths = []
        for name, data in contents.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(data)
            paths.append(path)
        return paths

    return write


def opened(page, live, row, path="/films/new/"):
    """The page that sends, with this case chosen."""
    looks.sign_in(page, live, row.guider)
    page.goto(f"{live}{path}")
    if path == "/films/new/":
        page.locator(f"input[name=case][value='{row.pk}']").check()
    return page


def card(page, name):
    """The card of this film."""
    return page.locator(".sendcard", has=page.get_by_role("heading", name=name, exact=True))


def look_at_all(page, name):
    """Nothing is wrong with the page as it stands, on a desk and on two phones."""
    for width, height in ((1280, 900), (390, 844), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        looks.axe(page)
        looks.shoot(page, name)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_three_films_of_one_visit_go_at_once_and_a_wrong_one_holds_nobody_up(
    live, desk, films, work_at_once
):
    row = consented_case()
    make.principle_ids()
    page = opened(desk, live, row)
    chosen = films(notes_txt=b"words", play_mp4=make.film_bytes(), broken_mov=NOISE)

    page.set_input_files("[data-files]", [*chosen, chosen[1]])
    expect(card(page, "notes.txt")).to_contain_text("not a film")
    expect(page.locator("[data-moment]")).to_have_text("play.mp4 is in the list already.")
    card(page, "broken.mov").get_by_label("You and the parent").check()
    look_at_all(page, "sending-chosen")
    page.get_by_role("button", name="Send these 2 films").click()

    expect(card(page, "play.mp4")).to_contain_text("Ready to watch", timeout=60_000)
    expect(card(page, "broken.mov")).to_contain_text("Could not be used", timeout=30_000)
    look_at_all(page, "sending-done")
    rows = Recording.objects.order_by("kind").values_list("case", "kind", "film__state")
    assert list(rows) == [
        (row.pk, "interaction", "ready"),
        (row.pk, "shared_review", "rejected"),
    ]
    card(page, "play.mp4").get_by_role("link", name="Open its page").click()
    expect(page.get_by_role("heading", name="New clip")).to_be_visible()


@pytest.fixture
def line(live):
    """A bad line to the house: 3 MB a second, counted, to be cut."""
    found = Line(live, 3_000_000)
    yield found
    found.close()


def safe_bytes(page, more_than):
    """How much is safe, once it is more than that."""
    for _ in range(150):
        page.wait_for_timeout(100)
        upload = Upload.objects.first()
        if upload and upload.offset > more_than:
            return upload.offset
    raise AssertionError("nothing more arrived")


def pieces(page):
    """Where each piece that this page sends begins, as it goes."""
    offsets = []

    def note(request):
        if request.method == "PATCH":
            offsets.append(int(request.headers["upload-offset"]))

    page.on("request", note)
    return offsets


def agreed(upload, data):
    """Both sides found the same SHA-256, and the page told it."""
    upload.refresh_from_db()
    return (upload.film.state, upload.offset, upload.sender_sha256) == (
        "received",
        len(data),
        hashlib.sha256(data).hexdigest(),
    )


def test_a_film_is_paused_left_and_carried_on_with_by_choosing_it_again(line, open_page, films):
    row, data = consented_case(), NOISE * 8
    [file] = films(IMG_MOV=data)
    page = opened(open_page(), line.url, row)
    page.set_input_files("[data-files]", file)
    page.get_by_role("button", name="Send the film").click()
    safe_bytes(page, 0)
    page.get_by_role("button", name="Pause IMG").click()
    expect(card(page, "IMG.MOV")).to_contain_text(re.compile(r"Paused\. \d+ MB of 24 MB are safe"))
    page.wait_for_timeout(1500)
    carried = line.carried
    page.wait_for_timeout(700)
    assert line.carried - carried < 10_000, "nothing is sent while it is paused"
    paused = Upload.objects.get().offset
    page.get_by_role("button", name="Carry on IMG").click()
    safe_bytes(page, paused)
    line.cut()
    page.close(run_before_unload=False)
    line.mend()

    again = opened(open_page(phone=True), line.url, row)
    again.wait_for_timeout(1500)
    expect(again.get_by_role("heading", name="This film is half here")).to_be_visible()
    expect(again.locator("[data-half]")).to_contain_text("IMG.MOV")
    again.reload()
    looks.axe(again)
    looks.shoot(again, "sending-half")
    safe = Upload.objects.get().offset
    offsets, carried = pieces(again), line.carried
    again.set_input_files("[data-files]", file)
    expect(card(again, "IMG.MOV")).to_contain_text("Arrived whole", timeout=20_000)

    assert 0.3 < safe / len(data) < 1
    assert offsets == [safe], "what was safe is not sent again"
    assert 0 <= line.carried - carried - (len(data) - safe) < 200_000, "not a byte of it"
    assert agreed(Upload.objects.get(), data)
    assert Recording.objects.count() == 1


def test_a_lost_connection_is_waited_for(line, desk, films):
    row, data = consented_case(), NOISE * 4
    page = opened(desk, line.url, row)
    page.set_input_files("[data-files]", films(play_mp4=data))
    page.get_by_role("button", name="Send the film").click()
    safe_bytes(page, 0)

    page.context.set_offline(True)
    line.cut()
    expect(card(page, "play.mp4")).to_contain_text("What has arrived is safe")
    expect(card(page, "play.mp4")).to_contain_text("Waiting for the connection")
    looks.shoot(page, "sending-offline")
    page.wait_for_timeout(1500)
    line.mend()
    page.context.set_offline(False)

    expect(card(page, "play.mp4")).to_contain_text("Arrived whole", timeout=20_000)
    assert agreed(Upload.objects.get(), data)


def test_who_is_signed_out_meanwhile_loses_nothing(line, desk, films):
    row, data = consented_case(), NOISE * 4
    page = opened(desk, line.url, row)
    page.set_input_files("[data-files]", films(play_mp4=data))
    page.get_by_role("button", name="Send the film").click()
    safe_bytes(page, 0)
    page.get_by_role("button", name="Pause play").click()
    expect(card(page, "play.mp4")).to_contain_text("are safe")

    page.context.clear_cookies()
    page.get_by_role("button", name="Carry on play").click()
    expect(card(page, "play.mp4")).to_contain_text("You have been signed out. Nothing is lost.")
    expect(card(page, "play.mp4").get_by_role("link", name="Sign in")).to_be_visible()
    looks.axe(page)
    looks.sign_in(page, line.url, row.guider)
    page.get_by_role("button", name="Carry on play").click()

    expect(card(page, "play.mp4")).to_contain_text("Arrived whole", timeout=20_000)
    assert agreed(Upload.objects.get(), data)


def test_a_family_that_changes_its_mind_ends_it_kindly_and_for_good(line, desk, films):
    row = consented_case()
    page = opened(desk, line.url, row)
    page.set_input_files("[data-files]", films(play_mp4=NOISE * 4))
    page.get_by_role("button", name="Send the film").click()
    safe_bytes(page, 0)

    make.take_back(row)
    retention.tidy()

    expect(card(page, "play.mp4")).to_contain_text("has withdrawn their consent", timeout=30_000)
    assert page.get_by_role("button", name="Send it again").count() == 0
    looks.axe(page)
    looks.shoot(page, "sending-withdrawn")


def leaving(page):
    """Every request of this page that carries something, with what it carries."""
    found = []
    page.on("request", lambda request: request.post_data_buffer and found.append(request))
    return found


def test_a_film_shown_live_is_noted_and_opened_without_a_byte_of_it_leaving(
    line, desk, films, tmp_path
):
    row, data = consented_case(), make.film_bytes()
    make.principle_ids()
    page = opened(desk, line.url, row)
    sent = leaving(page)
    page.get_by_label("Show it live only").check()
    file, wrong = films(play_mp4=data, other_mp4=data + b"\0")
    page.set_input_files("[data-files]", file)
    expect(card(page, "play.mp4")).to_contain_text("0:06")
    page.get_by_role("button", name="Note this film").click()
    expect(card(page, "play.mp4")).to_contain_text("Noted; it stays on your device")
    looks.axe(page)
    looks.shoot(page, "sending-live-noted")
    page.get_by_role("link", name="Open its page").click()
    expect(page.locator("[data-where-said]")).to_contain_text("its day, its length and")

    page.set_input_files("[data-local-file]", wrong)
    expect(page.locator("[data-where-said]")).to_contain_text("This is another file than")
    page.set_input_files("[data-local-file]", file)
    expect(page.locator("[data-where-said]")).to_contain_text("This is the film you noted")
    page.get_by_role("heading", name="New clip").click()
    page.locator("#mark [name=start_ms]").fill("0:01")
    page.locator("#mark [name=end_ms]").fill("0:03")
    page.get_by_label("A name for it").fill("The look")
    page.get_by_role("button", name="Keep this clip").click()
    expect(page.locator("#clips .clip__title")).to_have_text("The look")
    expect(page.locator("#clips canvas[data-drawn]")).to_have_count(1)
    looks.axe(page)
    looks.shoot(page, "bench-own-film")

    recording = Recording.objects.get()
    assert (recording.custody, recording.sha256) == ("shown_live", hashlib.sha256(data).hexdigest())
    assert abs(recording.length_ms - 6000) < 200
    assert not Upload.objects.exists()
    assert {request.method for request in sent} == {"POST"}
    assert max(len(request.post_data_buffer) for request in sent) < 3_000
    film = [data[at : at + 64] for at in range(0, len(data) - 64, len(data) // 50)]
    carried = b"".join(request.post_data_buffer for request in sent)
    assert not any(part in carried for part in film), "no part of the film is in any request"
    assert line.carried < len(data), "nor was there room for it on the line"


def test_a_film_kept_elsewhere_says_where_and_can_be_told_from_others(live, desk, films):
    row = consented_case()
    page = opened(desk, live, row)
    page.get_by_label("It is kept by my service").check()
    page.get_by_label("Where does your service keep it?").fill("The team’s secure drive")
    looks.axe(page)
    looks.shoot(page, "sending-elsewhere")
    page.get_by_role("button", name="Note this film down").click()

    veil = page.locator("[data-local]")
    expect(veil).to_contain_text("Your service keeps this film: The team’s secure drive.")
    looks.axe(page)
    looks.shoot(page, "bench-elsewhere")
    page.set_input_files("[data-local-file]", films(play_mp4=make.film_bytes()))
    page.get_by_role("button", name="Note this film’s fingerprint").click()
    expect(page.locator("[data-where-said]")).to_contain_text("are noted")

    found = hashlib.sha256(make.film_bytes()).hexdigest()
    assert Recording.objects.get().sha256 == found


EVERY_WORD = """() => {
  const word = document.querySelector("[data-word]");
  window.everyWord = [];
  const note = () => window.everyWord.push(word.textContent);
  new MutationObserver(note).observe(word, { childList: true });
}"""


def test_a_film_that_did_not_arrive_whole_is_sent_again(live, desk, films, work_at_once):
    page = opened(desk, live, consented_case())
    told, held = re.compile("/digest/$"), []
    page.route(told, lambda route: held.append(route))
    page.set_input_files("[data-files]", films(play_mp4=make.film_bytes()))
    page.evaluate(EVERY_WORD)
    page.get_by_role("button", name="Send the film").click()
    expect(card(page, "play.mp4")).to_contain_text("Being compared", timeout=30_000)
    page.wait_for_timeout(500)
    for route in held:
        route.continue_(post_data="0" * 64)

    expect(card(page, "play.mp4")).to_contain_text(
        "The film did not arrive whole. Please send it again.", timeout=30_000
    )
    words = set(page.evaluate("window.everyWord"))
    assert words & {"Being compared", "Arrived whole"} == {"Being compared"}, "not for a moment"
    page.unroute(told)
    page.get_by_role("button", name="Send it again").click()

    expect(card(page, "play.mp4")).to_contain_text("Ready to watch", timeout=60_000)
    assert Recording.objects.count() == 1


def test_the_order_is_changed_and_a_film_taken_out_by_keyboard_alone(line, desk, films):
    row = consented_case()
    page = opened(desk, line.url, row)
    page.set_input_files("[data-files]", films(a_mp4=NOISE, b_mp4=NOISE + b"b", c_mp4=NOISE + b"c"))
    names = page.locator(".sendcard__name")
    expect(names).to_have_text(["a.mp4", "b.mp4", "c.mp4"])

    page.get_by_role("button", name="Earlier c.mp4").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(names).to_have_text(["c.mp4", "a.mp4", "b.mp4"])
    expect(page.get_by_role("button", name="Earlier c.mp4")).to_be_focused()
    expect(page.locator("[data-announce]")).to_have_text("c.mp4 is now number 1 of 3.")
    page.get_by_role("button", name="Take out a.mp4").focus()
    page.keyboard.press("Enter")
    expect(names).to_have_text(["c.mp4", "b.mp4"])
    expect(card(page, "b.mp4").locator(":focus")).to_have_count(1)
    page.get_by_role("button", name="Send these 2 films").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Pause all").press("Enter")
    expect(page.locator(".sendcard[data-film=paused]")).to_have_count(2)
    page.get_by_role("button", name="Carry on with all").press("Enter")

    expect(page.locator("[data-summary]")).to_contain_text(
        "All 2 films have arrived", timeout=20_000
    )
    sent = Upload.objects.order_by("finished_at").values_list("film__name", flat=True)
    assert list(sent) == ["c.mp4", "b.mp4"]


def test_without_its_script_the_page_says_what_to_do(live, open_page):
    row = consented_case()
    page = opened(open_page(java_script_enabled=False), live, row)

    expect(page.locator("noscript p")).to_be_visible()
    page.get_by_role("button", name="Note this film down").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("interaction film")
    assert "Please switch it on" in page.locator("noscript p").inner_text()


def test_pressing_send_twice_sends_each_film_once(line, desk, films):
    row = consented_case()
    page = opened(desk, line.url, row)
    asked = []
    page.on("request", lambda request: request.url.endswith("/films/add/") and asked.append(1))
    page.set_input_files("[data-files]", films(a_mp4=NOISE, b_mp4=NOISE + b"b", c_mp4=NOISE + b"c"))
    page.get_by_role("button", name="Send these 3 films").dblclick()

    expect(page.locator("[data-summary]")).to_contain_text(
        "All 3 films have arrived", timeout=30_000
    )
    assert (len(asked), Recording.objects.count()) == (3, 3)


def test_a_film_that_could_not_be_compared_is_not_called_compared(live, desk, films):
    page = opened(desk, live, consented_case())
    page.route(re.compile("sending/hashing"), lambda route: route.abort())
    page.set_input_files("[data-files]", films(play_mp4=NOISE))
    page.get_by_role("button", name="Send the film").click()

    expect(card(page, "play.mp4")).to_contain_text("could not be compared", timeout=20_000)
    expect(card(page, "play.mp4")).to_contain_text("Arrived; not compared")
    page.wait_for_timeout(3500)
    expect(card(page, "play.mp4")).to_contain_text("could not be compared")
    assert Upload.objects.get().sender_sha256 == ""


def test_a_second_step_that_is_missing_is_said_so(live, desk, films):
    page = opened(desk, live, consented_case())
    said = {"status": 403, "json": {"reason": "Please confirm your second step first."}}
    page.route(re.compile("/progress/$"), lambda route: route.fulfill(**said))
    page.set_input_files("[data-files]", films(play_mp4=NOISE))
    page.get_by_role("button", name="Send the film").click()

    expect(card(page, "play.mp4")).to_contain_text("confirm your second step", timeout=20_000)
    page.unroute(re.compile("/progress/$"))
