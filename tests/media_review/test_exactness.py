"""The time that is written down is the frame on the screen: read from pictures of two browsers.

The film bears its frame's number on every frame. It is opened in the workbench, paused at many
places in several ways; what key I writes into the form is compared with the number in a screenshot.
"""

import io
import time
from fractions import Fraction
from typing import Any

import pytest

from footage import pipeline, rules
from footage import services as footage
from footage.receiving import Incoming
from media_review import services
from media_review.models import Recording
from media_review.rules import parse_clock
from tests import browser as looks
from tests import firefox
from tests.footage.numbered import numbered, read_picture
from tests.media_review import factories as make
from tests.people.factories import actor_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RATE, FRAMES = "30000/1001", 150
LONG = 20.0
FILM = "document.querySelector('[data-film]')"
SHOWN = f"""(() => {{
  const film = {FILM}, box = film.getBoundingClientRect();
  const scale = Math.min(box.width / film.videoWidth, box.height / film.videoHeight);
  const wide = film.videoWidth * scale, high = film.videoHeight * scale;
  const left = box.left + (box.width - wide) / 2, top = box.top + (box.height - high) / 2;
  return [left, top, left + wide, top + high];
}})()"""
BARE = """document.querySelectorAll('[data-stage] > :not(video), .demo, header')
  .forEach((other) => { other.style.visibility = 'hidden'; })"""
DRAWN = "new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


class Chromium:
    """The same few verbs for the page that Playwright drives."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def open(self, address: str, cookie: dict[str, str]) -> None:
        """The page has loaded, for whoever has this cookie."""
        host = address.split("/films/")[0]
        self._page.context.add_cookies(
            [{"name": cookie["name"], "value": cookie["value"], "url": host}]
        )
        self._page.goto(address)

    def run(self, words: str) -> Any:
        """What these words of JavaScript come to."""
        return self._page.evaluate(words)

    def press(self, key: str) -> None:
        """The key was pressed and let go."""
        self._page.keyboard.press(key)

    def picture(self) -> bytes:
        """What can be seen, as PNG."""
        return self._page.screenshot()


def filmed() -> Recording:
    """A recording whose film bears numbers, ready to watch."""
    row, data = make.recording(), numbered(RATE, FRAMES).read_bytes()
    actor = actor_of(row.owner)
    upload = services.begin_upload(
        actor=actor, recording_id=row.pk, file_name="numbers.mp4", size=len(data)
    )
    incoming = Incoming(io.BytesIO(data), len(data))
    footage.receive(actor=actor, upload_id=upload.pk, offset=0, incoming=incoming)
    while pipeline.work_on(upload.film_id):
        pass
    row = Recording.objects.select_related("film", "owner").get(pk=row.pk)
    assert row.film.is_ready
    assert row.film.rate == Fraction(RATE)
    return row


def until(truth: Any, words: str) -> Any:
    """What `truth` gives once it gives something; AssertionError after a long while."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        if found := truth():
            return found
        time.sleep(0.05)
    raise AssertionError(words)


def opened(page: Any, live: str) -> Any:
    """The workbench of the numbered film, with nothing over the picture."""
    row = filmed()
    make.principle_ids()
    page.open(f"{live}{row.get_absolute_url()}", looks.session_of(row.owner))
    until(lambda: page.run(f"{FILM}.readyState >= 2"), "the film does not open")
    page.run(f"{BARE} ?? 1")
    return page


def seen(page: Any) -> int | None:
    """The number on the screen just now."""
    page.run(DRAWN)
    return read_picture(page.picture(), tuple(page.run(SHOWN)))


def told(page: Any) -> int:
    """The frame that key I names in the form, as the house understands it."""
    page.press("i")
    value = page.run("document.querySelector('#mark [name=start_ms]').value")
    return rules.frame_at(parse_clock(value), Fraction(RATE))


def at_rest(page: Any) -> None:
    until(lambda: page.run(f"{FILM}.paused && !{FILM}.seeking"), "it does not come to rest")


def check(page: Any) -> None:
    """Sought, stepped and stopped: everywhere the picture is the one that is named."""
    for frame in (0, 1, 29, 30, 31, 74, 100, 149):
        page.run(f"void ({FILM}.currentTime = {float((frame + Fraction(1, 3)) / Fraction(RATE))})")
        at_rest(page)
        assert told(page) == frame
        until(lambda frame=frame: seen(page) == frame, f"sought {frame}, seen {seen(page)}")
    for key, frame in ((",", 148), (",", 147), (".", 148)):
        page.press(key)
        at_rest(page)
        assert told(page) == frame
        until(lambda frame=frame: seen(page) == frame, f"stepped to {frame}, seen {seen(page)}")
    for start in (10, 60, 95):
        page.run(f"void ({FILM}.currentTime = {start / 30})")
        at_rest(page)
        page.press("k")
        until(lambda start=start: page.run(f"{FILM}.currentTime > {start / 30 + 0.3}"), "no play")
        page.press("k")
        at_rest(page)
        named = told(page)
        until(
            lambda named=named: abs((seen(page) or -9) - named) <= 1,
            f"stopped at {named}, seen {seen(page)}",
        )


def test_the_time_is_the_frame_on_the_screen_in_chromium(live, desk):
    check(opened(Chromium(desk), live))


@pytest.mark.skipif(firefox.firefox() is None, reason="no Firefox here (firefox-esr)")
def test_the_time_is_the_frame_on_the_screen_in_firefox(live):
    with firefox.opened() as page:
        check(opened(page, live))
