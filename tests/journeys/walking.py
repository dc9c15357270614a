"""What every journey does: look at a page closely, read the post, wait for slow work."""

import email
import re
import time
from collections.abc import Callable
from email import policy
from typing import Any

from tests import browser as looks
from tests.house import House


def look(page: Any, name: str, *, whole: bool = True) -> None:
    """The page is as it should be at its width, and its picture lies in screenshots/."""
    fits(page)
    looks.axe(page)
    looks.shoot(page, name, whole=whole)


def fits(page: Any) -> None:
    """Nothing on the page is wider than the screen."""
    wide = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .slice(0, 6).map((one) => one.outerHTML.slice(0, 120));
        }"""
    )
    assert not wide, f"{page.url} is wider than {page.viewport_size['width']} px:\n" + "\n".join(
        wide
    )


def look_at_both(page: Any, name: str) -> None:
    """The same page on a desk, on a phone, and on a very narrow phone."""
    for width, height in ((1280, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)
        look(page, name)
    page.set_viewport_size({"width": 320, "height": 640})
    fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def letters_to(house: House, address: str) -> list[str]:
    """The words of every letter this address has received, oldest first."""
    found = []
    for path in sorted((house.var / "mail").glob("*.log")):
        for piece in re.split(rb"\n-{79}\n", path.read_bytes()):
            letter = email.message_from_bytes(piece.lstrip(), policy=policy.default)
            if address in str(letter["To"]):
                body = letter.get_body(("plain",))
                found.append(f"{letter['Subject']}\n{body.get_content() if body else ''}")
    return found


def wait_for(asked: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    """What was asked for, once it is there."""
    end = time.monotonic() + seconds
    while not (found := asked()):
        assert time.monotonic() < end, f"{what} did not come within {seconds:.0f} seconds."
        time.sleep(0.25)
    return found
