"""What counts, and how far a stage has come: plain values in, plain values out."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from accreditation.kinds import Grouping, Measure, Medium, SessionKind
from accreditation.rules import (
    CycleRow,
    Evidence,
    SessionRow,
    Wanted,
    Way,
    Window,
    frozen,
    line,
    new_clients,
    readiness,
    thawed,
)
from accreditation.rules.numbers import ALPHABET, fresh, read, written
from accreditation.rules.register import words_of

BEGAN = date(2026, 1, 1)
FIRST = Window(BEGAN, date(2026, 6, 30), first=True)
SECOND = Window(date(2026, 6, 30), None, first=False)
B7, C2 = UUID(int=7), UUID(int=2)


def cycle(reviewed_on, case_id=B7, number=1, counts=True):
    """A cycle reviewed that day."""
    return CycleRow(uuid4(), case_id, "B7", number, reviewed_on, reviewed_on, counts)


def held(day, minutes=60, kind=SessionKind.SUPERVISION, grouping=Grouping.INDIVIDUAL, yes=True):
    """A session of that day."""
    return SessionRow(uuid4(), kind, day, minutes, grouping, Medium.REMOTE, "Ruth", yes)


def wanted(measure, *ways):
    """A requirement with these accepted ways."""
    return Wanted(UUID(int=1), measure, "Label", "Rule", tuple(Way(*way) for way in ways))


@pytest.mark.parametrize(
    ("day", "first", "second"),
    [
        (date(2025, 12, 31), False, False),
        (BEGAN, True, False),
        (date(2026, 6, 30), True, False),
        (date(2026, 7, 1), False, True),
        (None, False, False),
    ],
)
def test_a_day_belongs_to_one_stage(day, first, second):
    assert (FIRST.holds(day), SECOND.holds(day)) == (first, second)


def test_a_family_is_new_where_its_first_cycle_counts():
    old, new = cycle(date(2026, 3, 1), B7), cycle(date(2026, 8, 1), C2)
    again = cycle(date(2026, 8, 2), B7, number=2)

    evidence = Evidence(SECOND, BEGAN, cycles=(old, again, new))

    assert new_clients(evidence) == [new]


@pytest.mark.parametrize(
    ("measure", "have"),
    [
        (Measure.CYCLES, 2),
        (Measure.CYCLES_IN_ALL, 3),
        (Measure.NEW_CLIENTS, 1),
        (Measure.CLIENTS, 2),
        (Measure.SUPERVISION, 2),
        (Measure.SUPERVISION_MINUTES, 150),
        (Measure.INTRODUCTION, 1),
        (Measure.COURSE_ATTENDED, 1),
        (Measure.REFLECTION, 1),
    ],
)
def test_each_measure(measure, have):
    august = date(2026, 8, 1)
    evidence = Evidence(
        SECOND,
        BEGAN,
        cycles=(
            cycle(date(2026, 3, 1)),
            cycle(august, number=2),
            cycle(august, C2),
            cycle(august, C2, 2, counts=False),
            cycle(date(2025, 1, 1), uuid4()),
        ),
        sessions=(
            held(august),
            held(august, 90),
            held(august, 30, grouping=Grouping.GROUP),
            held(august, 60, SessionKind.INTRODUCTION),
            held(august, yes=False),
        ),
        course_attended=True,
        reflection_shared_on=august,
    )
    minutes = 60 if measure in {Measure.SUPERVISION, Measure.INTRODUCTION} else 0

    assert line(wanted(measure, (1, minutes)), evidence).have == have


@pytest.mark.parametrize(
    ("sessions", "have", "need", "met", "aside"),
    [
        (
            [60] * 4,
            4,
            8,
            False,
            "of 60 minutes, or 0 of 6 lasting 90 minutes, or 0 of 4 lasting 120 minutes",
        ),
        (
            [90] * 5,
            5,
            6,
            False,
            "of 90 minutes, or 5 of 8 lasting 60 minutes, or 0 of 4 lasting 120 minutes",
        ),
        ([90] * 6, 6, 6, True, "of 90 minutes"),
        ([120] * 4, 4, 4, True, "of 120 minutes"),
        ([60] * 8, 8, 8, True, "of 60 minutes"),
        ([60] * 5 + [90] * 2, 7, 8, False, None),
    ],
)
def test_the_closest_accepted_way_is_shown(sessions, have, need, met, aside):
    evidence = Evidence(
        SECOND, BEGAN, sessions=tuple(held(date(2026, 8, 1), minutes) for minutes in sessions)
    )

    shown = line(wanted(Measure.SUPERVISION, (8, 60), (6, 90), (4, 120)), evidence)

    assert (shown.have, shown.need, shown.met) == (have, need, met)
    assert aside is None or shown.aside == aside


def test_a_late_reflection_says_so():
    evidence = Evidence(
        SECOND,
        BEGAN,
        reflection_shared_on=date(2026, 8, 5),
        meeting_on=date(2026, 8, 8),
        reflection_days_before=7,
    )

    shown = line(wanted(Measure.REFLECTION, (1, 0)), evidence)

    assert shown.note == "Shared 3 days before the meeting; 7 are asked."


def test_what_is_frozen_thaws_the_same():
    evidence = Evidence(FIRST, BEGAN, cycles=(cycle(date(2026, 3, 1)),))
    lines = readiness([wanted(Measure.CYCLES, (6, 0)), wanted(Measure.CLIENTS, (2, 0))], evidence)

    assert thawed(frozen(lines, evidence)) == lines


@pytest.mark.parametrize("typed", ["{}", "{} ", " att 2026 {tail}"])
def test_a_number_is_read_however_it_is_typed(typed):
    number = written(2026, "7F3K9M")
    tail = number[9:].lower().replace("-", " ")

    assert read(typed.format(number.lower(), tail=tail)) == number


def test_every_single_slip_and_swap_is_found():
    number = fresh(2026)
    signs, last = number[9:15], number[-1]
    slips = {
        f"ATT-2026-{signs[:n]}{other}{signs[n + 1 :]}-{last}"
        for n in range(6)
        for other in ALPHABET
        if other != signs[n]
    }
    swaps = {
        f"ATT-2026-{signs[:n]}{signs[n + 1]}{signs[n]}{signs[n + 2 :]}-{last}"
        for n in range(5)
        if signs[n] != signs[n + 1]
    }

    assert [slip for slip in slips | swaps if read(slip)] == []


@pytest.mark.parametrize("typed", ["", "ATT", "ATT-2026-7F3K9M", "ATT-2026-0O1IL5-Q", "x" * 500])
def test_what_cannot_be_a_number_is_none(typed):
    assert read(typed) is None


def test_words_are_folded():
    assert words_of("Zoë Müller-Ŵyn", "Ynys Môn") == ["zoe", "muller", "wyn", "ynys", "mon"]
