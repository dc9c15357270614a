"""Chromium as the tests drive it: which one, how, and what is looked at on each page."""

import os
import re
import shutil
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    # A microphone that beeps, and a camera; both are allowed as soon as a page asks.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


def chromium() -> str | None:
    """The Chromium of this machine, or None when there is none."""
    if os.environ.get("ATTUNE_CHROMIUM"):
        return os.environ["ATTUNE_CHROMIUM"]
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


def shoot(page: Any, name: str, *, whole: bool = True) -> Path:
    """A picture of the page lies in screenshots/NAME-WIDTH.png."""
    width = page.viewport_size["width"]
    path = SCREENSHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}-{width}.png"
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=path, full_page=whole, animations="disabled")
    return path


def axe(page: Any) -> None:
    """No accessibility violation on the page as it stands; each one is named with its place."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    words = [
        f"{fault['id']} ({fault['impact']}): {fault['help']}\n"
        + "\n".join(f"    {node['html'][:160]}" for node in fault["nodes"][:5])
        for fault in found
    ]
    assert not words, f"{page.url} has accessibility violations:\n" + "\n".join(words)


def sign_in(page: Any, base_url: str, user: Any) -> None:
    """The browser holds a session of this person, second factor shown (for `live` only)."""
    page.context.add_cookies([{**session_of(user), "url": base_url}])


def session_of(user: Any) -> dict[str, str]:
    """Name and value of the cookie of a session of this person, second factor shown."""
    from django.conf import settings
    from django.test import Client

    from people.factors import SHOWN

    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session[SHOWN] = True
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
