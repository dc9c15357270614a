"""The harness itself: two databases, a browser, a house that can be killed."""

import http.client
import os
import signal
import time
from urllib.parse import urlparse

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.browser import axe, shoot
from tests.house import House, standing


@pytest.mark.django_db
def test_both_databases_are_of_one_kind():
    vendors = {alias: connections[alias].vendor for alias in connections}

    wanted = "postgresql" if os.environ.get("ATTUNE_DATABASE_URL") else "sqlite"
    assert vendors == {"default": wanted, "keys": wanted}


@pytest.mark.postgres
@pytest.mark.django_db
def test_tests_marked_postgres_run_on_postgres():
    assert connection.vendor == "postgresql"


def test_tests_leave_the_house_of_the_developer_alone():
    assert settings.VAR.name.startswith("attune-tests-")


def status_of(house: House, path: str) -> int:
    """The status with which the house answers now."""
    door = http.client.HTTPConnection(urlparse(house.url).netloc, timeout=30)
    door.request("GET", path)
    return door.getresponse().status


def wait_until(true, seconds=30):
    """It became true in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It did not become true in time."
        time.sleep(0.1)


CHILDREN = ["gunicorn", "--queues=house", "--queues=film", " beat ", "manage.py together"]


@pytest.mark.browser
@pytest.mark.xdist_group("house")
@pytest.mark.parametrize("child", CHILDREN)
def test_a_killed_child_is_started_again(house, child):
    wait_until(lambda: house.pids(child))

    killed = house.kill(child)

    wait_until(lambda: house.pids(child) and not set(house.pids(child)) & set(killed))
    assert status_of(house, "/account/login/") == 200


@pytest.mark.browser
@pytest.mark.xdist_group("house")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_house(sign):
    with standing(ATTUNE_PORT="8690") as other:
        other.process.send_signal(sign)

        wait_until(lambda: not other.pids(""), seconds=10)


@pytest.mark.browser
@pytest.mark.parametrize("phone", [False, True])
def test_the_browser_opens_a_page_without_a_violation(live, open_page, phone):
    page = open_page(phone=phone)

    page.goto(f"{live}/account/login/")

    axe(page)
    assert shoot(page, "sign-in").stat().st_size > 1000
