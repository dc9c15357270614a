"""Which step comes first, and small words."""

import pytest

from portal.steps import NextStep, counted, first_of, greeting, half_days, listed


def step(title: str, minutes: int = 0) -> NextStep:
    """A step of that name."""
    return NextStep(title, "", "Open", "/", minutes)


def test_the_first_offer_that_is_there_wins():
    assert first_of(None, step("answer"), step("film")).title == "answer"
    assert first_of(None, None) is None


def test_a_step_says_how_long_it_takes_or_nothing():
    assert (step("a", 20).when, step("b").when) == ("about 20 minutes", "")


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Good evening"),
        (5, "Good morning"),
        (11, "Good morning"),
        (12, "Good afternoon"),
        (17, "Good afternoon"),
        (18, "Good evening"),
        (23, "Good evening"),
    ],
)
def test_the_greeting_fits_the_hour(hour, words):
    assert greeting(hour) == words


@pytest.mark.parametrize(
    ("hours", "words"), [(0, "0"), (3.75, "½"), (7.5, "1"), (18.75, "2½"), (30, "4")]
)
def test_hours_are_said_in_half_days(hours, words):
    assert half_days(hours) == words


def test_things_are_counted_and_listed_as_people_say_it():
    assert [counted(n, "clip", "clips") for n in (1, 3)] == ["1 clip", "3 clips"]
    assert listed(["Maya"]) == "Maya"
    assert listed(["Maya", "Priya", "Tom"]) == "Maya, Priya and Tom"
