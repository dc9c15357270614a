"""One house with the demo's people for all journeys, and pages that notice what goes wrong."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import outsiders
from tests.house import House, environment, standing

FILMS = Path(__file__).resolve().parents[2] / ".pytest_cache" / "films"
WORLD = {
    "ATTUNE_DEMO": "1",
    "ATTUNE_PORT": "8320",
    "ATTUNE_MAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
}


@pytest.fixture(scope="session")
def world() -> Iterator[House]:
    """The whole house with the demo's people in it; a running one when ATTUNE_WORLD names it."""
    if running := os.environ.get("ATTUNE_WORLD"):
        house = House(Path(running), environment(Path(running), WORLD))
        house.url = (house.var / "run.lock").read_text()
        yield house
        return
    with standing(furnish=borrow_films, patience=400, **WORLD) as house:
        keep_films(house.var)
        yield house


def borrow_films(var: Path) -> None:
    """The drawn films of the last run lie where the demo looks for them."""
    if (FILMS / "demo-films").exists():
        shutil.copytree(FILMS / "demo-films", var / "demo-films")


def keep_films(var: Path) -> None:
    """The drawn films are remembered for the next run."""
    shutil.rmtree(FILMS / "demo-films", ignore_errors=True)
    shutil.copytree(var / "demo-films", FILMS / "demo-films")


@pytest.fixture
def walker(open_page: Callable[..., Any], world: House) -> Iterator[Callable[..., Any]]:
    """Opens a page of somebody of the demo; whatever breaks on it fails the test.

    `walker("maya")`, `walker("ruth", phone=True)`, `walker()` for a stranger.
    """
    faults: list[str] = []

    def opened(who: str = "", **more: Any) -> Any:
        page = open_page(base_url=world.url, **more)
        page.on("response", lambda answer: faults.extend(broken(answer)))
        page.on("console", lambda line: faults.extend(complaints(line)))
        page.set_default_timeout(20_000)
        if who:
            page.goto("/demo/")
            page.get_by_role("button", name=re.compile(f"as {who}", re.I)).click()
            page.wait_for_url("**/road/")
        return page

    yield opened
    assert not faults, "\n".join(faults)


def broken(answer: Any) -> list[str]:
    """A page or an asset that is not there, or a house that stumbled."""
    lost = answer.status >= 500 or (answer.status == 404 and answer.request.method == "GET")
    return [f"{answer.status} {answer.url}"] if lost or outsiders(answer.url) else []


def complaints(line: Any) -> list[str]:
    """An error in the browser's console, but for the answers a form gives on purpose."""
    if line.type != "error" or "status of 422" in line.text or "status of 409" in line.text:
        return []
    return [f"console: {line.text}"]
