"""upload.js in a real browser, over a bad line: paused, cut off, begun again in another tab."""

import hashlib
import os

import pytest
from playwright.sync_api import expect

from footage import vault
from footage.kinds import ArtefactKind
from footage.models import Artefact, Upload
from people.kinds import Role
from tests.people.factories import person, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.footage.page"),
]


@pytest.fixture
def tab(live, new_context):
    """Opens tabs of a browser in which a trainee is signed in."""
    cookie = signed_in(person(Role.TRAINEE)).cookies["sessionid"].value
    context = new_context(base_url=live)
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live}])

    def open_tab(bytes_a_second=-1):
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", speed(bytes_a_second))
        page.goto("/send/")
        return page, line

    return open_tab


def speed(bytes_a_second: int, offline: bool = False) -> dict:
    """A line of this speed."""
    return {
        "offline": offline,
        "latency": 5,
        "downloadThroughput": -1,
        "uploadThroughput": bytes_a_second,
    }


def wait_for_bytes(page, more_than: int) -> int:
    """How much is safe, once it is more than that."""
    for _ in range(200):
        page.wait_for_timeout(100)
        upload = Upload.objects.first()
        if upload and upload.offset > more_than:
            return upload.offset
    raise AssertionError("nothing more arrived")


def test_a_film_arrives_over_a_bad_line_and_two_tabs(tab, tmp_path):
    film = tmp_path / "baby.mov"
    film.write_bytes(os.urandom(48_000_000))
    page, line = tab(5_000_000)

    page.get_by_role("button", name="Send the film").click()
    expect(page.get_by_role("status")).to_have_text("Please choose a film first.")
    page.set_input_files("[data-upload-file]", film)
    page.get_by_role("button", name="Send the film").click()
    wait_for_bytes(page, 0)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("status")).to_contain_text("Choose the same film again")
    page.wait_for_timeout(500)
    safe = Upload.objects.get().offset
    page.get_by_role("button", name="Carry on").click()
    wait_for_bytes(page, safe)
    line.send("Network.emulateNetworkConditions", speed(-1, offline=True))
    page.close(run_before_unload=False)

    page, _ = tab()
    page.set_input_files("[data-upload-file]", film)
    page.get_by_role("button", name="Send the film").click()
    page.wait_for_url("**/arrived/", timeout=40_000)

    upload = Upload.objects.select_related("film").get()
    assert upload.film.state == "received"
    sealed = Artefact(
        film=upload.film,
        kind=ArtefactKind.ORIGINAL,
        object=upload.object,
        runs=upload.runs,
        size=upload.size,
    )
    assert len(upload.runs) >= 3, "it came in at least three sittings"
    digest = hashlib.sha256(vault.reader(sealed).read()).hexdigest()
    assert digest == hashlib.sha256(film.read_bytes()).hexdigest()
