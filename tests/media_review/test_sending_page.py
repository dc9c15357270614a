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
