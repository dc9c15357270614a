"""Fixtures that every room may use: the browser, the live server, the whole house."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import browser as looks
from tests import tables
from tests.house import House, standing


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Database tests may use both databases, and those that commit put the first rows back.

    Tests of the whole house share one, and therefore one process of pytest.
    """
    for item in items:
        if "house" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("house"))
        mark = item.get_closest_marker("django_db")
        if mark:
            wanted = {"databases": "__all__", **mark.kwargs}
            if wanted.get("transaction"):
                wanted.setdefault("serialized_rollback", True)
            item.add_marker(pytest.mark.django_db(*mark.args, **wanted), append=False)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """True when the tables were lent by an earlier run with the same migrations."""
    from django.db import connection

    return tables.lend(str(connection.settings_dict["TEST"]["NAME"]), connection.vendor)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> None:
    """The tables are there, and kept for the next run when they had to be made."""
    from django.db import connection

    tables.empty_around_triggers()
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            tables.keep(str(connection.settings_dict["NAME"]), connection.vendor)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, quiet; the ORM may be used beside the browser."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {
        **browser_type_launch_args,
        "executable_path": looks.chromium(),
        "args": looks.QUIET,
    }


@pytest.fixture
def open_page(new_context: Callable[..., Any]) -> Callable[..., Any]:
    """A function that opens a page of a person of its own: `open_page()`, `open_page(phone=True)`.

    An error on the page, a refused script or a call to another host fails the test.
    """
    faults: list[str] = []

    def opened(*, phone: bool = False, **more: Any) -> Any:
        context = new_context(locale="en-GB", **(looks.PHONE if phone else looks.DESK), **more)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("console", lambda line: faults.extend(refusals(line)))
        page.on("request", lambda request: faults.extend(outsiders(request.url)))
        return page

    yield opened
    assert not faults, "\n".join(faults)


def refusals(line: Any) -> list[str]:
    """What the browser said about a broken content policy."""
    return [line.text] if "Content Security Policy" in line.text else []


def outsiders(url: str) -> list[str]:
    """A host that is not ours, which no page may call."""
    ours = ("http://localhost", "http://127.0.0.1", "data:", "blob:", "about:")
    return [] if url.startswith(ours) else [f"called another host: {url}"]


@pytest.fixture
def desk(open_page: Callable[..., Any]) -> Any:
    """A page 1280 pixels wide."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Any]) -> Any:
    """A page 390 pixels wide, with touch."""
    return open_page(phone=True)


@pytest.fixture
def live(
    transactional_db: None, django_db_serialized_rollback: None, live_server: Any
) -> Iterator[str]:
    """The address of a server in this process, on this test's own database."""
    return live_server.url


@pytest.fixture
def work_at_once() -> Iterator[None]:
    """Tasks asked for after a commit are done at once, in this process."""
    from config.celery import app

    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """The whole house with every process, on SQLite and the embedded queue."""
    with standing() as house:
        yield house
