"""Every main page, as everybody who has it: on a desk, on a phone, on a very narrow phone."""

import re

import pytest

from tests.journeys.walking import look_at_both

ID = r"[0-9a-f-]{36}"
CASE, FILM, SENT = rf"^/cases/{ID}/$", rf"^/films/{ID}/$", rf"^/submissions/{ID}/$"
STAGE = rf"^/practice/stages/{ID}/requirements/{ID}/$"
ROAD = rf"^/practice/enrolments/{ID}/$"
MEETING = rf"^/practice/meetings/{ID}/$"
# Each stop: its name, an address, and perhaps links to follow from there (patterns of addresses).
STOPS: dict[str, list[tuple[str, ...]]] = {
    "": [
        ("home", "/"),
        ("sign-in", "/account/login/"),
        ("password-forgotten", "/account/password/reset/"),
        ("demo", "/demo/"),
        ("register", "/register/"),
        ("verify-ask", "/verify/"),
        ("verify", "/register/", r"^/verify/.+/$"),
    ],
    "maya": [
        ("road", "/road/"),
        ("cases", "/cases/"),
        ("case", "/cases/", CASE),
        ("case-new", "/cases/new/"),
        ("cycle-new", "/cases/", CASE, r"/cycles/new/$"),
        ("consent", "/cases/", CASE, r"/consent/$"),
        ("goal-new", "/cases/", CASE, r"/goals/new/$"),
        ("time", "/cases/time/"),
        ("films", "/films/"),
        ("film-new", "/films/new/"),
        ("workbench", "/films/", FILM),
        ("clips-sent", "/submissions/"),
        ("clips-choose", "/submissions/new/"),
        ("submission-answered", "/road/", SENT),
    ],
    "maya again": [
        ("course", "/course/"),
        ("lesson", "/course/", r"^/course/[^/#]+/[^/#]+/"),
        ("practice", "/practice/"),
        ("count", "/road/", STAGE),
        ("sessions", "/practice/sessions/"),
        ("session-log", "/practice/sessions/log/"),
        ("notices", "/notices/"),
        ("profile", "/people/account/"),
        ("certificates-none", "/practice/certificates/"),
    ],
    "ruth": [
        ("road", "/road/"),
        ("desk", "/practice/desk/"),
        ("cases", "/cases/"),
        ("case-read", "/cases/", CASE),
        ("trainee", "/practice/desk/", ROAD),
        ("answering", "/road/", SENT),
        ("session", "/practice/sessions/", rf"^/practice/sessions/{ID}/$"),
        ("meetings", "/practice/meetings/"),
    ],
    "daniel": [
        ("road", "/road/"),
        ("desk", "/practice/desk/"),
        ("meeting", "/practice/meetings/", MEETING),
        ("decide", "/practice/meetings/", MEETING, r"/decide/$"),
        ("cohorts", "/learning/cohorts/"),
        ("cohort", "/learning/cohorts/", rf"^/learning/cohorts/{ID}/$"),
    ],
    "helen": [
        ("road", "/road/"),
        ("body-desk", "/practice/body/"),
        ("invite", "/practice/invitations/new/"),
        ("issue", "/practice/body/", rf"^/practice/decisions/{ID}/certificate/$"),
        ("trainee", "/practice/body/", ROAD),
        ("certificates", "/practice/certificates/"),
        ("pathways", "/practice/pathways/"),
        ("pathway", "/practice/pathways/", rf"^/practice/pathways/{ID}/$"),
    ],
    "samir": [("road", "/road/"), ("numbers", "/cases/numbers/")],
    "ines": [("road", "/road/"), ("numbers", "/cases/numbers/"), ("desk", "/practice/desk/")],
    "lena": [("road", "/road/"), ("cohorts", "/learning/cohorts/"), ("course", "/course/")],
    "tom": [("road", "/road/"), ("cases", "/cases/"), ("films", "/films/")],
    "ewa": [("road", "/road/"), ("reflection", "/practice/", r"/reflection/$")],
    "grace": [
        ("road", "/road/"),
        ("certificate", "/practice/certificates/", rf"^/practice/certificates/{ID}/$"),
    ],
}

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("world")]


@pytest.mark.parametrize("who", STOPS)
def test_every_page_is_calm_on_a_desk_and_on_a_phone(walker, who):
    name = who.split(" ")[0]
    page = walker(name)
    faults = []

    for stop, address, *links in STOPS[who]:
        try:
            arrive(page, address, links)
            look_at_both(page, f"{name or 'stranger'}-{stop}")
        except AssertionError as fault:
            faults.append(f"--- {name} at {stop}: {fault}")

    assert not faults, "\n".join(faults)


def arrive(page, address: str, links: list[str]) -> None:
    """The page stands at this address, or at the end of these links."""
    answer = page.goto(address)
    for link in links:
        found = page.evaluate(
            "() => [...document.querySelectorAll('main a[href]')].map((a) => a.pathname)"
        )
        onward = next((path for path in found if re.search(link, path)), None)
        assert onward, f"no link like {link} on {page.url}"
        answer = page.goto(onward)
    assert answer.status == 200, f"{page.url} answered {answer.status}"
