"""The whole road in a real browser: from the letter to the verified certificate."""

import io
import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.house import House
from tests.journeys import arriving, deciding, filming, films
from tests.journeys.walking import look_at_both

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("world")]
QUESTION = "Where do I wait long enough for him to begin?"


@dataclass
class People:
    """Five browsers side by side, and who sits at them."""

    house: House
    trainee: Any
    external: Any
    supervisor: Any
    registrar: Any
    trainer: Any
    name: str
    email: str
    owen: str


@pytest.fixture
def people(walker, world) -> People:
    """Rosa and Owen are still outside; Ruth, Helen and Daniel are in the house."""
    mark = uuid4().hex[:5]
    return People(
        house=world,
        trainee=walker(has_touch=True),
        external=walker(),
        supervisor=walker("ruth"),
        registrar=walker("helen"),
        trainer=walker("daniel"),
        name=f"Rosa Lindqvist {mark}",
        email=f"rosa-{mark}@attune.example",
        owen=f"owen-{mark}@attune.example",
    )


def test_the_whole_road(people):
    secret = come_in(people)
    arriving.read_a_lesson(people.trainee)
    deciding.come_to_both_days(people.trainer, people.name)
    work_with_a_family(people)
    deciding.log_a_supervision(people.trainee, people.supervisor, people.name)
    arriving.sign_in_with_the_app(people.external, email=people.owen, secret=secret)
    arriving.sign_in_with_the_passkey(people.trainee)
    walk_the_stages(people)
    be_accredited(people)
    people.house.manage("ledger_verify")


def come_in(people: People) -> str:
    """Both letters are answered: Rosa has a passkey, Owen an app; returns the app's secret."""
    arriving.invite(
        people.registrar,
        name="Owen Price",
        email=people.owen,
        They_join_as="Supervisor",
        Organisation="Attuned Practice Association",
    )
    arriving.invite(
        people.registrar,
        name=people.name,
        email=people.email,
        They_join_as="Trainee guider",
        Organisation="Peterside",
        Pathway="Three stages",
        Supervisor="Ruth Whitlow",
        Course_group="Autumn",
    )
    letter = arriving.open_letter(people.trainee, people.house, email=people.email)
    assert "Helen Carr invites you" in letter
    look_at_both(people.trainee, "arriving-welcome")
    arriving.accept(people.trainee)
    look_at_both(people.trainee, "arriving-second-step")
    arriving.set_up_a_passkey(people.trainee)
    look_at_both(people.trainee, "arriving-road")
    arriving.open_letter(people.external, people.house, email=people.owen)
    arriving.accept(people.external)
    return arriving.set_up_an_app(people.external)


def work_with_a_family(people: People) -> None:
    """A case, two films, clips marked by key and by thumb, an answer, a cycle that counts."""
    trainee = people.trainee
    case = filming.open_a_case(trainee)
    filming.record_consent(trainee, case)
    filming.rate_a_goal(trainee, case)
    filming.send_film(trainee, films.portrait())
    high = trainee.locator("[data-film]").evaluate("(film) => film.height > film.width")
    assert high, "the portrait film stands upright"
    filming.watch(trainee)
    filming.mark_by_keyboard(trainee, "He looks up")
    look_at_both(trainee, "filming-workbench-portrait")
    filming.send_film(trainee, films.landscape(), kind="shared_review")
    filming.watch(trainee)
    filming.mark_by_touch(trainee, "I wait")
    look_at_both(trainee, "filming-workbench-landscape")
    thread = filming.ask_the_supervisor(trainee, QUESTION, "I wait", "He looks up")
    filming.answer(people.supervisor, thread, "You waited a full two seconds.", "What was that?")
    filming.read_and_close(trainee, thread, "Thank you, I had not seen it.", "I can wait longer.")
    filming.log_a_cycle(trainee, case)


def walk_the_stages(people: People) -> None:
    """Three closing meetings with Owen, who never supervised Rosa."""
    people.trainee.goto("/practice/")
    look_at_both(people.trainee, "deciding-whole-road")
    enrolment = people.trainee.url
    tonight = f"{timezone.localdate():%Y-%m-%d}T23:00"
    for number in (1, 2, 3):
        if number == 3:
            deciding.share_a_reflection(people.trainee, "I look for what works, and wait.")
        meeting = deciding.arrange_a_meeting(people.registrar, enrolment, "Owen Price", tonight)
        look_at_both(people.registrar, f"deciding-meeting-{number}")
        deciding.decide(people.external, meeting, "deciding-decision" if number == 1 else "")


def be_accredited(people: People) -> None:
    """The certificate says what it should, and everybody can check it."""
    deciding.issue(people.registrar, people.name)
    number, pdf = deciding.open_certificate(people.trainee)
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for fact in (people.name, number, "Accredited VIG Guider", "Attuned Practice Association"):
        assert fact in words, f"{fact!r} is not on the certificate: {words}"
    deciding.join_the_register(people.trainee, "Peterside")
    stranger = people.external
    stranger.context.clear_cookies()
    stranger.goto(f"/verify/{number}/")
    heading = re.sub(r"\s+", " ", stranger.locator("h1").inner_text())
    assert heading == f"{people.name} is an Accredited VIG Guider."
    look_at_both(stranger, "deciding-verified")
    stranger.goto(f"/register/?q={people.name.split()[-1]}")
    expect(stranger.locator("main")).to_contain_text(people.name)
    look_at_both(stranger, "deciding-in-the-register")
