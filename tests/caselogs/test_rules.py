"""What counts, which dates fit, which codes are codes, what a manager may read."""

from datetime import date

import pytest

from caselogs.kinds import Scope
from caselogs.rules import (
    ConsentFacts,
    CycleFacts,
    Next,
    consent_came_first,
    counts,
    dates_fit,
    hidden,
    hidden_steps,
    in_words,
    is_a_code,
    months,
    next_code,
    next_step,
    plain_code,
    share,
)
from people.verdicts import YES, Verdict

JUNE_1, JUNE_3, JUNE_10, JUNE_20 = (date(2026, 6, day) for day in (1, 3, 10, 20))
FILMING = frozenset({Scope.FILMING.value})
CONSENT = ConsentFacts(JUNE_1, None, FILMING)


def test_a_film_and_its_review_with_consent_count():
    assert counts(CycleFacts(JUNE_3, JUNE_10), [CONSENT], JUNE_20) == YES


@pytest.mark.parametrize(
    ("filmed", "reviewed", "consents", "reason"),
    [
        (None, None, [CONSENT], "Not yet: the film has no date."),
        (JUNE_3, None, [CONSENT], "Not yet: the shared review has not happened."),
        (None, JUNE_3, [CONSENT], "Not yet: the film has no date."),
        (
            JUNE_10,
            JUNE_3,
            [CONSENT],
            "Not counted: the shared review is dated before its film.",
        ),
        (
            JUNE_3,
            date(2026, 6, 21),
            [CONSENT],
            "Not yet: the shared review is planned for 21 June 2026.",
        ),
        (
            date(2026, 6, 21),
            None,
            [CONSENT],
            "Not yet: the film is planned for 21 June 2026.",
        ),
        (
            JUNE_3,
            JUNE_10,
            [],
            "Not counted: there was no consent to filming on 3 June 2026.",
        ),
    ],
)
def test_what_does_not_count_says_why(filmed, reviewed, consents, reason):
    assert counts(CycleFacts(filmed, reviewed), consents, JUNE_20) == Verdict(False, reason)


@pytest.mark.parametrize(
    ("given", "ended", "scopes", "covers"),
    [
        (JUNE_1, None, FILMING, True),
        (JUNE_3, None, FILMING, True),
        (date(2026, 6, 4), None, FILMING, False),
        (JUNE_1, date(2026, 6, 4), FILMING, True),
        (JUNE_1, JUNE_3, FILMING, False),
        (JUNE_1, date(2026, 6, 2), FILMING, False),
        (JUNE_1, None, frozenset({Scope.TEACHING.value}), False),
    ],
)
def test_consent_is_asked_for_the_day_of_the_film(given, ended, scopes, covers):
    consents = [ConsentFacts(given, ended, scopes)]

    assert bool(counts(CycleFacts(JUNE_3, JUNE_10), consents, JUNE_20)) is covers


def test_consent_withdrawn_after_the_film_leaves_the_cycle_counted():
    ended = ConsentFacts(JUNE_1, JUNE_10, FILMING)

    assert counts(CycleFacts(JUNE_3, JUNE_10), [ended], JUNE_20)


def test_a_review_on_the_day_of_the_film_or_of_asking_counts():
    assert counts(CycleFacts(JUNE_3, JUNE_3), [CONSENT], JUNE_3)


@pytest.mark.parametrize(
    ("filmed", "reviewed", "says"),
    [
        (None, None, "begins with its film"),
        (date(2026, 6, 21), None, "still to come"),
        (JUNE_10, JUNE_3, "dated before its film"),
        (JUNE_3, date(2027, 7, 1), "more than a year"),
    ],
)
def test_dates_that_do_not_fit_are_said_kindly(filmed, reviewed, says):
    verdict = dates_fit(CycleFacts(filmed, reviewed), JUNE_20)

    assert not verdict
    assert says in verdict.reason


