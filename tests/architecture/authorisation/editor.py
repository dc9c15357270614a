"""Wagtail's editor: one rule for all its addresses, and each of them asked.

Only people with EDIT_COURSE today get in (learning.middleware.EditorDoorMiddleware). Everybody
else is led to the one door, or gets the same plain no whatever they asked for.
"""

from collections.abc import Iterator
from typing import Any

from tests.architecture.authorisation.addresses import Address, addresses
from tests.architecture.authorisation.asking import Answer
from tests.architecture.authorisation.cast import STRANGER, SUSPENDED, UNFACTORED
from tests.architecture.authorisation.pages import Page
from tests.architecture.authorisation.things import World

EDITORS = ("editor", "trainer", "other_trainer")
OUTSIDERS = ("nobody", "trainee", "supervisor", "officer", "registrar", "manager")
AT_THE_DOOR = (STRANGER, SUSPENDED, UNFACTORED)
# Shown to everybody: pictures of buttons and translated words, no content.
OPEN = ("wagtailadmin_sprite", "wagtailadmin_javascript_catalog")
CLOSED = (
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
)
SAMPLES = {"int": 1, "regex": "1", "slug": "x", "string": "x", "path": "x"}
# What editors of the course must not reach: people, rights, sites.
FORBIDDEN = (
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailusers_groups:add",
    "wagtailsites:index",
    "wagtailsites:add",
    "wagtailredirects:index",
    "wagtailadmin_collections:index",
    "wagtailadmin_workflows:index",
)


def paths() -> Iterator[tuple[Address, str]]:
    """Every address of the editor with a path that leads to it."""
    for address in addresses():
        if address.is_editor and address.name:
            never = address.never()
            ids = {name: SAMPLES.get(kind, never[name]) for name, kind in address.wanted}
            yield address, address.path(ids)


def outsiders_faults(world: World) -> list[str]:
    """Where somebody without the capability was answered otherwise than by a plain no."""
    found = []
    faces = {part: world.knocker.ask(part, "GET", "/editor/").face for part in OUTSIDERS}
    for address, path in paths():
        for part in (*AT_THE_DOOR, *OUTSIDERS):
            for method in (
                ("GET", "POST") if part in (STRANGER, "nobody", "registrar") else ("GET",)
            ):
                answer = world.knocker.ask(part, method, path)
                if not _is_shut(address, part, answer, faces):
                    found.append(f"{method} {path} as {part}: {answer.said()}")
    return found


def _is_shut(address: Address, part: str, answer: Answer, faces: dict[str, Any]) -> bool:
    if part in AT_THE_DOOR:
        away = answer.status == 302 and not answer.location.startswith("/editor/")
        return away or (part == STRANGER and address.name in OPEN)
    if address.name in CLOSED:
        return answer.status in (302, 403)
    return answer.status == 403 and answer.face == faces[part]


def editors_faults(world: World) -> list[str]:
    """Where the editor breaks, loads from outside, or lets a course editor into people's rights."""
    found = []
    for address, path in paths():
        answer = world.knocker.ask("editor", "GET", path)
        if answer.status >= 500 and not address.name.endswith(":chosen"):  # x is no id of theirs
            found.append(f"{path}: {answer.said()}")
        if address.name in FORBIDDEN and answer.status not in (302, 403, 404):
            found.append(f"{path} let a course editor in: {answer.said()}")
        if answer.is_html and answer.status == 200:
            found += [f"{path}: {fault}" for fault in _outside(answer)]
    return found


def _outside(answer: Answer) -> list[str]:
    links = Page(answer.body).outside
    return [fault for fault in links if not fault.startswith("<a ")]