@pytest.mark.parametrize("reviewed", [None, JUNE_3, JUNE_20, date(2026, 6, 27)])
def test_a_review_may_be_open_past_or_planned(reviewed):
    assert dates_fit(CycleFacts(JUNE_3, reviewed), JUNE_20) == YES


@pytest.mark.parametrize(
    ("consents", "says"),
    [
        ([], "this log has no consent yet"),
        ([ConsentFacts(JUNE_10, None, FILMING)], "the first consent in this log is of 10 June"),
        ([ConsentFacts(JUNE_1, JUNE_3, FILMING)], "had ended by then"),
    ],
)
def test_consent_comes_before_the_film(consents, says):
    verdict = consent_came_first(JUNE_3, consents)

    assert not verdict
    assert says in verdict.reason


@pytest.mark.parametrize("code", ["B7", "KT-12", "MO-1", "C100", "ABC-999"])
def test_codes_that_are_codes(code):
    assert is_a_code(code) == YES


@pytest.mark.parametrize(
    "code", ["", "7", "B", "Sarah", "LEO-1", "MIA2", "B7!", "SW1A 1AA", "B7C", "b7", "B1234", "Bé7"]
)
def test_codes_that_are_not(code):
    assert not is_a_code(code)


def test_a_typed_code_is_tidied():
    assert plain_code(" kt - 12 ") == "KT-12"


@pytest.mark.parametrize(
    ("taken", "initials", "suggested"),
    [
        ([], "MO", "MO-1"),
        ([], "", "C-1"),
        ([], "ßé", "C-1" if not "ßé".upper()[:2].isascii() else "SS-1"),
        (["B7"], "MO", "B8"),
        (["B7", "B9", "A30"], "MO", "B10"),
        (["KT-12"], "MO", "KT-13"),
        (["X999"], "MO", "XX1"),
    ],
)
def test_the_next_free_code(taken, initials, suggested):
    assert next_code(taken, initials) == suggested


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "none"),
        (1, "fewer than 5"),
        (4, "fewer than 5"),
        (5, "5"),
        (28, "28"),
    ],
)
def test_a_manager_reads_no_small_number(count, words):
    assert in_words(count) == words


@pytest.mark.parametrize(
    ("parts", "hides"),
    [
        ((), ()),
        ((0, 7), (False, False)),
        ((3, 9, 7), (True, False, True)),
        ((3, 2, 7), (True, True, False)),
        ((3,), (True,)),
        ((3, 0), (True, False)),
    ],
)
def test_one_small_part_is_not_told_by_the_others(parts, hides):
    assert hidden(parts) == hides


def test_small_steps_of_a_funnel_are_hidden():
    assert hidden_steps([30, 12, 4, 0]) == (False, False, True, False)


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(20, 28, 71), (4, 28, None), (0, 0, None), (5, 5, 100)]
)
def test_a_share_needs_enough_families(part, whole, percent):
    assert share(part, whole) == percent


def test_months_from_first_to_last():
    assert months(date(2025, 11, 20), date(2026, 2, 1)) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


@pytest.mark.parametrize(
    ("state", "cycles", "question", "expected"),
    [
        ("referred", [], False, "case-approach"),
        ("approached", [], False, "case-accept"),
        ("accepted", [], False, "consent-record"),
        ("consented", [], False, "goal-set"),
        ("consented", [], True, "cycle-log"),
        ("consented", [CycleFacts(JUNE_3, JUNE_10)], True, "cycle-log"),
        ("consented", [CycleFacts(JUNE_3, None)], True, ""),
        ("closed", [], False, ""),
    ],
)
def test_the_one_next_step(state, cycles, question, expected):
    assert next_step(state, cycles, question, JUNE_20).verb == expected


def test_a_planned_review_is_the_next_step():
    planned = CycleFacts(JUNE_10, date(2026, 6, 25))

    assert next_step("consented", [planned], True, JUNE_20) == Next("Shared review on 25 June 2026")
